"""Where to look: what a question says of notices, as a first sieve before anything is scored.

It may let through too much and never too little; who asks looks at what is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Numbers
from knowledge.model import Notice
from knowledge.regions import NATION, Regions
from knowledge.units import KINDS, Unit, UnitKind

Flags = NDArray[np.bool_]
_NONE = np.empty(0, np.uint32)


@dataclass(frozen=True, slots=True)
class Where:
    """Each part that is given must be met; `kinds` empty: units of any kind.

    `notices` are ids. A unit is of a year that its notice has or that it speaks of itself, and of
    a campaign in the same way. Its notice is of a region that lies around the place. `today` and
    `home` leave out what is not issued yet and what is for other places.
    """

    kinds: tuple[UnitKind, ...] = ()
    notices: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    campaign: str | None = None
    today: date | None = None
    home: str | None = None


ANYWHERE = Where()


@dataclass(frozen=True, slots=True)
class _Told:
    """A condition that whole notices meet, or units that speak of it."""

    notices: Flags
    units: Numbers


class Sieve:
    """What one `Where` lets through."""

    def __init__(self, facets: Facets, base: Flags, told: Sequence[_Told], kinds: Flags) -> None:
        self._facets, self._base, self._told, self._kinds = facets, base, told, kinds
        self._whole = base.copy()
        for one in told:
            self._whole &= one.notices
        self.size = facets.size(self._whole) + sum(len(one.units) for one in told)
        """As many units at most."""

    def lets(self, numbers: Numbers) -> Flags:
        """Which of these units pass."""
        notice = self._facets.notice_of[numbers]
        flags = self._base[notice] & self._kinds[self._facets.kind_of[numbers]]
        for one in self._told:
            flags &= one.notices[notice] | among(numbers, one.units)
        return flags

    def numbers(self) -> Numbers:
        """All units that pass, in their order."""
        found = self._facets.units_of(self._whole)
        for one in self._told:
            found = _merged(found, one.units)
        return found[self.lets(found)]

    def few(self, most: int) -> Numbers | None:
        """All units that pass, where there are `most` at most."""
        return self.numbers() if self.size <= most else None

    def notices(self) -> Numbers:
        """All notices that have such a unit or are such as a whole, in their order."""
        partly = np.concatenate([_NONE, *(one.units for one in self._told)])
        partly = self._facets.notice_of[partly[self.lets(partly)]]
        whole = self._whole.copy()
        whole[partly] = True
        return np.flatnonzero(whole).astype(np.uint32)


class Facets:
    """What notices are of, in columns: years, regions, campaigns, dates of issue."""

    def __init__(
        self,
        notices: Sequence[Notice],
        units: Sequence[Unit],
        regions: Regions,
        years: Iterable[tuple[int, int]],
        holding: Callable[[str], Numbers],
    ) -> None:
        """`units` stand in the order of the notices; `years` are (unit, year) of what units speak
        of; `holding` finds the units that may say a campaign's name."""
        self._regions = regions
        self._holding = holding
        self._place = {notice.id: i for i, notice in enumerate(notices)}
        self._year = np.array([n.year or 0 for n in notices], np.int64)
        issued = [n.issued.toordinal() if n.issued else 0 for n in notices]
        self._issued = np.array(issued, np.int64)
        self._names, self._region = _coded([n.region for n in notices])
        self._campaigns, self._campaign = _coded([n.campaign or "" for n in notices])
        self.notice_of = np.array([self._place[u.notice.id] for u in units], np.uint32)
        """The notice of each unit."""
        codes = {kind: code for code, kind in enumerate(KINDS)}
        self.kind_of = np.array([codes[u.kind] for u in units], np.uint8)
        """The kind of each unit, as its place in `KINDS`."""
        self._begin = np.searchsorted(self.notice_of, np.arange(len(notices) + 1))
        self._sizes = np.diff(self._begin)
        self._speaking = _by_year(years, self)
        self.sieve: Callable[[Where], Sieve] = lru_cache(maxsize=128)(self._sieve)
        self._told_of_campaign = lru_cache(maxsize=64)(self._of_campaign)

    def size(self, notices: Flags) -> int:
        """How many units these notices have."""
        return int(self._sizes[notices].sum())

    def units_of(self, notices: Flags) -> Numbers:
        """The units of these notices, in their order."""
        return np.flatnonzero(np.repeat(notices, self._sizes)).astype(np.uint32)

    def span(self, notice: str) -> tuple[int, int]:
        """The numbers of its first unit and of the one behind its last."""
        place = self._place[notice]
        return int(self._begin[place]), int(self._begin[place + 1])

    def year_of(self, unit: int) -> int:
        return int(self._year[self.notice_of[unit]])

    def _sieve(self, where: Where) -> Sieve:
        kinds = np.array([not where.kinds or kind in where.kinds for kind in KINDS], np.bool_)
        if where.notices:
            named = np.zeros(len(self._year), np.bool_)
            named[[self._place[i] for i in where.notices if i in self._place]] = True
            return Sieve(self, named, (), kinds)
        base = np.ones(len(self._year), np.bool_)
        of_year = np.isin(self._year, where.years)
        if where.today is not None:
            base &= (self._issued <= where.today.toordinal()) | of_year
        for place in where.regions:
            around = self._regions.lineage(place)[:-1]
            base &= self._flags([name in around for name in self._names])
        if where.home is not None:
            base &= self._flags([self._serves(name, where.home) for name in self._names])
        told = []
        if where.years:
            speaking = [self._speaking.get(year, _NONE) for year in where.years]
            told.append(_Told(of_year, reduce(_merged, speaking)))
        if where.campaign is not None:
            told.append(self._told_of_campaign(where.campaign))
        return Sieve(self, base, told, kinds)

    def _flags(self, of_names: Sequence[bool]) -> Flags:
        """For each notice, what is so for its region."""
        flags: Flags = np.array(of_names, np.bool_)[self._region]
        return flags

    def _serves(self, region: str, place: str) -> bool:
        lineage = self._regions.lineage
        return region == NATION or region in lineage(place) or place in lineage(region)

    def _of_campaign(self, campaign: str) -> _Told:
        names = np.array([name == campaign for name in self._campaigns], np.bool_)
        return _Told(names[self._campaign], self._holding(campaign))


def among(numbers: Numbers, ordered: Numbers) -> Flags:
    """Which of the numbers are among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(numbers), np.bool_)
    at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: Flags = ordered[at] == numbers
    return found


def _merged(one: Numbers, other: Numbers) -> Numbers:
    """The numbers of both, in order and once each."""
    if not len(one) or not len(other):
        return one if len(one) else other
    return np.sort(np.concatenate([one, other[~among(other, one)]]))


def _coded(values: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The different values, and for each its place among them; one value where there is none."""
    names = sorted(set(values)) or [""]
    codes = {name: code for code, name in enumerate(names)}
    return names, np.array([codes[value] for value in values], np.int64)


def _by_year(years: Iterable[tuple[int, int]], facets: Facets) -> dict[int, Numbers]:
    """The units that speak of each year, but for what their own notice is of."""
    found: dict[int, list[int]] = {}
    for unit, year in years:
        if facets.year_of(unit) != year:
            found.setdefault(year, []).append(unit)
    return {year: np.array(sorted(set(units)), np.uint32) for year, units in found.items()}
