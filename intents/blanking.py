"""Takes names out of a text, and leaves a gap that keeps the rest apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from knowledge.names import Names

T = TypeVar("T")
GAP = "\u0000"


def take(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], T]
) -> tuple[list[T], str]:
    """What `read` makes of each match, and the text without them."""
    found = [read(match) for match in pattern.finditer(text)]
    return found, pattern.sub(GAP, text) if found else text


def taken(names: Names, text: str) -> tuple[list[str], str]:
    """The names that the text says, and the text without them."""
    spans = list(names.found_in(text))
    found = [text[start:end] for start, end in spans]
    for start, end in reversed(spans):
        text = text[:start] + GAP + text[end:]
    return found, text
