"""What staff should know of a period: numbers and lists, computed from plain rows and notices.

Personal data stay out: contacts, phones and mails of a demand are never read into a digest, and
users' own words are masked (`bot.staff.inert`). A company's name may stand in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.staff.about import about
from bot.staff.inert import known_values, masked
from intents.due import Due, upcoming
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand
from storage.life import Step
from storage.questions import StoredQuestion
from storage.tickets import StoredTicket

HORIZON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Rows:
    """Stored demands of every status, the newest of the `asked` questions that still wait for
    staff, the talks that wait for a person.

    `submitted`: when each demand was first handed in, where that is known. `steps` that staff took
    in the period and `answers` that they gave; `failed`: messages that were given up in it.
    """

    demands: Sequence[StoredDemand] = ()
    questions: Sequence[StoredQuestion] = ()
    waiting: Sequence[StoredTicket] = ()
    submitted: Mapping[int, datetime] = field(default_factory=dict)
    steps: Mapping[Step, int] = field(default_factory=dict)
    answers: int = 0
    failed: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many new demands name `label`; None where they leave it open."""

    label: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A submitted demand that nobody has taken up. `new` in this period."""

    id: int
    company: str | None
    region: str | None
    task: str | None
    national: bool
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
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The period from `since` up to, not including, `at`; both in the bureau's local time.

    `entries` have those first that ask for the national office's support, then the newest; of the
    `asked` questions `questions` are the newest.
    """

    at: datetime
    since: datetime
    new: int = 0
    by_task: tuple[Share, ...] = ()
    by_region: tuple[Share, ...] = ()
    entries: tuple[Entry, ...] = ()
    questions: tuple[Waiting, ...] = ()
    asked: int = 0
    handoffs: tuple[Waiting, ...] = ()
    deadlines: tuple[Due, ...] = ()
    steps: Mapping[Step, int] = field(default_factory=dict)
    answers: int = 0
    failed: int = 0

    @property
    def appeals(self) -> tuple[Entry, ...]:
        """Those that ask for the national office's support."""
        return tuple(entry for entry in self.entries if entry.national)

    @property
    def empty(self) -> bool:
        """Nothing is new, nothing was done or failed, nothing waits, nothing falls due."""
        lists = (self.entries, self.questions, self.handoffs, self.deadlines)
        return not (self.new or self.steps or self.answers or self.failed or any(lists))


def compose(
    rows: Rows,
    kb: KnowledgeBase,
    now: datetime,
    since: datetime,
    notices: Sequence[Notice] | None = None,
) -> Digest:
    """`now` is in the bureau's zone: its date is today. Only what was stored before it counts.

    `notices` are those whose deadlines concern the reader, all by default.
    """
    new = [d for d in rows.demands if _is_new(d, rows, since, now)]
    waiting = [d for d in rows.demands if d.status == "submitted" and d.moved < now]
    entries = [_entry(d, kb, rows, since) for d in waiting]
    entries.sort(key=lambda entry: (not entry.national, -entry.id))
    due = upcoming(kb.notices if notices is None else notices, kb, now.date(), HORIZON)
    questions = _questions(rows, kb, now, since)
    return Digest(
        at=now,
        since=since.astimezone(now.tzinfo),
        new=len(new),
        by_task=_shares(about(d, kb).task or None for d in new),
        by_region=_shares(d.region for d in new),
        entries=tuple(entries),
        questions=questions,
        asked=max(rows.asked, len(questions)),
        handoffs=_handoffs(rows, now, since),
        deadlines=tuple(due),
        steps=rows.steps,
        answers=rows.answers,
        failed=rows.failed,
    )


def _is_new(demand: StoredDemand, rows: Rows, since: datetime, now: datetime) -> bool:
    """Handed in within the period, taken up since or not."""
    if demand.status in ("draft", "cancelled"):
        return False
    known = rows.submitted.get(demand.id)
    at = known or (demand.moved if demand.status == "submitted" else None)
    return at is not None and since <= at < now


def _entry(demand: StoredDemand, kb: KnowledgeBase, rows: Rows, since: datetime) -> Entry:
    told = about(demand, kb)
    return Entry(
        id=demand.id,
        company=_masked(told.company),
        region=_masked(demand.region),
        task=_masked(told.task),
        national=demand.national,
        new=rows.submitted.get(demand.id, demand.moved) >= since,
    )


def _shares(labels: Iterable[str | None]) -> tuple[Share, ...]:
    """Most first; equal ones by label, the unnamed last."""
    counts = Counter(labels)
    order = sorted(counts, key=lambda label: (-counts[label], label is None, label or ""))
    return tuple(Share(label and masked(label), counts[label]) for label in order)


def _questions(
    rows: Rows, kb: KnowledgeBase, now: datetime, since: datetime
) -> tuple[Waiting, ...]:
    known = known_values(_personal_values(rows.demands, kb.notices))
    return _newest_first(
        Waiting(
            q.id, masked(q.question, known), q.at.astimezone(now.tzinfo), q.at >= since, q.region
        )
        for q in rows.questions
        if q.kind == "question" and q.at < now
    )


def _handoffs(rows: Rows, now: datetime, since: datetime) -> tuple[Waiting, ...]:
    return _newest_first(
        Waiting(t.id, "", t.at.astimezone(now.tzinfo), t.at >= since, _masked(t.region))
        for t in rows.waiting
        if t.at < now
    )


def _newest_first(rows: Iterable[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(rows, key=lambda w: (w.at, w.id), reverse=True))


def _personal_values(demands: Iterable[StoredDemand], notices: Iterable[Notice]) -> set[str]:
    """Names, phones and mails that stand in forms, so that questions can be freed of them."""
    slots = {s.name for n in notices if n.form for s in n.form.slots if s.personal}
    return {
        value
        for d in demands
        for slot in slots
        if isinstance(value := d.fields.get(slot), str) and value
    }


def _masked(text: str | None) -> str | None:
    return masked(text) if text else None
