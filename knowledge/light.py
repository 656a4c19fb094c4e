"""Light words: everyday speech that constrains nothing (听说, 到底, 给个准话)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from knowledge.names import Names
from knowledge.strict import Strict, Text


class LightWords(Strict):
    """Words that hardly count when a question is held against a clause."""

    light: tuple[Text, ...] = ()


class Light:
    """Light words made ready to be found in texts of one wording.

    `canonicals` brings words to that wording.
    """

    def __init__(
        self, words: LightWords, canonicals: Callable[[Iterable[str]], Sequence[str]]
    ) -> None:
        self._words = Names(canonicals(words.light), shortest=1)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each light word in canonical text, left to right, the longest first."""
        return self._words.found_in(text)
