"""Golden questions: what a right answer must be, and what is wrong with one that is not.

`ask` comes in as an argument, so that the knowledge base need not know who answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase

FOLDER = "golden/"
"""Where questions lie that belong to no notice; of these some are held back."""
SEED = "zhixing"
HELD_BACK = 5
"""One in so many is kept out of all tuning."""


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


@dataclass(frozen=True, slots=True)
class Placed:
    """A golden question where it stands: in a notice (`home` is its id) or in a file of its own.

    `file` is the file's name, `index` its place in it; one that is `held` is no tuning's business.
    """

    golden: Golden
    home: str | None
    file: str
    index: int
    held: bool


@dataclass(frozen=True)
class Miss:
    """A golden question that was not answered as it should be, and why."""

    placed: Placed
    got: Replied
    reasons: tuple[str, ...]

    @property
    def golden(self) -> Golden:
        return self.placed.golden

    @property
    def home(self) -> str | None:
        return self.placed.home


def placed(kb: KnowledgeBase) -> Iterator[Placed]:
    """Every golden question that was loaded, in the order of the notices and of the files."""
    for notice in kb.notices:
        for index, golden in enumerate(notice.golden):
            yield Placed(golden, notice.id, f"{notice.id}.yaml", index, held=False)
    for file, asked in kb.golden.items():
        for index, golden in enumerate(asked):
            held = file.startswith(FOLDER) and is_held(golden)
            yield Placed(golden, None, file, index, held)


def is_held(golden: Golden) -> bool:
    """Whether the question falls to the share that is held back: the same for ever and anywhere."""
    digest = hashlib.sha256(f"{SEED}:{golden.q}".encode()).digest()
    return int.from_bytes(digest) % HELD_BACK == 0


def questions(kb: KnowledgeBase) -> Iterator[tuple[Golden, str | None]]:
    """Every golden question with the id of the notice that it stands in, if any."""
    return ((one.golden, one.home) for one in placed(kb))


def run(kb: KnowledgeBase, ask: Callable[[Golden], Replied]) -> list[Miss]:
    """Ask them all; the misses, in the order of the files."""
    misses: list[Miss] = []
    for one in placed(kb):
        got = ask(one.golden)
        reasons = judge(one.golden, one.home, got)
        if reasons:
            misses.append(Miss(one, got, reasons))
    return misses


def judge(golden: Golden, home: str | None, got: Replied) -> tuple[str, ...]:
    """What is wrong with a reply; nothing if it is as it should be."""
    reasons: list[str] = []
    if got.kind not in golden.kinds:
        reasons.append(f"is {got.kind}, should be {golden.kind.replace('|', ' or ')}")
    if not _excused(golden, got):
        reasons += [f"lacks {fact}" for fact in lacking(golden, got)]
        if _cites_wrongly(golden, home, got):
            cited = "、".join(f"{c.notice}#{c.clause}" for c in got.citations) or "nothing"
            reasons.append(f"cites {cited}")
    if golden.near and got.kind == "refuse" and not got.citations:
        reasons.append("shows nothing near")
    for name, want, have in (
        ("intent", golden.intent, got.intent),
        ("task", golden.task, got.task),
    ):
        if want is not None and have not in want.split("|"):
            reasons.append(f"{name} {have}, should be {want.replace('|', ' or ')}")
    return tuple(reasons)


def lacking(golden: Golden, got: Replied) -> tuple[str, ...]:
    """The expected facts that the text does not hold."""
    return tuple(fact for fact in golden.facts if not _says(got.text, fact))


def wanted(golden: Golden, home: str | None) -> tuple[tuple[str, str], ...]:
    """(notice, label) of each expected clause."""
    return tuple(_full(label, home) for label in golden.clauses)


def _excused(golden: Golden, got: Replied) -> bool:
    """Asked back where that is right as well: such a reply has no facts and cites nothing yet."""
    return "answer" in golden.kinds and got.kind != "answer" and got.kind in golden.kinds


def _cites_wrongly(golden: Golden, home: str | None, got: Replied) -> bool:
    cited = {(c.notice, c.clause) for c in got.citations}
    found = [place in cited for place in wanted(golden, home)]
    return bool(found) and not (all(found) if golden.both else any(found))


def _says(text: str, fact: str) -> bool:
    return any(part.strip() in text for part in fact.split("|"))


def _full(label: str, home: str | None) -> tuple[str, str]:
    notice, _, clause = label.rpartition("#")
    return (notice or home or "", clause)
