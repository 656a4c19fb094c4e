"""Single characters that make a text much likelier: one that was left out, or another instead of
one that sounds or looks like it.

Words are not known here, only what stands beside what; so it also sees what no dictionary holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache

from knowledge.slips.letters import FIGURE, PAUSE, Letters
from knowledge.slips.shapes import look_alikes
from knowledge.slips.sounds import readings, sound

# What a slip costs, in nats, over another character of just the same sound.
_ALIKE, _BLURRED, _LOST = 1.0, 1.5, 1.5
# How many nats an edit must save.
_SAVED = 8.5
# Two in one stretch are about all that people mistype.
_MOST = 2
# These tell one thing from another, and what is said from its contrary.
_TELLING = frozenset("第〇零一二三四五六七八九十两百千万亿不没无非未免")
# What asks is meant as it stands: 分几级 is no 分升级.
_ASKING = frozenset("几谁哪啥")
_BEHIND = 3
_REMEMBERED = 8192

Edit = tuple[int, int, str]
"""From where to where, and what stands there instead."""


class Edits:
    """Looks for the likeliest single edits of a text, by the `letters` of a snapshot."""

    def __init__(self, letters: Letters, places: Collection[str]) -> None:
        """`places` are names that only an exact sound or shape may be mended into."""
        self._letters = letters
        self._places = frozenset(places)
        self._longest = max(map(len, self._places), default=0)
        self._instead = lru_cache(maxsize=_REMEMBERED)(self._found_instead)

    def mended(self, text: str, kept: Collection[int], before: str, after: str) -> str:
        """A stretch of Chinese with what was likely meant; `before` and `after` are the three signs
        around it, `kept` what stays."""
        stays = set(kept)
        for _ in range(_MOST):
            edit = self._best(text, stays, before, after)
            if edit is None:
                break
            start, end, char = edit
            text = f"{text[:start]}{char}{text[end:]}"
            moved = 1 - (end - start)
            stays = {i + moved if i >= end else i for i in stays}
        return text

    def _best(self, text: str, kept: set[int], before: str, after: str) -> Edit | None:
        signs = f"{before}{text.replace(' ', PAUSE)}{after}"
        cost = self._letters.cost
        costs = [cost(signs[max(i - _BEHIND, 0) : i + 1]) for i in range(len(signs))]
        best, found = _SAVED, None
        for i in range(len(text) + 1):
            at = _BEHIND + i
            for end, char, slip in self._possible(text, i, signs, costs, kept, best):
                until = _BEHIND + end
                edited = f"{signs[at - _BEHIND : at]}{char}{signs[until : until + _BEHIND]}"
                saved = sum(costs[at : until + _BEHIND]) - slip
                for j in range(_BEHIND, len(edited)):
                    saved -= cost(edited[j - _BEHIND : j + 1])
                    if saved <= best:
                        break
                else:
                    if slip < _BLURRED or not self._makes_place(text, i, end, char):
                        best, found = saved, (i, end, char)
        return found

    def _makes_place(self, text: str, start: int, end: int, char: str) -> bool:
        """Whether what stands there instead is a part of a place's name."""
        edited = f"{text[:start]}{char}{text[end:]}"
        return any(
            edited[i:j] in self._places
            for i in range(max(0, start + 1 - self._longest), start + 1)
            for j in range(start + 1, min(i + self._longest, len(edited)) + 1)
        )

    def _possible(
        self,
        text: str,
        i: int,
        signs: str,
        costs: list[float],
        kept: set[int],
        least: float,
    ) -> Iterator[tuple[int, str, float]]:
        """(end, character, slip) of what may be meant from `i` on, where enough can be saved."""
        at = _BEHIND + i
        around = sum(costs[at : at + _BEHIND])
        if around - _LOST > least and not (i in kept and i - 1 in kept):
            for char in self._letters.between(signs[at - 1], signs[at]):
                if char not in _TELLING and char not in (PAUSE, FIGURE):
                    yield i, char, _LOST
        if i == len(text) or i in kept or text[i] == " " or text[i] in _TELLING | _ASKING:
            return
        if sum(costs[at : at + _BEHIND + 1]) > least:
            instead = self._instead(text[i])
            seen = self._letters.between(signs[at - 1], signs[at + 1])
            for char, slip in instead.items():
                if char in seen or (
                    not slip and self._letters.joins(signs[at - 1], char, signs[at + 1])
                ):
                    yield i + 1, char, slip

    def _found_instead(self, char: str) -> dict[str, float]:
        """What may have been meant where `char` was typed, with what the slip costs."""
        found = dict.fromkeys(self._by_blur.get(sound(char), ()), _BLURRED)
        found.update(dict.fromkeys(look_alikes().get(char, ""), _ALIKE))
        for key in readings(char):
            found.update(dict.fromkeys(self._by_sound.get(key, ()), 0.0))
        found.pop(char, None)
        return {char: slip for char, slip in found.items() if char not in _TELLING}

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for char in self._known:
            for key in readings(char):
                found.setdefault(key, []).append(char)
        return found

    @cached_property
    def _by_blur(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for char in self._known:
            found.setdefault(sound(char), []).append(char)
        return found

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(self._letters.signs())
