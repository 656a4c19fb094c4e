"""The cheapest way of reading a stretch of text as a row of words."""

from __future__ import annotations

from dataclasses import dataclass, field

FAR = float("inf")


@dataclass(slots=True)
class Row:
    """The cheapest reading up to each place of a stretch; `best[-1]` is what all of it costs."""

    text: str
    best: list[float] = field(init=False)
    back: list[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.best = [0.0] + [FAR] * len(self.text)
        self.back = [(0, "")] * (len(self.text) + 1)

    def offer(self, start: int, end: int, word: str, cost: float) -> None:
        """From `start` to `end` it may say `word`. `start` must have been read before."""
        total = self.best[start] + cost
        if total < self.best[end]:
            self.best[end], self.back[end] = total, (start, word)

    def words(self) -> list[tuple[int, int, str]]:
        """(start, end, word) from the left."""
        found: list[tuple[int, int, str]] = []
        end = len(self.text)
        while end:
            start, word = self.back[end]
            found.append((start, end, word))
            end = start
        return found[::-1]

    def read(self) -> str:
        return "".join(word for _, _, word in self.words())
