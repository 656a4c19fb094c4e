"""What a question asks, once it is understood: a query over typed facts. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.lexicon import Aspect
from knowledge.model import Duty

Level = Literal["national", "local"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notices and clauses are meant. Every part that is given must be met by the answer.

    `notices`: ids, where one was named by number, title or alias. `level`: 国家局的 or 省里的.
    `labels`: clause or attachment labels. `months`: of the dates asked for.
    """

    notices: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    campaign: str | None = None
    level: Level | None = None
    labels: tuple[str, ...] = ()
    task: int | None = None
    months: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is the message in the notices' words; `segments` what is left of it as its subject.

    `asks`: what is asked for, most telling first. `values` are (kind, word) of values that no
    typed fact holds; `outside` words of the wider field: both must stand in the answer itself.
    `departments`, `duty` and `actor` narrow lists. `calendar`: everything due in a stretch of time.
    """

    text: str
    segments: tuple[str, ...] = ()
    asks: tuple[Aspect, ...] = ()
    scope: Scope = Scope()
    values: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    duty: Duty | None = None
    continues: bool = False

    @property
    def subject(self) -> str:
        return " ".join(self.segments)
