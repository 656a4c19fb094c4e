"""What staff should know of a period: numbers and lists, computed from plain rows and notices.

Personal data stay out: contacts, phones and mails of a demand are never read into a digest, and
users' own words are masked (`bot.staff.inert`). A company's name may stand in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.staff.about import Forms, about
from bot.staff.inert import known_values, masked
from intents.told import Told
from knowledge.inforce import is_issued, serves, standing, successor_of
from knowledge.model import Deadline, Notice
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand
from storage.questions import StoredQuestion

HORIZON = timedelta(days=30)


class Notices(Forms, Protocol):
    """All that a digest needs of the knowledge base."""

    @property
    def notices(self) -> tuple[Notice, ...]: ...


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some of the notices; the forms of all of them."""

    notices: tuple[Notice, ...]
    all: Forms

    @property
    def has_form(self) -> bool:
        return self.all.has_form

    def get(self, notice_id: str) -> Notice | None:
        return self.all.get(notice_id)

    def form_notice(self) -> Notice:
        return self.all.form_notice()


@dataclass(frozen=True, slots=True)
class Rows:
    """Stored demands of every status, and the questions that still wait for staff."""

    demands: Sequence[StoredDemand]
    questions: Sequence[StoredQuestion]


@dataclass(frozen=True, slots=True)
class Share:
    """How many new demands name `label`; None where they leave it open."""

    label: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Appeal:
    """A submitted demand that asks for the national office's support. `new` in this period."""

    id: int
    company: str | None
    region: str | None
    task: str | None
    new: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question, or a user who asked for a person, waiting since `at`. `new` in this period.

    What was said to call for a person is not told (`text` is empty): it may say who calls.
    """

    id: int
    text: str
    at: datetime
    new: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that is `days` away; 0 is today."""

    deadline: Deadline
    day: date
    days: int
    notice: str
    doc_number: str | None


@dataclass(frozen=True, slots=True)
class Digest:
    """The period from `since` up to, not including, `at`; both in the bureau's local time."""

    at: datetime
    since: datetime
    new: int = 0
    by_task: tuple[Share, ...] = ()
    by_region: tuple[Share, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    questions: tuple[Waiting, ...] = ()
    handoffs: tuple[Waiting, ...] = ()
    deadlines: tuple[Due, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing is new, nothing waits, nothing falls due."""
        lists = (self.appeals, self.questions, self.handoffs, self.deadlines)
        return not self.new and not any(lists)


def compose(rows: Rows, kb: Notices, now: datetime, since: datetime) -> Digest:
    """`now` is in the bureau's zone: its date is today. Only what was stored before it counts."""
    submitted = [d for d in rows.demands if d.status == "submitted" and d.moved < now]
    new = [d for d in submitted if d.moved >= since]
    known = known_values(_personal_values(rows.demands, kb.notices))
    waiting = [q for q in rows.questions if q.at < now]
    return Digest(
        at=now,
        since=since.astimezone(now.tzinfo),
        new=len(new),
        by_task=_shares(about(d, kb).task or None for d in new),
        by_region=_shares(d.region for d in new),
        appeals=_appeals(submitted, since, kb),
        questions=_waiting(
            Waiting(q.id, masked(q.question, known), q.at.astimezone(now.tzinfo), q.at >= since)
            for q in waiting
            if q.kind == "question"
        ),
        handoffs=_waiting(
            Waiting(q.id, "", q.at.astimezone(now.tzinfo), q.at >= since)
            for q in waiting
            if q.kind == "handoff"
        ),
        deadlines=_deadlines(kb.notices, now.date()),
    )


def _shares(labels: Iterable[str | None]) -> tuple[Share, ...]:
    """Most first; equal ones by label, the unnamed last."""
    counts = Counter(labels)
    order = sorted(counts, key=lambda label: (-counts[label], label is None, label or ""))
    return tuple(Share(label and masked(label), counts[label]) for label in order)


def _appeals(submitted: Iterable[StoredDemand], since: datetime, kb: Forms) -> tuple[Appeal, ...]:
    """The newest first."""
    asking = [d for d in submitted if d.national]
    return tuple(
        _appeal(d, about(d, kb), d.moved >= since)
        for d in sorted(asking, key=lambda d: (d.moved, d.id), reverse=True)
    )


def _appeal(demand: StoredDemand, told: Told, new: bool) -> Appeal:
    return Appeal(
        id=demand.id,
        company=_masked(told.company),
        region=_masked(demand.region),
        task=_masked(told.task),
        new=new,
    )


def _waiting(rows: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """The newest first."""
    return tuple(sorted(rows, key=lambda w: (w.at, w.id), reverse=True))


def for_bureau(kb: Notices) -> Notices:
    """The notices that the bureau has to do with: of no other division than its own."""
    if not isinstance(kb, KnowledgeBase):
        return kb
    return _Chosen(tuple(n for n in kb.notices if serves(n.region, kb.home, kb.regions)), kb)


def _deadlines(notices: Sequence[Notice], today: date) -> tuple[Due, ...]:
    """Of notices that are there and not superseded, the nearest first; those without a whole date
    remind of nothing."""
    by_id = {notice.id: notice for notice in notices}
    due = [
        Due(deadline, day, (day - today).days, notice.short, notice.doc_number)
        for notice in notices
        if is_issued(notice, today)
        and standing(notice, today, successor_of(notice, by_id)) != "superseded"
        for deadline in notice.deadlines
        if (day := deadline.due) is not None and today <= day <= today + HORIZON
    ]
    return tuple(sorted(due, key=lambda d: (d.day, d.notice, d.deadline.clause)))


def _personal_values(demands: Iterable[StoredDemand], notices: Iterable[Notice]) -> set[str]:
    """Names, phones and mails that stand in forms, so that questions can be freed of them."""
    slots = {s.name for n in notices if n.form for s in n.form.slots if s.personal}
    return {text for d in demands for slot in slots if (text := _text(d.fields, slot))}


def _text(fields: Mapping[str, str | bool | None], slot: str) -> str | None:
    value = fields.get(slot)
    return value if isinstance(value, str) and value else None


def _masked(text: str | None) -> str | None:
    return masked(text) if text else None
