"""Golden questions: what a right answer must be, and what is wrong with one that is not.

`ask` comes in as an argument, so that the knowledge base need not know who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.model import Golden
from knowledge.snapshot import KnowledgeBase


class Cited(Protocol):
    @property
    def notice(self) -> str: ...
    @property
    def clause(self) -> str: ...


class Replied(Protocol):
    """What `ask` must give back; `intents.turn.Reply` does."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def citations(self) -> Sequence[Cited]: ...
    @property
    def intent(self) -> str | None: ...
    @property
    def task(self) -> str | None: ...


@dataclass(frozen=True)
class Miss:
    """A golden question that was not answered as it should be, and why."""

    golden: Golden
    home: str | None
    got: Replied
    reasons: tuple[str, ...]


def questions(kb: KnowledgeBase) -> Iterator[tuple[Golden, str | None]]:
    """Every golden question with the id of the notice that it stands in, if any."""
    for notice in kb.notices:
        for golden in notice.golden:
            yield golden, notice.id
    for golden in kb.golden:
        yield golden, None


def run(kb: KnowledgeBase, ask: Callable[[Golden], Replied]) -> list[Miss]:
    """Ask them all; the misses, in the order of the files."""
    misses: list[Miss] = []
    for golden, home in questions(kb):
        got = ask(golden)
        reasons = judge(golden, home, got)
        if reasons:
            misses.append(Miss(golden, home, got, reasons))
    return misses


def judge(golden: Golden, home: str | None, got: Replied) -> tuple[str, ...]:
    """What is wrong with a reply; nothing if it is as it should be."""
    reasons: list[str] = []
    if got.kind != golden.kind:
        reasons.append(f"is {got.kind}, should be {golden.kind}")
    reasons += [f"lacks {fact}" for fact in golden.facts if not _says(got.text, fact)]
    wanted = {_full(label, home) for label in golden.clauses}
    if wanted and not wanted & {(c.notice, c.clause) for c in got.citations}:
        cited = "、".join(f"{c.notice}#{c.clause}" for c in got.citations) or "nothing"
        reasons.append(f"cites {cited}")
    for name, want, have in (
        ("intent", golden.intent, got.intent),
        ("task", golden.task, got.task),
    ):
        if want is not None and want != have:
            reasons.append(f"{name} {have}, should be {want}")
    return tuple(reasons)


def _says(text: str, fact: str) -> bool:
    return any(part.strip() in text for part in fact.split("|"))


def _full(label: str, home: str | None) -> tuple[str, str]:
    notice, _, clause = label.rpartition("#")
    return (notice or home or "", clause)
