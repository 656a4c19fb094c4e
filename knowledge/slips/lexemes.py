"""Words with their costs, and running text cut into its most likely words."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 9
UNKNOWN = 15.0
# As many characters must begin a word, before longer stretches are looked up.
_START = 2


class Lexemes:
    """Cost is in nats: the negative logarithm of a word's share. What is added lies over the
    `usual` words, which many may share and nobody changes."""

    def __init__(self, usual: Mapping[str, float]) -> None:
        self._usual = usual
        self._own: dict[str, float] = {}
        self._starts: set[str] = set()
        for word in usual:
            if len(word) > _START:
                self._begin(word)

    def copy(self) -> Lexemes:
        """The same words, to which others may be added."""
        other = Lexemes({})
        other._usual, other._own = self._usual, dict(self._own)
        other._starts = set(self._starts)
        return other

    def add(self, word: str, cost: float) -> None:
        self._own[word] = cost
        if len(word) > _START:
            self._begin(word)

    def _begin(self, word: str) -> None:
        for size in range(_START, len(word)):
            self._starts.add(word[:size])

    def cost(self, word: str) -> float | None:
        """None for what is no word."""
        cost = self._own.get(word)
        return self._usual.get(word) if cost is None else cost

    def single(self, char: str) -> float:
        cost = self.cost(char)
        return UNKNOWN if cost is None else cost

    def from_(self, text: str, i: int) -> list[tuple[int, float]]:
        """(end, cost) of every word that begins at `i`; the single character always."""
        size = len(text)
        own, usual = self._own.get, self._usual.get
        found = [(i + 1, self.single(text[i]))]
        for j in range(i + 2, min(i + LONGEST, size) + 1):
            window = text[i:j]
            cost = own(window)
            if cost is None:
                cost = usual(window)
            if cost is not None:
                found.append((j, cost))
            if window not in self._starts:
                break
        return found

    def cut(self, run: str) -> list[str]:
        """A run of Chinese characters cut into its most likely words."""
        size = len(run)
        best = [0.0] + [float("inf")] * size
        back = [0] * (size + 1)
        for i in range(size):
            here = best[i]
            for j, cost in self.from_(run, i):
                if here + cost < best[j]:
                    best[j], back[j] = here + cost, i
        parts: list[str] = []
        end = size
        while end:
            parts.append(run[back[end] : end])
            end = back[end]
        return parts[::-1]
