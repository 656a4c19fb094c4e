"""Notices that never were, as many as wanted: campaigns over years and provinces.

What one campaign says in one year and province it says in the others too, with other dates,
figures, offices and phone numbers, and one clause in ten anew: as it is with real ones. The same
seed always gives the same notices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from knowledge.load import load_regions
from knowledge.model import Attachment, Clause, Contact, Deadline, Notice, Period, Target
from knowledge.regions import NATION

WORDS = Path(__file__).with_name("growing.yaml")
ITEMS = 6
_ANEW = 0.1
_NUMERALS = "一二三四五六七八九十"


PLANTED = Path(__file__).with_name("planted.yaml")
_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PHONE = re.compile(r"(0\d{2,3})-\d{7,8}")
_FIGURE = re.compile(r"(?<![\d年月日.-])\d+(?=[家个件种])")


@dataclass(frozen=True, slots=True)
class Issue:
    """One notice to be: what is said, when and where."""

    number: int
    campaign: str
    year: int
    region: str


class Growing:
    """Grows notices from the words of the file."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._words: dict[str, Any] = yaml.load(WORDS.read_text("utf-8"), yaml.CSafeLoader)
        self._regions = (NATION, *(province.name for province in load_regions().regions))

    def notices(self, count: int) -> Iterator[Notice]:
        """`count` of them, at most all there are; the first are the same for every `count`."""
        for issue in self._issues[:count]:
            yield self._notice(issue)

    @cached_property
    def _issues(self) -> Sequence[Issue]:
        all_of_them = [
            (campaign, year, region)
            for campaign in self._words["campaigns"]
            for year in self._words["years"]
            for region in self._regions
        ]
        Random(self._seed).shuffle(all_of_them)
        return [Issue(number, *one) for number, one in enumerate(all_of_them)]

    def _notice(self, issue: Issue) -> Notice:
        random = Random(f"{self._seed} {issue.number}")
        place = "" if issue.region == NATION else issue.region
        issuer = f"{place or '国家'}知识产权局"
        issued = date(issue.year, 2, 1) + timedelta(random.randrange(90))
        short = f"{place}{issue.year}年{issue.campaign}通知"
        return Notice(
            id=f"grown-{issue.number:05d}",
            title=f"{issuer}关于组织开展{issue.year}年{issue.campaign}的通知",
            short=short,
            aliases=(short.removesuffix("通知"),),
            issuer=issuer,
            doc_number=f"{(place or '国')[0]}知发〔{issue.year}〕{issue.number + 100}号",
            kind="通知",
            region=issue.region,
            year=issue.year,
            issued=issued,
            campaign=issue.campaign,
            clauses=tuple(self._clauses(issue, random)),
            deadlines=tuple(self._deadlines(issue, issued, random)),
            periods=tuple(self._periods(issue, issued, random)),
            contacts=(self._contact(random),),
            attachments=tuple(self._attachments(issue)),
            targets=tuple(self._targets(issue, random)),
        )

    def _clauses(self, issue: Issue, random: Random) -> Iterator[Clause]:
        for numeral, section in zip(_NUMERALS, self._words["sections"], strict=False):
            said = self._sentence(Random(f"{issue.campaign}{section}"), random)
            yield Clause(label=numeral, heading=section, summary=f"{issue.year}年{section}：{said}")
            for item in _NUMERALS[:ITEMS]:
                shared = f"{self._seed} {issue.campaign} {numeral}{item}"
                anew = random.random() < _ANEW
                base = Random(f"{shared} {issue.number}" if anew else shared)
                heading = f"{base.choice(self._words['do'])}{base.choice(self._words['what'])}"
                sentences = (self._sentence(base, random) for _ in range(3))
                yield Clause(
                    label=f"{numeral}（{item}）", heading=heading, summary="".join(sentences)
                )

    def _sentence(self, base: Random, random: Random) -> str:
        """`base` chooses what is said, `random` its figures."""
        words, pick = self._words, base.choice
        said = (
            f"{pick(words['who'])}{pick(words['how'])}{pick(words['do'])}{pick(words['what'])}，"
            f"{pick(words['do'])}{pick(words['what'])}"
        )
        if base.random() < 0.4:
            said += f"不少于{random.randrange(2, 200)}{pick(words['units'])}"
        return f"{said}，{pick(words['result'])}。"

    def _deadlines(self, issue: Issue, issued: date, random: Random) -> Iterator[Deadline]:
        base = Random(f"{self._seed} {issue.campaign} deadlines")
        for numeral in "三六七":
            what = base.choice(self._words["what"])
            due = issued + timedelta(random.randrange(20, 240))
            yield Deadline(
                clause=f"{numeral}（一）",
                what=f"报送{what}",
                who=base.choice(self._words["who"]),
                to=base.choice(self._words["offices"]),
                due=due,
                words=f"{due.month}月{due.day}日前",
            )

    def _periods(self, issue: Issue, issued: date, random: Random) -> Iterator[Period]:
        base = Random(f"{self._seed} {issue.campaign} periods")
        for numeral, what in (("一", "活动时间"), ("四（二）", base.choice(self._words["what"]))):
            start = issued + timedelta(random.randrange(10, 60))
            end = start + timedelta(random.randrange(30, 200))
            words = f"{start.month}月{start.day}日至{end.month}月{end.day}日"
            yield Period(clause=numeral, what=what, start=start, end=end, words=words)

    def _contact(self, random: Random) -> Contact:
        name = f"{random.choice(self._words['surnames'])}{random.choice('伟芳娜敏静磊军洋勇艳')}"
        phone = f"0{random.randrange(311, 999)}-{random.randrange(10**7, 10**8)}"
        org = random.choice(self._words["offices"])
        return Contact(clause="落款", org=org, names=(name,), phones=(phone,))

    def _attachments(self, issue: Issue) -> Iterator[Attachment]:
        base = Random(f"{self._seed} {issue.campaign} attachments")
        for number, form in enumerate(base.sample(self._words["forms"], 2), 1):
            columns = tuple(base.sample(self._words["columns"], 6))
            title = f"{issue.campaign}{form}"
            yield Attachment(label=f"附件{number}", title=title, clause="七（一）", columns=columns)

    def _targets(self, issue: Issue, random: Random) -> Iterator[Target]:
        base = Random(f"{self._seed} {issue.campaign} targets")
        for what in base.sample(self._words["figures"], 3):
            value = f"{random.randrange(10, 900)}{base.choice(self._words['units'])}"
            yield Target(clause="二", what=what, value=value, by=f"{issue.year}年底")


class Planted(NamedTuple):
    """A notice with golden questions, and how many others say nearly the same."""

    notice: Notice
    alike: int


def planted() -> list[Planted]:
    """What is hidden among the grown notices."""
    entries = yaml.load(PLANTED.read_text("utf-8"), yaml.CSafeLoader)
    return [Planted(Notice.model_validate(e["notice"]), e["alike"]) for e in entries]


def alike(one: Planted, seed: int) -> Iterator[Notice]:
    """What other years and provinces say of the same campaign: other days, figures and phones."""
    notice = one.notice
    regions = [NATION, *(province.name for province in load_regions().regions)]
    others = [
        (year, region)
        for year in range(2016, 2026)
        for region in regions
        if (year, region) != (notice.year, notice.region)
    ]
    Random(f"{seed} {notice.id}").shuffle(others)
    # Those of the same year and of the same place come first: they are taken for it most easily.
    others.sort(key=lambda o: o[0] != notice.year and o[1] != notice.region)
    for number, (year, region) in enumerate(others[: one.alike]):
        yield _alike(notice, year, region, Random(f"{seed} {notice.id} {number}"), number)


def _alike(notice: Notice, year: int, region: str, random: Random, number: int) -> Notice:
    later = timedelta(random.randrange(1, 25))
    own = notice.region if notice.region != NATION else "国家"
    text = notice.model_dump_json(exclude={"golden", "id", "region", "year"})
    text = text.replace(own, region if region != NATION else "国家").replace(
        f"{notice.year}年", f"{year}年"
    )
    text = text.replace(f"〔{notice.year}〕", f"〔{year}〕{number}")
    text = _ISO_DAY.sub(lambda m: str(_moved(date.fromisoformat(m[0]), year, later)), text)
    text = _DAY.sub(lambda m: _spoken(_moved(date(year, int(m[1]), int(m[2])), year, later)), text)
    text = _PHONE.sub(lambda m: f"{m[1]}-{random.randrange(10**7, 10**8)}", text)
    text = _FIGURE.sub(lambda m: str(int(m[0]) + random.randrange(1, 30)), text)
    told = json.loads(text) | {"id": f"{notice.id}-{number}", "region": region, "year": year}
    return Notice.model_validate(told)


def _moved(day: date, year: int, later: timedelta) -> date:
    return day.replace(year=year) + later


def _spoken(day: date) -> str:
    return f"{day.month}月{day.day}日"
