"""All that the units say, brought to one wording in bulk and kept once.

Texts are brought to one wording many at a time, which saves most of the time that it takes one by
one. A batch keeps them as one string; what several units say is in it once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from knowledge.units import TITLE, WEIGHTS, Texts, Unit, titles_of

Numbers = NDArray[np.uint32]

# A character of private use: it stands in no notice, and nothing joins over it.
_APART = "\ue000"
_AT_A_TIME = 2_000
_CODES = {weight: code for code, weight in enumerate(WEIGHTS)}
_CODE_OF_TITLE = _CODES[TITLE]
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Batch:
    """Units from number `first` on. Text t is `text[begins[t]:ends[t]]`; the unit i uses the
    texts `uses[starts[i]:starts[i + 1]]`, each as text number * 4 + code of its weight."""

    first: int
    text: str
    begins: Numbers
    ends: Numbers
    uses: Numbers
    starts: Numbers

    def texts(self, i: int) -> Iterator[tuple[str, float]]:
        for use in self.uses[self.starts[i] : self.starts[i + 1]].tolist():
            number = use >> 2
            yield self.text[self.begins[number] : self.ends[number]], WEIGHTS[use & 3]

    def years(self) -> Iterator[tuple[int, int]]:
        """(unit, year) of each year that a unit speaks of, outside the title."""
        ends = self.ends.tolist()
        told: dict[int, set[int]] = {}
        for match in _YEAR.finditer(self.text):
            told.setdefault(bisect_right(ends, match.start()), set()).add(int(match[0]))
        marked = np.zeros(len(ends), np.bool_)
        marked[list(told)] = True
        telling = marked[self.uses >> 2] & ((self.uses & 3) != _CODE_OF_TITLE)
        for at in np.flatnonzero(telling).tolist():
            unit = self.first + int(np.searchsorted(self.starts, at, side="right")) - 1
            for year in sorted(told[int(self.uses[at]) >> 2]):
                yield unit, year


class Corpus:
    """The canonical texts of all units, by the unit's number."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = tuple(batches)
        self._firsts = [batch.first for batch in self._batches]

    def texts(self, number: int) -> list[tuple[str, float]]:
        """(canonical text, weight) of one unit, its name first."""
        batch = self._batches[bisect_right(self._firsts, number) - 1]
        return list(batch.texts(number - batch.first))


def batches(units: Sequence[Unit], canonical: Callable[[str], str]) -> Iterator[Batch]:
    """The units' texts, some thousand units at a time; `canonical` brings text to one wording."""
    for first in range(0, len(units), _AT_A_TIME):
        yield _batch(first, units[first : first + _AT_A_TIME], canonical)


def _batch(first: int, units: Sequence[Unit], canonical: Callable[[str], str]) -> Batch:
    numbers: dict[str, int] = {}
    uses: list[int] = []
    starts = [0]
    for _, of_one_notice in groupby(units, key=attrgetter("notice.id")):
        its_units = list(of_one_notice)
        titles = _uses(titles_of(its_units[0].notice), numbers)
        for unit in its_units:
            uses += _uses(unit.own_texts, numbers)
            uses += titles
            starts.append(len(uses))
    texts = in_bulk(list(numbers), canonical)
    lengths = np.array([len(text) + 1 for text in texts], np.uint32)
    ends = np.cumsum(lengths, dtype=np.uint32) - 1
    return Batch(
        first=first,
        text=_APART.join(texts),
        begins=(ends + 1 - lengths).astype(np.uint32),
        ends=ends.astype(np.uint32),
        uses=np.array(uses, np.uint32),
        starts=np.array(starts, np.uint32),
    )


def _uses(texts: Texts, numbers: dict[str, int]) -> list[int]:
    """As in a `Batch`; texts that are met for the first time get the next numbers."""
    return [numbers.setdefault(text, len(numbers)) * 4 + _CODES[weight] for text, weight in texts]


def in_bulk(texts: Sequence[str], canonical: Callable[[str], str]) -> list[str]:
    """`canonical` of each text, by one call."""
    plain = (text.replace(_APART, " ") if _APART in text else text for text in texts)
    found = [text.strip() for text in canonical(_APART.join(plain)).split(_APART)]
    if len(found) != max(len(texts), 1):
        raise ValueError("texts ran together")
    # What is its own canonical text is kept once.
    return [text if text == one else one for text, one in zip(texts, found, strict=False)]
