"""Deadlines that can be reminded of: which still hold, what each is called, and when to remind.

Pure: the day comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from knowledge.inforce import is_issued, standing
from knowledge.model import Deadline, Notice
from knowledge.snapshot import KnowledgeBase

_ALIKE = 60
"""How much of its words, in per cent, a deadline keeps that is put in other words."""

STAGES = (7, 3, 1)
"""So many days before a deadline people are reminded of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with a whole date. A month's or year's end stands as its last day, `precision`
    and `words` of the deadline say so; what only an event sets off is never due."""

    notice: Notice
    deadline: Deadline
    day: date

    @property
    def name(self) -> str:
        """What it is stored by."""
        parts = (self.notice.id, self.deadline.clause, self.deadline.who or "", self.deadline.what)
        return "#".join(parts)

    def days(self, today: date) -> int:
        """0 is today, less than that is past."""
        return (self.day - today).days


def due_of(notice: Notice) -> list[Due]:
    """All of its deadlines that have a whole date, past ones too."""
    return [Due(notice, deadline, deadline.due) for deadline in notice.deadlines if deadline.due]


def upcoming(
    notices: Iterable[Notice], kb: KnowledgeBase, today: date, within: timedelta
) -> list[Due]:
    """Of the notices that are there and not superseded, the nearest first; today's included."""
    found = [
        due
        for notice in notices
        for due in due_of(notice)
        if today <= due.day <= today + within and holds(notice, kb, today)
    ]
    return sorted(found, key=lambda due: (due.day, due.notice.short, due.deadline.clause))


def holds(notice: Notice, kb: KnowledgeBase, today: date) -> bool:
    """Whether the notice is there, and no other has replaced it."""
    successor = kb.get(notice.superseded_by) if notice.superseded_by else None
    return is_issued(notice, today) and standing(notice, today, successor) != "superseded"


def named(name: str, kb: KnowledgeBase, today: date) -> Due | None:
    """The deadline of this name as it stands now, also moved or in other words.

    None where it is gone, or its notice was replaced.
    """
    id_, clause, who, what = [*name.split("#", 3), "", "", ""][:4]
    notice = kb.get(id_)
    if notice is None or not holds(notice, kb, today):
        return None
    there = [due for due in due_of(notice) if due.deadline.clause == clause]
    same = [due for due in there if due.deadline.what == what]
    exactly = [due for due in same if (due.deadline.who or "") == who]
    like = [due for due in there if fuzz.ratio(due.deadline.what, what) >= _ALIKE]
    return next((found[0] for found in (exactly, same, like) if len(found) == 1), None)


def stage_on(due: date, today: date, on: Callable[[date], date] = lambda day: day) -> int | None:
    """The last of `STAGES` that has come by `today`; None before the first, and once it is over.

    `on` gives the day on which one is reminded, where that is not the stage's own.
    """
    if today > due:
        return None
    come = [days for days in STAGES if on(due - timedelta(days=days)) <= today]
    return min(come, default=None)
