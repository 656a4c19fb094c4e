"""The likeliest way of reading a stretch of text as a row of words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from knowledge.slips.phrases import EDGE, Phrases

FAR = float("inf")
_BEAM = 4
# What a character by itself costs more that was never seen behind the word before it, where it is
# meant instead of another.
UNLINKED = 1.0

State = tuple[float, int, str, str]
"""What it costs up to here, where the last word begins, the word before it, and what it says."""


@dataclass(slots=True)
class Row:
    """The likeliest readings up to each place of a stretch, by their last word. `before` is what
    stands before it: a word, `EDGE` or `FIGURE`."""

    text: str
    phrases: Phrases
    before: str = EDGE
    reached: list[dict[str, State]] = field(init=False)
    arcs: list[list[tuple[int, str, float, float]]] = field(init=False)
    open: list[bool] = field(init=False)
    """Whether any reading comes by each place."""

    def __post_init__(self) -> None:
        self.reached = [{} for _ in range(len(self.text) + 1)]
        self.arcs = [[] for _ in self.text]
        self.open = [True] + [False] * len(self.text)

    def offer(self, start: int, end: int, word: str, cost: float, slip: float = 0.0) -> None:
        """From `start` to `end` it may say `word`, which by itself costs so much; what was typed
        for it costs `slip`."""
        self.arcs[start].append((end, word, cost, slip))
        self.open[end] = True

    def solve(
        self,
        after: str = EDGE,
        loose: Collection[int] = (),
        lost: float = 0.0,
        share: float = 1.0,
    ) -> float:
        """What the likeliest reading costs, with what stands behind it. Before the `loose` places
        a character may have been left out, at a cost of `lost`; of the costs of slips a `share`
        counts."""
        reached = self.reached
        lost *= share
        for states in reached:
            states.clear()
        reached[0][self.before] = (0.0, -1, "", "")
        for i in range(len(self.arcs)):
            if reached[i]:
                self._go_on(i, lost if i in loose else FAR, share)
        return self._closed(after, lost if len(self.text) in loose else FAR)

    def _go_on(self, i: int, lost: float, share: float) -> None:
        """From the likeliest readings up to `i` to where its words end."""
        phrases, reached = self.phrases, self.reached
        here = reached[i]
        if len(here) > _BEAM:
            best = sorted(here.items(), key=lambda kept: kept[1][0])[:_BEAM]
            reached[i] = here = dict(best)
        following_of, unlike_of = phrases.after.of, phrases.unlike.get
        lasts = [
            (total, last, following_of(last), unlike_of(last, 0.0))
            for last, (total, _, _, _) in here.items()
        ]
        if self.text[i] == " ":
            for last, (total, _, _, _) in here.items():
                reached[i + 1][last] = (total, i, last, " ")
        for end, word, cost, slip in self.arcs[i]:
            slip *= share
            ends = reached[end]
            was = ends.get(word)
            least = FAR if was is None else was[0]
            alone = UNLINKED if slip and len(word) == 1 else 0.0
            found: State | None = None
            for total, last, following, unlike in lasts:
                known = following.get(word)
                now = total + slip + (cost + unlike + alone if known is None else known)
                if now < least:
                    least, found = now, (now, i, last, word)
                if lost < FAR and known is None and not slip:
                    between = phrases.lost_between(last, word)
                    if between is not None:
                        now = total + lost + between[1]
                        if now < least:
                            least, found = now, (now, i, last, between[0] + word)
            if found is not None:
                ends[word] = found

    def _closed(self, after: str, lost: float) -> float:
        """The last word's state moves to `reached[-1][""]`."""
        phrases = self.phrases
        ends = self.reached[-1]
        best: State = (FAR, -1, "", "")
        for last, (total, _, _, _) in ends.items():
            known = phrases.after.of(last).get(after)
            if known is None:
                known = phrases.alone.get(after, 0.0) + phrases.unlike.get(last, 0.0)
                between = phrases.lost_between(last, after) if lost < FAR else None
                if between is not None and total + lost + between[1] < best[0]:
                    best = (total + lost + between[1], len(self.text), last, between[0])
            if total + known < best[0]:
                best = (total + known, len(self.text), last, "")
        ends[""] = best
        return best[0]

    def words(self) -> list[tuple[int, int, str, float]]:
        """(start, end, what it says, cost) from the left."""
        return list(self._back())[::-1]

    def _back(self) -> Iterator[tuple[int, int, str, float]]:
        _, end, last, behind = self.reached[-1][""]
        if behind:
            yield end, end, behind, 0.0
        while end > 0:
            total, start, before, said = self.reached[end][last]
            yield start, end, said, total - self.reached[start][before][0]
            end, last = start, before

    def read(self) -> str:
        return "".join(said for _, _, said, _ in self.words())
