"""Which characters look alike, out of a table of groups."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "look_alikes.yaml"


@cache
def look_alikes() -> Mapping[str, str]:
    """Character -> all that look like it. Read once a process."""
    groups: list[str] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)["groups"]
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for char in group:
            found.setdefault(char, {}).update(dict.fromkeys(c for c in group if c != char))
    return {char: "".join(others) for char, others in found.items()}
