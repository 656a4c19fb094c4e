"""The days that a notice knows of, as a question names them: 印发, 调研完, 交总结, 活动开始."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intents.lists.operators import Reading
from intents.lists.subject import holds_most, spelled
from intents.wording import reckoned as say
from knowledge.model import Deadline, Notice, Period
from knowledge.snapshot import KnowledgeBase
from knowledge.units import HEAD

_SIGNED = "落款"
_CAMPAIGN = "活动"
# A day is called one: 印发日期, 开始那天.
_THE_DAY = re.compile("日期|日子|那一?天|当天|之日|(?<=[发布始束布])日")


@dataclass(frozen=True, slots=True)
class Point:
    """A day of a notice: what it is the day of, and the clause where it stands.

    `day` is None where the notice does not give it.
    """

    what: str
    day: date | None
    notice: Notice
    label: str


def point_of(text: str, notice: Notice, read: Reading, kb: KnowledgeBase) -> Point | None:
    """The day that `text`, a part of the question, names; None where it names none of them."""
    text = _THE_DAY.sub("\n", text)
    if read.expression("published").search(text):
        if read.left("published", "documents", "issued", text=text):
            return None
        return Point(say.PUBLISHED, notice.published, notice, head_of(notice))
    if read.expression("issued").search(text):
        if read.left("issued", "documents", text=text):
            return None
        return Point(say.ISSUED, notice.issued, notice, head_of(notice))
    starts = bool(read.expression("start").search(text))
    ends = bool(read.expression("end").search(text)) and not starts
    words = read.left("start", "end", "hand_in", text=text)
    handed = bool(read.expression("hand_in").search(text))
    if handed and not words:
        return None
    due = due_of(words, notice, kb)
    if due is not None and (handed or not (starts or ends)):
        return Point(due.what, due.due, notice, due.clause)
    if not (starts or ends):
        return None
    period = period_of(words, notice, kb)
    if period is None or period.precision != "day":
        return None
    what = say.start_of(period.what) if starts else say.end_of(period.what)
    return Point(what, period.start if starts else period.end, notice, period.clause)


def due_of(words: Sequence[str], notice: Notice, kb: KnowledgeBase) -> Deadline | None:
    """The one deadline that the words name, of those with an exact day."""
    if not words:
        return None
    exact = [d for d in notice.deadlines if d.due and d.precision == "day"]
    found = [d for d in exact if _names(words, d.what, kb)]
    return found[0] if len(found) == 1 else None


def period_of(words: Sequence[str], notice: Notice, kb: KnowledgeBase) -> Period | None:
    """The one period that the words name; without any, the whole campaign."""
    whole = kb.lexicon.whole_campaign.get("period")
    if not words or all(word == _CAMPAIGN for word in words):
        return next((p for p in notice.periods if p.what == whole), None)
    found = [p for p in notice.periods if p.start and p.end and _named(words, p, notice, kb)]
    return found[0] if len({(p.start, p.end) for p in found}) == 1 else None


def _named(words: Sequence[str], period: Period, notice: Notice, kb: KnowledgeBase) -> bool:
    return _names(words, period.what, kb) or _names(words, _heading(period.clause, notice), kb)


def _names(words: Sequence[str], what: str, kb: KnowledgeBase) -> bool:
    text = spelled(what, kb)
    return all(word in text or holds_most(text, [word]) for word in words)


def _heading(label: str, notice: Notice) -> str:
    return next((c.heading for c in notice.clauses if c.label == label), "")


def head_of(notice: Notice) -> str:
    """Where the day of issue stands: in the sign-off, or at the head."""
    return _SIGNED if any(c.label == _SIGNED for c in notice.clauses) else HEAD
