"""A notice as it was read: its YAML, the text that it was read from, and each value with where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from knowledge.importer.facts import LOOK
from knowledge.yaml_source import Loc


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact, or one field of the head, as `knowledge.importer.review.Row` has it.

    `loc` is where it stood in the YAML when it was read. `spans` counts in `Imported.source`.
    """

    field: str
    sentence: str
    sure: float
    look: str
    loc: Loc
    spans: Mapping[str, tuple[int, int]]

    @property
    def doubtful(self) -> bool:
        return self.sure < LOOK or bool(self.look)

    @property
    def family(self) -> str:
        """`deadlines`; empty for the head."""
        return str(self.loc[0]) if len(self.loc) > 1 else ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        spans = {name: (start, end) for name, (start, end) in told["spans"].items()}
        return cls(**{**told, "loc": tuple(told["loc"]), "spans": spans})


@dataclass(frozen=True, slots=True)
class Imported:
    """`id` is the notice's; `source` is without what nobody sees and no database holds."""

    id: str
    title: str
    text: str
    source: str
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        readings = tuple(Reading.from_json(one) for one in told["readings"])
        return cls(**{**told, "readings": readings})
