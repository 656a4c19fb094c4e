"""Words by what they are looked up by, in little room: most often it is one word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


class Grouped:
    """The words of a key stand in one string, with blanks between: one alone takes no more room
    than where else it is kept."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._joined = {key: " ".join(alike) for key, alike in words.items()}

    def of(self, key: str) -> Sequence[str]:
        joined = self._joined.get(key)
        return joined.split(" ") if joined else ()

    def items(self) -> Iterator[tuple[str, Sequence[str]]]:
        return ((key, joined.split(" ")) for key, joined in self._joined.items())
