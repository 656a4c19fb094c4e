"""A notice taken apart into what can be an answer: one unit a clause and one a typed fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.model import (
    Attachment,
    Clause,
    Contact,
    Deadline,
    Faq,
    Notice,
    Period,
    Target,
    Task,
)

UnitKind = Literal[
    "clause", "head", "deadline", "period", "contact", "attachment", "task", "target", "faq"
]
KINDS: tuple[UnitKind, ...] = (
    "clause", "head", "deadline", "period", "contact", "attachment", "task", "target", "faq",
)  # fmt: skip
Fact = Clause | Deadline | Period | Contact | Attachment | Task | Target | Faq
Texts = tuple[tuple[str, float], ...]

HEAD = "发文信息"

# How much a word counts by where it stands: in the fact's own name, in its body, around it,
# or in the notice's title.
NAME, BODY, AROUND, TITLE = 1.0, 0.85, 0.6, 0.35
WEIGHTS = (NAME, BODY, AROUND, TITLE)


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One possible answer; `number` is its place among all units of a snapshot."""

    number: int
    kind: UnitKind
    notice: Notice
    label: str
    fact: Fact

    @property
    def name(self) -> str:
        return _own(self.fact)[0]

    @property
    def texts(self) -> Texts:
        """(text, weight) pairs to find it by, its name first."""
        return (*self.own_texts, *titles_of(self.notice))

    @property
    def own_texts(self) -> Texts:
        """`texts` without those that all units of the notice are found by."""
        name, body = _own(self.fact)
        own = ((name, NAME), *[(text, BODY) for text in body if text])
        if self.kind in ("clause", "head", "task"):
            return own
        return (*own, *_around(self.notice, self.label))


def units_of(notice: Notice, first: int = 0) -> Iterator[Unit]:
    """Every unit of a notice, in the order of the file, numbered from `first` on."""
    return (
        Unit(number, kind, notice, label, fact)
        for number, (kind, label, fact) in enumerate(_facts(notice), first)
    )


def _facts(notice: Notice) -> Iterator[tuple[UnitKind, str, Fact]]:
    for c in notice.clauses:
        yield "head" if c.label == HEAD else "clause", c.label, c
    for d in notice.deadlines:
        yield "deadline", d.clause, d
    for p in notice.periods:
        yield "period", p.clause, p
    for k in notice.contacts:
        yield "contact", k.clause, k
    for a in notice.attachments:
        yield "attachment", a.label, a
    for t in notice.tasks:
        yield "task", t.clause, t
    for g in notice.targets:
        yield "target", g.clause, g
    for f in notice.faq:
        yield "faq", f.clause, f


def titles_of(notice: Notice) -> Texts:
    """(text, weight) pairs that each unit of the notice is found by."""
    attachments = ((a.title, TITLE) for a in notice.attachments if notice.tasks)
    return ((notice.title, TITLE), *attachments)


def _around(notice: Notice, label: str) -> Texts:
    """What stands around a fact: the task or the clause of its label."""
    for task in notice.tasks:
        if task.clause == label:
            return ((task.title, AROUND), *((a.summary, AROUND) for a in task.actions))
    for clause in notice.clauses:
        if clause.label == label:
            return ((clause.heading, AROUND), (clause.body, AROUND))
    return ()


def _own(fact: Fact) -> tuple[str, tuple[str | None, ...]]:
    """The fact's name, and what else it says itself."""
    match fact:
        case Clause():
            return fact.heading, (fact.summary, fact.text, *fact.keywords, *fact.departments)
        case Deadline():
            return fact.what, (fact.who, fact.to, fact.via)
        case Period():
            return fact.what, (fact.who,)
        case Contact():
            return fact.org or "联系方式", (*fact.names, *fact.phones, *fact.emails)
        case Attachment():
            body = (*fact.basics, *(fact.columns or ()), *fact.rows)
            return f"{fact.label} {fact.title}", body
        case Task():
            actions = (action.summary for action in fact.actions)
            scopes = (scope.who for scope in fact.scopes)
            return fact.title, (*actions, *fact.keywords, *fact.departments, *scopes)
        case Target():
            return fact.what, (fact.value,)
        case Faq():
            return fact.question, (fact.answer,)
