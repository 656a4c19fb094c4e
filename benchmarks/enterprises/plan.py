"""What an enterprise is going to say, block by block, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.enterprises.facts import Enterprise

Block = list[str]
"""Messages that nothing may come between."""


@dataclass(slots=True)
class Plan:
    """Blocks of messages in order; `settled` counts those after which only the end is open."""

    rng: Random
    one: Enterprise
    blocks: list[Block] = field(default_factory=list)
    national_told: bool = False
    task_told: bool = False
    changed: dict[str, Any] = field(default_factory=dict)

    def add(self, *messages: str) -> None:
        self.blocks.append(list(messages))
