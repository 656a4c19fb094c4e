"""Administrative divisions: which places a text names, and which lies in which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pydantic import Field

from knowledge.names import Names
from knowledge.strict import Strict, Text

NATION = "全国"
_SUFFIX = re.compile(
    r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|综合实验区|地区|[省市县区盟州])$"
)


class City(Strict):
    name: Text
    short: tuple[Text, ...] = ()
    counties: tuple[Text, ...] = ()


class Province(Strict):
    name: Text
    short: tuple[Text, ...] = ()
    cities: tuple[City, ...] = ()


class Regions(Strict):
    """The tree of divisions. A place is named by its full name: 福建省, 厦门市, 思明区."""

    regions: tuple[Province, ...] = ()
    whole: tuple[Text, ...] = Field(
        (), description="stems that are words too (政和, 平和): only the full name counts"
    )

    @cached_property
    def _parents(self) -> dict[str, str]:
        parents: dict[str, str] = {}
        for province in self.regions:
            parents[province.name] = NATION
            for city in province.cities:
                parents.setdefault(city.name, province.name)
                for county in city.counties:
                    parents.setdefault(county, city.name)
        return parents

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for full, shorts in self._named():
            for name in (full, _stem(full), *shorts):
                if len(name) >= 2 and name not in self.whole:
                    names.setdefault(name, full)
        return names

    @property
    def names(self) -> frozenset[str]:
        """Every name by which a place is known, long and short."""
        return frozenset(self._names)

    def joined(self, places: Iterable[str], is_word: Callable[[str], bool]) -> Regions:
        """With those of `places` that the tree lacks, each of its own: notices have them. Of one
        whose stem is a word (高新区), only the full name counts."""
        lacking = sorted({place for place in places if place not in self._parents} - {NATION})
        if not lacking:
            return self
        stems = [stem for place in lacking if (stem := _stem(place)) != place and is_word(stem)]
        more = [Province(name=place) for place in lacking]
        return Regions(regions=(*self.regions, *more), whole=(*self.whole, *stems))

    def _named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for province in self.regions:
            yield province.name, province.short
        for province in self.regions:
            for city in province.cities:
                yield city.name, city.short
                for county in city.counties:
                    yield county, ()

    @cached_property
    def _finder(self) -> Names:
        return Names(self._names)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, full name) of each place that `text` names, left to right."""
        found = self._finder.found_in(text)
        return [(start, end, self._names[text[start:end]]) for start, end in found]

    def find(self, text: str) -> str | None:
        """The narrowest place that `text` names, by its full name; None where it names none."""
        found = [name for _, _, name in self.spans(text)]
        return max(found, key=lambda name: len(self.lineage(name)), default=None)

    def lineage(self, name: str) -> tuple[str, ...]:
        """The place and all that it lies in: 思明区 -> (思明区, 厦门市, 福建省, 全国)."""
        chain = [name]
        while chain[-1] in self._parents:
            chain.append(self._parents[chain[-1]])
        return tuple(chain)


def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) >= 2 else name
