"""What differs between two texts, line by line, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_AROUND = 2
_MOST = 400
_LONG = 5_000
"""Lines from which on those that occur again and again are no hold: else it takes for ever."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the line's in the new text, of one that is gone in the old."""

    kind: Literal["gone", "come", "same", "skip"]
    number: int
    text: str


def line_diff(old: str, new: str) -> list[Line]:
    """Nothing where both are the same; no more than some hundreds of lines."""
    if old == new:
        return []
    return list(_walked(old.splitlines(), new.splitlines()))[:_MOST]


def _walked(old: list[str], new: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > _LONG)
    for place, group in enumerate(matcher.get_grouped_opcodes(_AROUND)):
        if place:
            yield Line("skip", group[0][3] + 1, "……")
        for tag, i, j, k, end in group:
            if tag == "equal":
                yield from (Line("same", n + 1, new[n]) for n in range(k, end))
            else:
                yield from (Line("gone", n + 1, old[n]) for n in range(i, j))
                yield from (Line("come", n + 1, new[n]) for n in range(k, end))
