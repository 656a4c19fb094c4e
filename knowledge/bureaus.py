"""The bureaus that demands go to, and which of them serves a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.divisions import Divisions
from knowledge.names import Names
from knowledge.normalise import normalise
from knowledge.regions import NATION
from knowledge.strict import Strict, Text
from knowledge.yaml_source import Loc

BureauId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
Level = Literal["city", "province", "nation"]

_LEVELS: tuple[Level, ...] = ("nation", "province", "city")
_DIVISION = re.compile(r"(?:综合实验区|[省市区县州盟])$")
_BRACKETS = re.compile(r"^(.+)\((.+)\)$")


class BureauEntry(Strict):
    """One bureau as the file has it."""

    id: BureauId
    name: Text = Field(description="the full official name, as on its documents")
    short: Text = Field(description="what staff call it: 厦门市局")
    region: Text = Field(description="the division that it serves, by its full name; 全国")


class BureauFile(Strict):
    """`bureaus.yaml`."""

    bureaus: tuple[BureauEntry, ...] = ()

    def unsound(self, divisions: Divisions) -> Iterator[tuple[Loc, str]]:
        """(place, what is wrong) of each bureau that contradicts the divisions or another one."""
        ids: set[str] = set()
        served: set[str] = set()
        for place, bureau in enumerate(self.bureaus):
            if divisions.lineage(bureau.region)[-1] != NATION:
                yield ("bureaus", place, "region"), f'"{bureau.region}" is no division'
            if bureau.region in served:
                yield ("bureaus", place, "region"), f"another bureau serves {bureau.region}"
            if bureau.id in ids:
                yield ("bureaus", place, "id"), f'there is another "{bureau.id}"'
            ids.add(bureau.id)
            served.add(bureau.region)


@dataclass(frozen=True, slots=True)
class Bureau:
    """`level` is that of its region; what lies below a city counts as one."""

    id: str
    name: str
    short: str
    region: str
    level: Level


class Bureaus:
    """All bureaus, over the tree of divisions."""

    def __init__(self, entries: Sequence[BureauEntry], divisions: Divisions) -> None:
        self._divisions = divisions
        self.entries = tuple(entries)
        self.all: tuple[Bureau, ...] = tuple(
            Bureau(e.id, e.name, e.short, e.region, _level(divisions.lineage(e.region)))
            for e in entries
        )
        self._by_id = {bureau.id: bureau for bureau in self.all}
        self._by_region = {bureau.region: bureau for bureau in self.all}

    def get(self, bureau_id: str) -> Bureau | None:
        return self._by_id.get(bureau_id)

    def serving(self, region: str | None) -> Bureau | None:
        """The narrowest that serves a place, given by its full name.

        None for an unknown one, and where no bureau below the nation's serves it: the national
        office supports bureaus, and no demand of a single place goes to it by itself.
        """
        lineage = self._divisions.lineage(region) if region else ()
        if not lineage or lineage[-1] != NATION:
            return None
        below = [place for place in lineage if place != NATION] or [NATION]
        return next((self._by_region[r] for r in below if r in self._by_region), None)

    def within(self, regions: Iterable[str]) -> tuple[Bureau, ...]:
        """Those whose region is one of these, or lies in one; of 全国 all."""
        wanted = set(regions)
        return tuple(b for b in self.all if wanted.intersection(self._divisions.lineage(b.region)))

    def find(self, text: str) -> Bureau | None:
        """The one bureau that `text` names: 厦门, 厦门市局, 省局, its full name.

        None where it names none, or several. A place inside a city stands for the city's.
        """
        said = normalise(text)
        ids = {self._names[said[start:end]] for start, end in self._finder.found_in(said)}
        named = [self._by_id[id_] for id_ in sorted(ids)]
        around = {place for b in named for place in self._divisions.lineage(b.region)[1:]}
        narrow = [bureau for bureau in named if bureau.region not in around]
        if not narrow:
            return self._by_place(said)
        return narrow[0] if len(narrow) == 1 else None

    def _by_place(self, said: str) -> Bureau | None:
        bureau = self.serving(self._divisions.find(said, company=True))
        return bureau if bureau and bureau.level == "city" else None

    @cached_property
    def _finder(self) -> Names:
        return Names(self._names)

    @cached_property
    def _names(self) -> dict[str, str]:
        """What each bureau may be called -> its id; what would fit several is left out."""
        found: dict[str, set[str]] = {}
        for bureau in self.all:
            for name in _called(bureau):
                found.setdefault(name, set()).add(bureau.id)
        return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def _called(bureau: Bureau) -> set[str]:
    full = normalise(bureau.name)
    names = {full, normalise(bureau.short)}
    if both := _BRACKETS.match(full):
        names |= set(both.groups())
    if bureau.level == "nation":
        return names | {"国家局", "国家知识产权局", "国知局"}
    stem = _DIVISION.sub("", bureau.region)
    names |= {stem, bureau.region, f"{stem}局", f"{bureau.region}局"}
    if bureau.level == "province":
        names |= {"省局", "省知识产权局", "省里"}
    return {name for name in names if len(name) >= 2}


def _level(lineage: tuple[str, ...]) -> Level:
    return _LEVELS[min(len(lineage), len(_LEVELS)) - 1]
