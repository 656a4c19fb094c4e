"""How likely a word is after another, as people write and ask: what a row of words costs.

The file is written by `zhixing kb tune --what phrases` and read once a process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from sys import intern
from types import MappingProxyType

FILE = Path(__file__).parent / "phrases.txt"
EDGE, FIGURE = "|", "#"
"""What stands for the end of a stretch, and for a figure, among the words."""

# Whether one of these was left out says nothing of what is meant.
_NONE: Mapping[str, float] = MappingProxyType({})
NEEDLESS = frozenset(
    "了的着过得地要都也就还又再很好是到给上下里来去说打做有们啥呢吗吧啊把被跟和与在内外省市县"
)


class Following(dict[str, "Mapping[str, float] | str"]):
    """Word -> next word -> what that costs; a line of the file is taken apart when it is asked
    for, as most never are."""

    def of(self, word: str) -> Mapping[str, float]:
        nexts = self.get(word, _NONE)
        if isinstance(nexts, str):
            told = nexts.split(" ")
            nexts = dict(zip(map(intern, told[::2]), map(tenths, told[1::2]), strict=True))
            self[word] = nexts
        return nexts


@dataclass(frozen=True)
class Phrases:
    """Costs are in nats. `alone`: of a word by itself; `after`: word -> next word -> what the next
    one costs then; `unlike`: word -> what any other next word costs more than by itself."""

    alone: Mapping[str, float]
    unlike: Mapping[str, float]
    after: Following

    @cached_property
    def _joints(self) -> Mapping[str, Sequence[str]]:
        """Word -> the single characters that it was seen after."""
        found: dict[str, list[str]] = {}
        for word in self.after:
            if len(word) == 1 and word not in NEEDLESS | {EDGE, FIGURE}:
                for other in self.after.of(word):
                    found.setdefault(other, []).append(word)
        return found

    def lost_between(self, one: str, other: str) -> tuple[str, float] | None:
        """The character that most likely stood between two words, and what it and the second one
        cost then; None where none was seen so."""
        nexts = self.after.of(one)
        if not nexts:
            return None
        costs = (
            (nexts[char] + self.after.of(char)[other], char)
            for char in self._joints.get(other, ())
            if char in nexts
        )
        cost, char = min(costs, default=(0.0, ""))
        return (char, cost) if char else None


@lru_cache(maxsize=1024)
def tenths(written: str) -> float:
    """A cost as it is written, in tenths: few different ones, each an object once."""
    return int(written) / 10


@cache
def phrases() -> Phrases:
    """What the file tells: a line has a word, its cost, what others cost more after it, and the
    words that follow it with their costs, all in tenths."""
    alone: dict[str, float] = {}
    unlike: dict[str, float] = {}
    after = Following()
    for line in FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else ():
        if line.startswith("# "):
            continue
        word, cost, more, *nexts = line.split(" ", 3)
        word = intern(word)  # it stands behind others as well
        alone[word], unlike[word] = tenths(cost), tenths(more)
        if nexts:
            after[word] = nexts[0]
    return Phrases(alone, unlike, after)
