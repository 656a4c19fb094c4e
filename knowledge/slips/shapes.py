"""Which characters look alike: out of a table of groups, and of their outlines in a font."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "look_alikes.yaml"
DRAWN = Path(__file__).parent / "drawn.txt"
"""A line: a character, and those that look most like it. Written by bot/tuning/shapes.py."""


@cache
def look_alikes() -> Mapping[str, str]:
    """Character -> all that look like it. Read once a process."""
    found: dict[str, dict[str, None]] = {}
    for one, other in _pairs():
        found.setdefault(one, {})[other] = None
        found.setdefault(other, {})[one] = None
    return {char: "".join(others) for char, others in found.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    groups: list[str] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)["groups"]
    for group in groups:
        yield from ((one, other) for one in group for other in group if one != other)
    for line in DRAWN.read_text(encoding="utf-8").splitlines() if DRAWN.exists() else ():
        if not line.startswith("#"):
            yield from ((line[0], other) for other in line[1:])
