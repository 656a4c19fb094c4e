"""Light words: everyday speech that constrains nothing (听说, 到底, 给个准话)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from knowledge.model import Strict, Text


class LightWords(Strict):
    """Words that hardly count when a question is held against a clause."""

    light: tuple[Text, ...] = ()


class Light:
    """Light words made ready to be found in texts of one wording."""

    def __init__(self, words: LightWords, canonical: Callable[[str], str]) -> None:
        ordered = sorted(set(map(canonical, words.light)), key=lambda w: (-len(w), w))
        self._any = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each light word in canonical text, left to right."""
        return (match.span() for match in self._any.finditer(text))
