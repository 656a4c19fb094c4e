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
Fact = Clause | Deadline | Period | Contact | Attachment | Task | Target | Faq

HEAD = "发文信息"

# How much a word counts by where it stands: in the fact's own name, in its body, around it,
# or in the notice's title.
NAME, BODY, AROUND, TITLE = 1.0, 0.85, 0.6, 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One possible answer. `texts` are (text, weight) pairs to find it by, its name first."""

    kind: UnitKind
    notice: Notice
    label: str
    fact: Fact
    texts: tuple[tuple[str, float], ...]

    @property
    def name(self) -> str:
        return self.texts[0][0]


def units_of(notice: Notice) -> Iterator[Unit]:
    """Every unit of a notice, in the order of the file."""
    clauses = {clause.label: clause for clause in notice.clauses}
    tasks = {task.clause: task for task in notice.tasks}

    titles = (
        (notice.title, TITLE),
        *((a.title, TITLE) for a in notice.attachments if notice.tasks),
    )

    def around(label: str) -> tuple[tuple[str, float], ...]:
        if label in tasks:
            task = tasks[label]
            return ((task.title, AROUND), *((a.summary, AROUND) for a in task.actions))
        if label in clauses:
            clause = clauses[label]
            return ((clause.heading, AROUND), (clause.body, AROUND))
        return ()

    def unit(kind: UnitKind, label: str, fact: Fact, name: str, *body: str | None) -> Unit:
        texts = ((name, NAME), *((text, BODY) for text in body if text))
        if kind not in ("clause", "head", "task"):
            texts += around(label)
        return Unit(kind, notice, label, fact, (*texts, *titles))

    for c in notice.clauses:
        kind: UnitKind = "head" if c.label == HEAD else "clause"
        yield unit(kind, c.label, c, c.heading, c.summary, c.text, *c.keywords, *c.departments)
    for d in notice.deadlines:
        yield unit("deadline", d.clause, d, d.what, d.who, d.to, d.via)
    for p in notice.periods:
        yield unit("period", p.clause, p, p.what, p.who)
    for k in notice.contacts:
        yield unit("contact", k.clause, k, k.org or "联系方式", *k.names, *k.phones, *k.emails)
    for a in notice.attachments:
        yield unit(
            "attachment", a.label, a, f"{a.label} {a.title}", *a.basics, *(a.columns or ()), *a.rows
        )
    for t in notice.tasks:
        actions = (action.summary for action in t.actions)
        scopes = (scope.who for scope in t.scopes)
        yield unit("task", t.clause, t, t.title, *actions, *t.keywords, *t.departments, *scopes)
    for g in notice.targets:
        yield unit("target", g.clause, g, g.what, g.value)
    for f in notice.faq:
        yield unit("faq", f.clause, f, f.question, f.answer)
