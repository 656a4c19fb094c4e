"""Words with their costs, and running text cut into its most likely words."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 9
UNKNOWN = 15.0
# As many characters must begin a word, before longer stretches are looked up.
_START = 2


class Lexemes:
    """Cost is in nats: the negative logarithm of a word's share."""

    def __init__(self, costs: Mapping[str, float]) -> None:
        self.costs = dict(costs)
        self._starts: set[str] = set()
        for word in costs:
            if len(word) > _START:
                self._begin(word)

    def copy(self) -> Lexemes:
        """The same words, to which others may be added."""
        other = Lexemes({})
        other.costs, other._starts = dict(self.costs), set(self._starts)
        return other

    def add(self, word: str, cost: float) -> None:
        self.costs[word] = cost
        if len(word) > _START:
            self._begin(word)

    def _begin(self, word: str) -> None:
        for size in range(_START, len(word)):
            self._starts.add(word[:size])

    def single(self, char: str) -> float:
        return self.costs.get(char, UNKNOWN)

    def from_(self, text: str, i: int) -> list[tuple[int, float]]:
        """(end, cost) of every word that begins at `i`; the single character always."""
        size = len(text)
        found = [(i + 1, self.costs.get(text[i], UNKNOWN))]
        for j in range(i + 2, min(i + LONGEST, size) + 1):
            window = text[i:j]
            cost = self.costs.get(window)
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
