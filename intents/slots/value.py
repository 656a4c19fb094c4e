"""What a slot's reader gives back."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import SlotKind


@dataclass(frozen=True, slots=True)
class Value:
    """A good value. `start` and `end` are where it stands in the text that was read."""

    kind: SlotKind
    value: str | bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that was meant but cannot be right, and the kind sentence that says why."""

    kind: SlotKind
    sentence: str
    start: int = 0
    end: int = 0


Found = Value | Problem
