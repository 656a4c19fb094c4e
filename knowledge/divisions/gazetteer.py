"""The names of all divisions: those of `regions.yaml`, and the counties of the data files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from knowledge.corpus import in_bulk
from knowledge.normalise import normalise
from knowledge.regions import NATION, Regions

_PEOPLES = (
    "各|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春"
)
_KIND = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族)+自治[县旗]|自治[县旗]|(?<=..)[新林特矿]区|[县市区旗])$"
)
_SECTION = re.compile(r"^\[(\w+)\]$")


class Gazetteer:
    """The tree of divisions down to the counties, with the names that a text may call them by.

    A place is known by its full name; a county whose name is not the only one by its city's and
    its own (南京市鼓楼区). `counties` and `known` are the texts of the data files, taken apart when
    first needed. A city to which `regions.yaml` gives counties has those and no others.
    """

    def __init__(self, regions: Regions, counties: str = "", known: str = "") -> None:
        self.regions = regions
        self._counties = counties
        self._known = known

    def lineage(self, place: str) -> tuple[str, ...]:
        """The place and all that it lies in: (昆山市, 苏州市, 江苏省, 全国)."""
        known = self.regions.lineage(place)
        if known[-1] != NATION and place in self._parents:
            return (place, *self.regions.lineage(self._parents[place]))
        return known

    def full(self, place: str) -> str:
        """From the province down, as on a letter: 江苏省苏州市昆山市."""
        own, *around = self.lineage(place)
        if around:
            own = own.removeprefix(around[0])
        return "".join(reversed([name for name in (own, *around) if name != NATION])) or place

    @cached_property
    def standing(self) -> Mapping[str, tuple[str, ...]]:
        """What names a place wherever it stands -> the places of that name.

        A short name that `regions.yaml` gives (东山) means that place alone; of full names all.
        """
        found = {name: (full,) for name, full in self._by_region.items()}
        short = frozenset(self._sections.get("known", "").split())
        for place, name in self._named:
            for called in _called(name):
                whole = called == name or called.endswith("县")
                stands = whole and len(called) > 2 and called not in self._generic
                if (namesake := self._by_region.get(called)) is not None:
                    stands = called == name and self._is_county(namesake)
                if (stands or called in short) and place not in found.get(called, ()):
                    found[called] = (*found.get(called, ()), place)
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What no place begins inside of."""
        return tuple(self._sections.get("words", "").split())

    @cached_property
    def at_start(self) -> Mapping[str, tuple[str, ...]]:
        """What names a place where an enterprise's name begins with it, all of two characters: full
        names (沛县), which may fall inside other words, and short ones that are words too (日照).
        """
        wordy = self._sections.get("company", "").split()
        found = {place[:-1]: (place,) for place in wordy if self.regions.find(place) == place}
        for place, name in self._named:
            if len(name) == 2 and name not in self._generic:
                found[name] = (*found.get(name, ()), place)
        return found

    @cached_property
    def below(self) -> Mapping[str, Mapping[str, str]]:
        """What names a county where it stands right behind what it lies in -> the county."""
        found: dict[str, dict[str, str]] = {}
        for place, name in self._named:
            for around in self.lineage(place)[1:-1]:
                for called in _called(name):
                    found.setdefault(around, {}).setdefault(called, place)
        return found

    @cached_property
    def _by_region(self) -> Mapping[str, str]:
        found = ((name, self.regions.find(name)) for name in self.regions.names)
        return {name: full for name, full in found if full}

    @cached_property
    def _generic(self) -> frozenset[str]:
        return frozenset(self._sections.get("generic", "").split())

    def _is_county(self, place: str) -> bool:
        return len(self.regions.lineage(place)) > 3

    @cached_property
    def _named(self) -> Sequence[tuple[str, str]]:
        """Each county, those of `regions.yaml` too, with its bare name as normalised text has it
        (乾县 is 干县 there).
        """
        cities = (city for province in self.regions.regions for city in province.cities)
        places = {county: county for city in cities for county in city.counties}
        places |= {place: place.removeprefix(parent) for place, parent in self._parents.items()}
        return list(zip(places, in_bulk(list(places.values()), normalise), strict=True))

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        """Each county of the data files -> its city, or its province where there is none."""
        listed = self._listed()
        often: dict[str, int] = {}
        for names in listed.values():
            for name in names:
                often[name] = often.get(name, 0) + 1
        taken = self.regions.names
        return {
            name if often[name] == 1 and name not in taken else f"{parent}{name}": parent
            for parent, names in listed.items()
            for name in names
        }

    def _listed(self) -> dict[str, list[str]]:
        """By parent; without those that the regions know nothing of, or better."""
        found: dict[str, list[str]] = {}
        for parent, names in _pairs(self._counties):
            found.setdefault(parent, []).extend(names)
        for parent, names in _pairs(self._sections.get("changed", "")):
            there = found.setdefault(parent, [])
            there += [name for name in names if not name.startswith("-")]
            gone = {name[1:] for name in names if name.startswith("-")}
            found[parent] = [name for name in there if name not in gone]
        cities = (city for province in self.regions.regions for city in province.cities)
        better = {city.name for city in cities if city.counties}
        return {
            parent: names
            for parent, names in found.items()
            if parent not in better and self.regions.lineage(parent)[-1] == NATION
        }

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        """The hand-kept lists by their names."""
        found: dict[str, str] = {}
        section = ""
        for line in _lines(self._known):
            if head := _SECTION.match(line):
                section = head[1]
            else:
                found[section] = f"{found.get(section, '')}{line}\n"
        return found


def _called(name: str) -> Iterator[str]:
    """昆山市 -> 昆山市, 昆山; 长阳土家族自治县 -> also 长阳县."""
    yield name
    stem = _KIND.sub("", name)
    if len(stem) >= 2 and stem != name:
        yield stem
        if len(name) - len(stem) > 2 and name.endswith("县"):
            yield f"{stem}县"


def _pairs(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in _lines(text):
        parent, _, names = line.partition(":")
        yield parent, names.split()


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))
