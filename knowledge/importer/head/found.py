"""One value of the head, with where it stands and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from knowledge.importer.passage import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`look` says in Chinese what an admin should look at."""

    value: T
    span: Span | None = None
    sure: float = 1.0
    look: str | None = None
