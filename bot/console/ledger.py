"""What lists and figures need of every demand, kept in memory.

The fields lie sealed, and a blind index of names would tell whoever reads the database how often
which parts of a name occur, and had to be made anew with each new key. So each worker reads what
lies in clear of every demand first, 100,000 in under a second, by which lists are filtered, put in
order and counted; then it opens the fields, the newest first, while pages are served. After that
it reads what changed since it last looked. Nothing of it is stored, and nothing but lists and
figures is made of it: whoever looks at a demand or changes it reads the database.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from sys import intern
from typing import Literal, NamedTuple, cast

from bot.beside import beside
from bot.staff.about import Filled, about
from intents.alike.company import taken_apart
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from storage import demands
from storage.database import Database
from storage.demands import Outline, StoredDemand, Unopened
from storage.life import Status

Sort = Literal["newest", "oldest", "longest"]
Place = tuple[float, int]
Named = tuple[str, str]
"""The enterprise's name, normalised, and the key task."""

_OUTLINES, _AT_A_TIME = 1000, 200
"""So that whoever writes to the assistant meanwhile is answered in between."""
_MOST_AKIN = 200
_OVERLAP = timedelta(minutes=2)
"""No transaction lasts longer, and no two workers' clocks are so far apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """`company` is normalised, for searching; it and `task` are None until the fields are opened.
    `bureau` is "" where none is known. `created` and `moved` are seconds since 1970, for a hundred
    thousand of them are compared at once."""

    id: int
    company: str | None
    task: str | None
    bureau: str
    status: Status
    created: float
    moved: float


class Standing(NamedTuple):
    """What demands are counted by; `task` as in `Line`."""

    bureau: str
    status: Status
    task: str | None


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

    @property
    def by_fields(self) -> bool:
        """Whether it looks at what lies sealed."""
        return bool(self.words) or self.task is not None

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
        return line.company is not None and self.words in line.company


class Ledger:
    """All demands but drafts, as of the last `refresh`."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._by_id: list[int] = []
        self._by_moved: list[int] = []
        self._by_created: list[int] = []
        self._standing: Counter[Standing] = Counter()
        self._counts: dict[Filter, int] = {}
        self._unopened: list[int] = []
        self._looked: datetime | None = None
        self._last = 0
        self._filling = asyncio.Lock()
        self._opening = asyncio.Lock()

    @property
    def opened(self) -> float:
        """The share of demands whose fields were opened, from 0 to 1."""
        return 1 - len(self._unopened) / len(self._lines) if self._unopened else 1.0

    async def refresh(self, db: Database, kb: KnowledgeBase, now: datetime) -> None:
        """Reads what changed since the last time: in short transactions, so that others go on.

        The first time all outlines are read, and the fields of a few.
        """
        async with self._filling:
            if self._looked is None:
                await self._outline(db)
            else:
                await self._follow(db, kb, self._looked - _OVERLAP)
            self._looked = now
        if 0 < len(self._unopened) <= _AT_A_TIME:
            await self.open_some(db, kb)

    async def open_some(self, db: Database, kb: KnowledgeBase) -> bool:
        """Opens the fields of the newest that are not; False where there are none left."""
        async with self._opening:
            ids = self._unopened[-_AT_A_TIME:]
            if not ids:
                return False
            async with db.transaction() as conn:
                found = await demands.unopened(conn, ids)
            for id_, named in (await beside(lambda: _all_named(found, kb))).items():
                self._name(id_, named)
            del self._unopened[-len(ids) :]
            self._counts = {one: n for one, n in self._counts.items() if not one.by_fields}
            return True

    def found(self, wanted: Filter, sort: Sort, after: Place | None = None) -> Iterator[Line]:
        """In order, from behind the place where the page before ended."""
        lines = self._lines
        return (line for id_ in self._from(sort, after) if wanted.has(line := lines[id_]))

    def akin(self, company: str, bureaus: Collection[str], kb: KnowledgeBase) -> list[int]:
        """Which demands may be of this enterprise, the newest first: `intents.alike` tells.

        What is short for it begins as it does, and a slip is of one character.
        """
        core = normalise(taken_apart(company, kb).core)
        head, signs = core[:2], set(core)
        enough = max(len(signs) - 1, 2)
        near = (
            line.id
            for id_ in reversed(self._by_id)
            if (line := self._lines[id_]).company
            and (head in line.company or len(signs.intersection(line.company)) >= enough)
            and line.bureau in bureaus
        )
        return list(islice(near, _MOST_AKIN)) if core else []

    def count(self, wanted: Filter) -> int:
        """Remembered until something changes, for every page of a list tells it."""
        if wanted not in self._counts:
            self._counts[wanted] = sum(map(wanted.has, self._lines.values()))
        return self._counts[wanted]

    def standing(self, bureaus: Collection[str]) -> dict[Standing, int]:
        """How many demands of the bureaus stand how, which is kept up with each change: a hundred
        thousand are too many to be counted for a page."""
        return {one: n for one, n in self._standing.items() if n and one.bureau in bureaus}

    def begun(self, since: float) -> Iterator[Line]:
        """Those that were begun then or later, in seconds since 1970."""
        key = _created(self._lines)
        start = bisect_left(self._by_created, since, key=key)
        return (self._lines[id_] for id_ in islice(self._by_created, start, None))

    async def _outline(self, db: Database) -> None:
        after, more = 0, True
        while more:
            async with db.transaction() as conn:
                found = await demands.outlines(conn, after, _OUTLINES)
            for outline in found:
                self._lines[outline.id] = _outlined(outline)
            after, more = found[-1].id if found else after, len(found) == _OUTLINES
        self._last = after
        self._by_id = sorted(self._lines)
        self._by_moved = sorted(self._lines, key=_key(self._lines, "longest"))
        self._by_created = sorted(self._lines, key=_created(self._lines))
        self._standing = Counter(map(_stands, self._lines.values()))
        self._unopened = list(self._by_id)

    async def _follow(self, db: Database, kb: KnowledgeBase, since: datetime) -> None:
        known, after, more = self._last, 0, True
        while more:
            async with db.transaction() as conn:
                found = await demands.changed(conn, since, known, after, _AT_A_TIME)
            for demand in found:
                self._put(demand, kb)
            after, more = found[-1].id if found else 0, len(found) == _AT_A_TIME
            self._last = max(self._last, after)

    def _put(self, demand: StoredDemand, kb: KnowledgeBase) -> None:
        line = None if demand.status == "draft" else _line(demand, kb)
        known = self._lines.get(demand.id)
        if line == known:
            return
        self._counts = {}
        if known is not None:
            self._take_out(known)
        if line is not None:
            self._lines[line.id] = line
            insort(self._by_id, line.id)
            insort(self._by_moved, line.id, key=_key(self._lines, "longest"))
            insort(self._by_created, line.id, key=_created(self._lines))
            self._standing[_stands(line)] += 1

    def _take_out(self, line: Line) -> None:
        del self._by_id[bisect_left(self._by_id, line.id)]
        key = _key(self._lines, "longest")
        del self._by_moved[bisect_left(self._by_moved, key(line.id), key=key)]
        near = bisect_left(self._by_created, line.created, key=_created(self._lines))
        del self._by_created[self._by_created.index(line.id, near)]
        self._standing[_stands(line)] -= 1
        del self._lines[line.id]

    def _name(self, id_: int, told: Named) -> None:
        """Unless it changed meanwhile, and was read as a whole."""
        line = self._lines.get(id_)
        if line is not None and line.company is None:
            company, task = told
            named = Line(id_, company, task, line.bureau, line.status, line.created, line.moved)
            self._lines[id_] = named
            self._standing[_stands(line)] -= 1
            self._standing[_stands(named)] += 1

    def _from(self, sort: Sort, after: Place | None) -> Iterator[int]:
        if sort == "newest":
            end = bisect_left(self._by_id, -after[1]) if after else len(self._by_id)
            return (self._by_id[n] for n in range(end - 1, -1, -1))
        order = self._by_id if sort == "oldest" else self._by_moved
        start = bisect_right(order, after, key=_key(self._lines, sort)) if after else 0
        return (order[n] for n in range(start, len(order)))


def place(line: Line, sort: Sort) -> Place:
    """Where it stands in the order: how long it is as it is, then its number."""
    if sort == "longest":
        return line.moved, line.id
    return 0.0, -line.id if sort == "newest" else line.id


def _key(lines: Mapping[int, Line], sort: Sort) -> Callable[[int], Place]:
    return lambda id_: place(lines[id_], sort)


def _created(lines: Mapping[int, Line]) -> Callable[[int], float]:
    return lambda id_: lines[id_].created


def _stands(line: Line) -> Standing:
    return Standing(line.bureau, line.status, line.task)


def _outlined(demand: Outline | StoredDemand) -> Line:
    return Line(
        demand.id,
        None,
        None,
        intern(demand.bureau or ""),
        cast(Status, intern(demand.status)),
        demand.created.timestamp(),
        demand.moved.timestamp(),
    )


def _line(demand: StoredDemand, kb: KnowledgeBase) -> Line:
    company, task = _named(demand, kb)
    return replace(_outlined(demand), company=company, task=task)


def _all_named(found: Sequence[Unopened], kb: KnowledgeBase) -> dict[int, Named]:
    return {one.id: _named(one, kb) for one in found}


def _named(demand: Filled, kb: KnowledgeBase) -> Named:
    told = about(demand, kb)
    return normalise(told.company), intern(told.task)
