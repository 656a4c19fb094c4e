"""The same deadline printed twice stays once: the more exact one, with a note of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import fuzz

from knowledge.importer.facts import DeadlineFact

LOOK_ELSEWHERE = "另处也写了这个时间：{words}（{clause}）"
LOOK_TWO_TIMES = "两处时刻不一致：{words}（{clause}）"
_ALIKE = 55
_VERBS = re.compile(
    r"^(?:网上|线上)?(?:报送|提交|上报|申报|报名|反馈|推荐|发送|寄送|填报|完成|征集|受理|组织)+"
)
_EXACT = {"day": 0, "month-start": 1, "month-end": 1, "year-end": 2, "event": 3}


def once(facts: Iterable[DeadlineFact]) -> list[DeadlineFact]:
    """In reading order; of two that mean the same day and thing, the more exact and fuller one."""
    kept: list[DeadlineFact] = []
    for fact in facts:
        at = next((i for i, other in enumerate(kept) if _same(other, fact)), None)
        if at is None:
            kept.append(fact)
        else:
            kept[at] = _merged(kept[at], fact)
    return kept


def _same(one: DeadlineFact, other: DeadlineFact) -> bool:
    if one.due is None or other.due is None:
        return one.due == other.due and one.what == other.what and one.clause == other.clause
    if not _same_day(one, other):
        return False
    if "任务" in one.clause + other.clause:
        return one.clause == other.clause and one.what == other.what
    return _alike(one, other)


def _same_day(one: DeadlineFact, other: DeadlineFact) -> bool:
    """Equal, or one leaves the year or the day open within the other's month."""
    a, b = one.due or "", other.due or ""
    if a.startswith("P") or b.startswith("P"):
        return a == b and one.words == other.words
    if a[-5:] == b[-5:]:
        return a == b or "--" in (a[:2], b[:2])
    vague = {one.precision, other.precision} == {"day", "month-end"}
    return vague and a[-5:-3] == b[-5:-3] and a[:4] == b[:4]


def _alike(one: DeadlineFact, other: DeadlineFact) -> bool:
    """About the same thing; a bare label (申报, 截止) is about whatever is due that day."""
    if one.precision == other.precision == "day" and _bare(one) + _bare(other):
        return True
    a, b = _thing(one.what), _thing(other.what)
    if one.precision != other.precision and _share_a_word(a, b):
        return True
    return not a or not b or a in b or b in a or fuzz.ratio(a, b) >= _ALIKE


def _share_a_word(a: str, b: str) -> bool:
    return any(a[i : i + 2] in b for i in range(len(a) - 1))


def _bare(fact: DeadlineFact) -> bool:
    return len(_thing(fact.what)) < 2


def _thing(what: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]|工作|材料|有关|相关", "", _VERBS.sub("", what))


def _merged(one: DeadlineFact, other: DeadlineFact) -> DeadlineFact:
    better, worse = sorted((one, other), key=_rank)
    note = LOOK_TWO_TIMES if one.time and other.time and one.time != other.time else LOOK_ELSEWHERE
    look = (*better.look, note.format(words=worse.words, clause=worse.clause))
    spans = {**worse.spans, **better.spans} if better.clause == worse.clause else better.spans
    return replace(
        better,
        who=better.who or worse.who,
        to=better.to or worse.to,
        via=better.via or worse.via,
        time=better.time or worse.time,
        spans=spans,
        look=tuple(dict.fromkeys(look)),
    )


def _rank(fact: DeadlineFact) -> tuple[bool, int, int, bool]:
    known = sum(value is not None for value in (fact.time, fact.to, fact.who, fact.via))
    open_year = (fact.due or "").startswith("--")
    return open_year, _EXACT[fact.precision], -known, fact.inferred
