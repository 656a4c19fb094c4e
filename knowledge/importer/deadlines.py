"""The last days that a notice sets its addressees: who hands in what, to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.importer.askings import Asking, askings_of
from knowledge.importer.conditions import is_goal, is_planned
from knowledge.importer.facts import Anchor, DeadlineFact, Head
from knowledge.importer.labels import subject_of
from knowledge.importer.page import Outline
from knowledge.importer.parties import asked, is_issuer
from knowledge.importer.passage import Span
from knowledge.importer.recurring import recurring_of
from knowledge.importer.roles import Roles, shortened
from knowledge.importer.sentences import Sentence, sentences_of
from knowledge.importer.twice import once

LOOK_VERB = "动作不常见，请确认是否截止时间"
LOOK_PAST = "早于发文日期"
LOOK_LONGEST_CELL = 16
_FAR = "距发文日期超过三年"
LOOK_DATE = "日期写法存疑"
LOOK_YEAR = "原文没有年份"
LOOK_HOST = "可能是发文单位自己的步骤"

_LONGEST_CELL = 16
_FAR = timedelta(days=3 * 366)
_OBJECTION = re.compile(r"异议|公示期|公示时间")
_HOSTED = re.compile(
    r"评审|验收|公示|公布|认定|评选|拨付|下达|审定|复审|考核|评估|抽查|检查|表彰|颁奖"
)
_ARRIVAL = re.compile(
    r"报到|签到|入住|到场|集合|乘车|抵达|进场|布展|撤展|参加(?!.{0,6}申报)|出席|参会"
)
_CLOSES = re.compile(r"\s*(?:[（(][^）)]*[）)])?\s*(?:截止|止(?!步)|为止|结束|关闭|截稿|停止)")
_WORK_STEPS = ("完成", "制定", "出台", "启动", "做好", "制订", "梳理", "排查", "总结", "核查")


def deadlines_of(outline: Outline, anchor: Anchor, head: Head) -> list[DeadlineFact]:
    """In reading order, each once; steps of the issuer and conditions are left out."""
    found: list[DeadlineFact] = []
    for sentence in sentences_of(outline):
        reader = _Reader(sentence, anchor, head)
        found += [fact for a in askings_of(sentence, anchor) if (fact := reader.fact(a))]
        found += recurring_of(sentence, head)
    return once(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Judges the askings of one sentence."""

    sentence: Sentence
    anchor: Anchor
    head: Head

    def fact(self, asking: Asking) -> DeadlineFact | None:
        if asking.resolved.due is None or self._is_others(asking):
            return None
        sure = self._told_by_label(asking) or self._told_by_verb(asking)
        if sure < 0.95 and self._is_past(asking):
            return None
        return self._made(asking, sure) if sure else None

    def _is_past(self, asking: Asking) -> bool:
        due, issued = asking.resolved.due or "", self.anchor.issued
        return issued is not None and due[:1].isdigit() and date.fromisoformat(due) < issued

    def _is_others(self, asking: Asking) -> bool:
        """Steps of the issuer itself, or of anybody that are only planned."""
        own = asking.named is not None and is_issuer(asking.named, self.head.issuer)
        begins = asking.mention.relation in ("from", "after")
        objection = _OBJECTION.search(self.sentence.text) is not None
        counted = asking.mention.term is not None
        return (
            own
            or begins
            or is_planned(self.sentence.text, asking.mention)
            or (objection and counted)
        )

    def _told_by_label(self, asking: Asking) -> float:
        label = asking.label
        if _in_column(asking):
            return 0.0 if asking.resolved.precision == "year-end" else 0.95
        if label is None or asking.mention.term is not None:
            return 0.0
        if label.kind == "event" or not _whole(asking):
            return 0.0
        if label.kind == "due":
            return 1.0 if _ends(asking) or asking.mention.kind == "day" else 0.8
        if asking.mention.kind == "window" or asking.mention.relation == "before":
            return 0.95
        return 0.75 if asking.mention.kind == "day" else 0.0

    def _told_by_verb(self, asking: Asking) -> float:
        roles, text = asking.roles, self.sentence.text
        if (
            roles is None
            or _in_column(asking)
            or (asking.label and asking.label.kind == "event" and asking.label.at)
        ):
            return 0.0
        if not _ends(asking) or is_goal(text, asking.mention, self.sentence.heading):
            return 0.0
        if asking.mention.term is not None and not asking.mention.words.endswith("内"):
            return 0.0
        return self._by_class(asking, roles)

    def _by_class(self, asking: Asking, roles: Roles) -> float:
        told = asked(self.sentence.text[asking.stretch.begin : asking.stretch.end])
        if _ARRIVAL.match(roles.what):
            return 0.0
        if roles.act.kind == "hand":
            if roles.act.noun and not told and asking.who is None and not _closes(asking):
                return 0.0
            return 1.0 if roles.act.delivers or told or asking.named else 0.9
        if roles.act.kind == "host" or (roles.act.kind == "finish" and _HOSTED.search(roles.what)):
            return 0.7 if asking.who is not None and _duty(asking) else 0.0
        if not asking.named and not told and roles.act.verb not in _WORK_STEPS:
            return 0.0
        return 0.9 if asking.named or told else 0.6

    def _made(self, asking: Asking, sure: float) -> DeadlineFact:
        mention, resolved = asking.mention, asking.resolved
        look = tuple(self._looks(asking, sure))
        passage = self.sentence.passage
        roles = asking.roles if not self._label_says(asking) else None
        what = self._what(asking, roles)
        spans = {"due": passage.span(mention.start, mention.end)}
        spans |= _spans_of(asking, roles, passage.span)
        return DeadlineFact(
            clause=self.sentence.label,
            span=passage.span(),
            spans=spans,
            sure=round(min([sure, resolved.sure, 0.75 if look else 1.0]), 2),
            look=look,
            what=what,
            who=asking.named,
            to=roles.to.value if roles and roles.to else None,
            via=roles.via.value if roles and roles.via else None,
            due=resolved.due,
            time=resolved.time,
            precision=resolved.precision,
            inferred=resolved.inferred,
            words=mention.words,
            quote=self.sentence.text,
        )

    def _label_says(self, asking: Asking) -> bool:
        return (
            asking.roles is None
            or _in_column(asking)
            or (
                asking.label is not None
                and asking.label.at is not None
                and asking.roles.what_at[1] <= asking.mention.start
            )
        )

    def _what(self, asking: Asking, roles: Roles | None) -> str:
        if roles is not None:
            if asking.mention.term is not None and asking.mention.event:
                return f"{asking.mention.words}{roles.what}"
            return roles.what
        label = asking.label.text if asking.label else ""
        return subject_of(label) or self._about() or label.strip() or "截止"

    def _about(self) -> str:
        """What the line is about where its label is a bare 截止时间."""
        for cell in self.sentence.row[:3]:
            words = "".join(cell.text.split())
            if len(words) > 2:
                return shortened(re.sub(r"^\d+[.．、]", "", words).rstrip("。；"))
        return subject_of(self.sentence.heading) if len(self.sentence.heading) <= 24 else ""

    def _looks(self, asking: Asking, sure: float) -> Iterator[str]:
        due = asking.resolved.due or ""
        if sure < 0.7:
            yield LOOK_VERB
        elif sure == 0.7:
            yield LOOK_HOST
        if asking.resolved.sure < 0.6:
            yield LOOK_DATE
        if due.startswith("--"):
            yield LOOK_YEAR
        issued = self.anchor.issued
        if self._is_past(asking):
            yield LOOK_PAST
        elif issued is not None and due[:1].isdigit():
            if date.fromisoformat(due) - issued > _FAR:
                yield LOOK_FAR


def _in_column(asking: Asking) -> bool:
    """A cell under 完成时限: its row says what is due. 年底前 is a task table's way to say that
    it holds for the year; the tasks tell it."""
    label = asking.label
    column = bool(asking.sentence.column) and label is not None and label.kind == "due"
    return column and len(asking.sentence.text) <= _LONGEST_CELL


def _whole(asking: Asking) -> bool:
    """The label's value is the date, not a sentence in which another thing happens then."""
    after = asking.sentence.text[asking.mention.end : asking.stretch.end]
    return not re.match(r"\s*(?:进行|开展|组织|召开|举办|公布|公示|评审)", after)


def _ends(asking: Asking) -> bool:
    """…前, …止, 截至…; or a window in whose last day it must be done; or 请于5月10日报送."""
    mention = asking.mention
    if mention.relation == "before" or mention.kind == "window":
        return True
    text = asking.sentence.text
    if _closes(asking):
        return True
    if re.search(r"截止|截至|最迟|最晚|不迟于|不晚于|截稿", asking.piece):
        return True
    told = asked(asking.piece) or re.search(r"应|须|务必", asking.piece)
    delivers = asking.roles is not None and asking.roles.act.delivers
    return bool(told and delivers and mention.kind == "day")


def _closes(asking: Asking) -> bool:
    """5月30日截止, 于5月30日17:00关闭."""
    if re.search(r"(?:截止|止|为止)$", asking.mention.words):
        return True
    return bool(_CLOSES.match(asking.sentence.text, asking.mention.end))


def _duty(asking: Asking) -> bool:
    return asked(asking.piece) or bool(re.match(r"各|有关|相关", asking.named or ""))


def _spans_of(asking: Asking, roles: Roles | None, span: object) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    place = asking.sentence.passage.span
    if asking.who:
        spans["who"] = place(*asking.who)
    if roles:
        spans["what"] = place(*roles.what_at)
        spans |= {
            name: place(*found.at)
            for name, found in (("to", roles.to), ("via", roles.via))
            if found
        }
    elif asking.label and asking.label.at:
        spans["what"] = place(*asking.label.at)
    if asking.resolved.time:
        spans["time"] = place(asking.mention.start, asking.mention.end)
    return spans
