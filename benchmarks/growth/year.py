"""A year of a nation's messages, seeded: provinces, cities, notices whose deadlines make peaks.

Nothing here is measured: what it takes for granted stands in `Nation` and in the tables below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.workdays import Workdays

Floats = NDArray[np.float64]
YEAR = 2026
DAYS = 365

REST = 0.12
"""What a day off has of a day that is worked."""

CALM = 0.4
"""The share of messages that no notice calls forth."""

HALVING = 3.0
"""Days before a deadline at which half as many write as on its day."""

FIRST = 0.35
"""What the day a notice is issued has of the day of its deadline."""

_HOURS = (1, 1, 1, 1, 1, 1, 3, 8, 40, 90, 100, 70, 30, 35, 75, 95, 90, 60, 25, 15, 12, 8, 4, 2)

NOTICES = {"nation": 3, "province": 4, "city": 1}
"""How many a year each place issues."""

PULL = {"nation": 1.0, "province": 0.6, "city": 0.3}
"""How many write about a notice of theirs, of those who write about the nation's."""

Kind = Literal["nation", "province", "city"]


@dataclass(frozen=True, slots=True)
class Nation:
    provinces: int = 31
    cities: int = 300
    enterprises: int = 3_000_000
    messages: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Notice:
    """`place`: the number of the province or city; days are counted from the first of January."""

    kind: Kind
    place: int
    issued: int
    deadline: int
    pull: float


class Year:
    """The same seed gives the same year."""

    def __init__(self, nation: Nation, seed: int) -> None:
        self.nation = nation
        random = np.random.default_rng(seed)
        sizes = np.sort(random.lognormal(0.0, 0.8, nation.provinces))[::-1]
        self.province = random.choice(nation.provinces, nation.cities, p=sizes / sizes.sum())
        self.province[: nation.provinces] = np.arange(nation.provinces)  # none is without a city
        weights = random.lognormal(0.0, 0.7, nation.cities)
        self.enterprises: Floats = weights / weights.sum() * nation.enterprises
        self.notices = list(_issued(nation, random))

    @cached_property
    def daily(self) -> Floats:
        """Messages of each city on each day, as many as are to be expected."""
        worked = _worked()
        calm = np.outer(self.enterprises, worked)
        called = sum((self._called(one, worked) for one in self.notices), np.zeros_like(calm))
        shares = CALM * calm / calm.sum() + (1 - CALM) * called / called.sum()
        expected: Floats = shares * self.nation.messages
        return expected

    def _called(self, notice: Notice, worked: Floats) -> Floats:
        days = np.arange(DAYS)
        left = (notice.deadline - days) % DAYS
        rising = np.where(left <= notice.deadline - notice.issued, 0.5 ** (left / HALVING), 0.0)
        rising[notice.issued % DAYS] += FIRST
        called: Floats = np.outer(
            self.enterprises * self._reached(notice) * notice.pull, rising * worked
        )
        return called

    def _reached(self, notice: Notice) -> Floats:
        if notice.kind == "nation":
            return np.ones(self.nation.cities)
        of = self.province if notice.kind == "province" else np.arange(self.nation.cities)
        reached: Floats = (of == notice.place).astype(np.float64)
        return reached

    def of(self, place: Kind) -> Floats:
        """Messages a day: of all, of the greatest province, or of the greatest city."""
        if place == "nation":
            whole: Floats = self.daily.sum(axis=0)
            return whole
        of = self.province if place == "province" else np.arange(self.nation.cities)
        sums = np.array([self.daily[of == number].sum(axis=0) for number in np.unique(of)])
        greatest: Floats = sums[sums.sum(axis=1).argmax()]
        return greatest


@dataclass(frozen=True, slots=True)
class Load:
    """What a place's year comes to; `kept` is how many days messages are kept."""

    daily: Floats
    kept: int

    @property
    def messages(self) -> float:
        return float(self.daily.sum())

    @property
    def peak_day(self) -> float:
        return float(self.daily.max())

    @property
    def mean_second(self) -> float:
        return self.messages / (DAYS * 86_400)

    @property
    def peak_second(self) -> float:
        """Of the fullest hour, a second such as comes once in ten thousand."""
        mean = self.peak_day * max(_HOURS) / sum(_HOURS) / 3600
        return mean + 3.72 * math.sqrt(mean)

    @property
    def most_rows(self) -> float:
        """Messages that lie there at once, at most."""
        return self.fullest(self.kept)

    def fullest(self, days: int) -> float:
        """Messages of the fullest so many days on end, year after year."""
        twice = np.concatenate([self.daily, self.daily])
        return float(np.convolve(twice, np.ones(days), "valid").max())


def _worked() -> Floats:
    days = (date(YEAR, 1, 1) + timedelta(number) for number in range(DAYS))
    calendar = Workdays()
    return np.array([1.0 if calendar.has(day) else REST for day in days])


def _issued(nation: Nation, random: np.random.Generator) -> Iterator[Notice]:
    """Deadlines gather in spring, before summer and before the year's end, as real ones do."""
    places: dict[Kind, int] = {
        "nation": 1,
        "province": nation.provinces,
        "city": nation.cities,
    }
    for kind, count in places.items():
        for number in range(count * NOTICES[kind]):
            deadline = int(np.clip(random.choice([140, 180, 330]) + random.normal(0, 15), 40, 360))
            issued = max(deadline - int(random.integers(20, 75)), 0)
            pull = PULL[kind] * float(random.lognormal(0.0, 0.5))
            yield Notice(kind, number % count, issued, deadline, pull)
