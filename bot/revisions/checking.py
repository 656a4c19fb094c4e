"""Whether a knowledge base may be published: what it contradicts, which golden questions fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.asking import golden_reply
from knowledge import golden
from knowledge.consistency import Finding, findings
from knowledge.golden import Miss
from knowledge.load import Loaded
from knowledge.snapshot import KnowledgeBase


@dataclass(frozen=True)
class Checked:
    """Lines `file:line:col: field: what`, and the golden questions that were answered wrongly."""

    errors: tuple[str, ...]
    hints: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def told(self) -> tuple[Miss, ...]:
        """The misses but for those of questions that are held back, which are figures only, and
        those that are known."""
        return tuple(m for m in self.misses if not (m.placed.held or m.golden.missed))

    @property
    def known(self) -> int:
        """How many of the misses are known."""
        return sum(miss.golden.missed for miss in self.misses)

    @property
    def well(self) -> bool:
        return not self.errors and not self.told


def checked(loaded: Loaded, now: datetime) -> Checked:
    found = findings(loaded.kb)
    return Checked(
        _lines(loaded, [finding for finding in found if finding.grave]),
        _lines(loaded, [finding for finding in found if not finding.grave]),
        tuple(misses_of(loaded.kb, now)),
    )


def misses_of(kb: KnowledgeBase, now: datetime) -> list[Miss]:
    return golden.run(kb, partial(golden_reply, kb, now=now))


def told(miss: Miss) -> str:
    """The question that fell, where it stands, and why."""
    where = miss.placed.file.removesuffix(".yaml")
    return f"{where}: {miss.golden.q}: {'; '.join(miss.reasons)}"


def _lines(loaded: Loaded, found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(loaded.problem(one.file, one.loc, one.what) for one in found)
