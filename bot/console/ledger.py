"""What lists and figures need of every demand, opened once and kept in memory.

The fields lie sealed, and a blind index of names would tell whoever reads the database how often
which parts of a name occur, and had to be made anew with each new key. So each worker opens every
demand once, 100,000 in some seconds while it starts, and then what changed since it last looked.
Nothing of it is stored, and nothing but lists and figures is made of it: whoever looks at a demand
or changes it reads the database.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal

from bot.staff.about import about
from intents.alike.company import taken_apart
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from storage import demands
from storage.database import Database
from storage.demands import StoredDemand
from storage.life import Status

Sort = Literal["newest", "oldest", "longest"]
Place = tuple[float, int]

_AT_A_TIME = 200
"""So that whoever writes to the assistant meanwhile is answered in between."""
_MOST_AKIN = 200
_OVERLAP = timedelta(minutes=2)
"""No transaction lasts longer, and no two workers' clocks are so far apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """`company` is normalised, for searching; `bureau` "" where none is known. `created` and
    `moved` are seconds since 1970, for a hundred thousand of them are compared at once."""

    id: int
    company: str
    task: str
    bureau: str
    status: Status
    created: float
    moved: float


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; None, and nothing of `words`, is all. `bureaus` are those within reach.

    `since` and `until` (not included) bound when the demand was begun, in seconds since 1970.
    `words` is a number, or part of an enterprise's name.
    """

    bureaus: frozenset[str]
    words: str = ""
    task: str | None = None
    statuses: frozenset[Status] | None = None
    since: float | None = None
    until: float | None = None

    def has(self, line: Line) -> bool:
        return (
            line.bureau in self.bureaus
            and (self.statuses is None or line.status in self.statuses)
            and (self.task is None or line.task == self.task)
            and (self.since is None or line.created >= self.since)
            and (self.until is None or line.created < self.until)
            and (not self.words or self._is_named(line))
        )

    def _is_named(self, line: Line) -> bool:
        if self.words.isdigit() and int(self.words) == line.id:
            return True
        return self.words in line.company


class Ledger:
    """All demands but drafts, as of the last `refresh`."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._orders: dict[Sort, Sequence[Line]] = {}
        self._counts: dict[Filter, int] = {}
        self._looked: datetime | None = None
        self._last = 0
        self._filling = asyncio.Lock()

    async def refresh(self, db: Database, kb: KnowledgeBase, now: datetime) -> None:
        """Reads what changed since the last time: in short transactions, so that others go on."""
        async with self._filling:
            since = self._looked - _OVERLAP if self._looked else None
            known, after, more = self._last, 0, True
            while more:
                async with db.transaction() as conn:
                    found = await demands.changed(conn, since, known, after, _AT_A_TIME)
                for demand in found:
                    self._put(demand, kb)
                after, more = found[-1].id if found else 0, len(found) == _AT_A_TIME
                self._last = max(self._last, after)
            self._looked = now

    def found(self, wanted: Filter, sort: Sort, after: Place | None = None) -> Iterator[Line]:
        """In order, from behind the place where the page before ended."""
        order = self._order(sort)
        start = bisect_right(order, after, key=lambda line: place(line, sort)) if after else 0
        return (order[n] for n in range(start, len(order)) if wanted.has(order[n]))

    def akin(self, company: str, bureaus: Collection[str], kb: KnowledgeBase) -> list[int]:
        """Which demands may be of this enterprise, the newest first: `intents.alike` tells.

        What is short for it begins as it does, and a slip is of one character.
        """
        core = normalise(taken_apart(company, kb).core)
        head, signs = core[:2], set(core)
        enough = max(len(signs) - 1, 2)
        near = (
            line.id
            for line in self._order("newest")
            if (head in line.company or len(signs.intersection(line.company)) >= enough)
            and line.bureau in bureaus
        )
        return list(islice(near, _MOST_AKIN)) if core else []

    def count(self, wanted: Filter) -> int:
        """Remembered until something changes, for every page of a list tells it."""
        if wanted not in self._counts:
            self._counts[wanted] = sum(map(wanted.has, self._lines.values()))
        return self._counts[wanted]

    def within(self, bureaus: Collection[str]) -> list[Line]:
        return [line for line in self._lines.values() if line.bureau in bureaus]

    def _put(self, demand: StoredDemand, kb: KnowledgeBase) -> None:
        line = _line(demand, kb)
        known = self._lines.get(demand.id)
        if line == known or (line is None and known is None):
            return
        self._orders, self._counts = {}, {}
        if line is None:
            del self._lines[demand.id]
        else:
            self._lines[demand.id] = line

    def _order(self, sort: Sort) -> Sequence[Line]:
        if sort not in self._orders:
            lines = self._lines.values()
            self._orders[sort] = sorted(lines, key=lambda line: place(line, sort))
        return self._orders[sort]


def place(line: Line, sort: Sort) -> Place:
    """Where it stands in the order: how long it is as it is, then its number."""
    if sort == "longest":
        return line.moved, line.id
    return 0.0, -line.id if sort == "newest" else line.id


def _line(demand: StoredDemand, kb: KnowledgeBase) -> Line | None:
    if demand.status == "draft":
        return None
    told = about(demand, kb)
    return Line(
        demand.id,
        normalise(told.company),
        told.task,
        demand.bureau or "",
        demand.status,
        demand.created.timestamp(),
        demand.moved.timestamp(),
    )
