"""Which place a text, or an enterprise's name, says that it is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.divisions.gazetteer import Gazetteer
from knowledge.lexicon import any_word
from knowledge.names import Names
from knowledge.normalise import normalise
from knowledge.regions import NATION

_LONGEST = 15
"""Characters of a name: 双江拉祜族佤族布朗族傣族自治县."""
_BLANKS = re.compile(r"\s+")
_SUFFIX = re.compile(r"[省市区县旗州盟]$")
_ANOTHER_WORD = re.compile(r"[域块间级场政值]")  # 西安区域, 南京市场
_STREET = re.compile(r"[东南西北中]?路(?=[0-9一二三四五六七八九十]|$|,)|[东南西北中]路|大道|大街")
_BRACKETED = re.compile(r"\([^()]+\)")
_BANK = re.compile(r"农?商?银行|农商行")
_BRANCH = re.compile(r"[市区县]?(?:分公司|支公司|分行|支行|分店|分部|营业部|办事处|分厂|分院|分校)")
_OURS = re.compile(
    r"(?:我们?|咱们?|本|我们这)(?:公司|厂|企业|司|单位|家|这)?(?:是|在|位于|设在|开在|就在)?$|"
    r"(?:公司|厂|企业|单位|地址|总部)(?:是|在|位于|设在|开在|就在|:)$|(?:来自|坐标|地处):?$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of the text, and the places that it may mean."""

    start: int
    end: int
    places: tuple[str, ...]


class Divisions:
    """Finds places in what is said, for forms."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.lineage = gazetteer.lineage
        self.full = gazetteer.full

    def find(self, text: str, *, company: bool = False, near: str | None = None) -> str | None:
        """The narrowest place that `text` says that somebody is from, by its full name.

        In an enterprise's name (`company`) a branch's place goes first, then one in brackets, then
        the first. A name of several places (鼓楼区) means the one that fits what else is named, or
        lies in `near`; else what they all lie in. None where that is nothing.
        """
        said = _BLANKS.sub("", normalise(text))
        named = self._named(said, company)
        if not named:
            return None
        first = _of_company(said, named) if company else _of_text(said, named)
        place = self._meant(first, named, near)
        return self._narrowed(place, named) if place else None

    def without(self, name: str) -> str:
        """An enterprise's normalised name without the places at its start and in brackets."""
        said = _BLANKS.sub("", normalise(name))
        at = 0
        while place := next((p for p in self._named(said, True) if p.start == at), None):
            at = place.end
        rest = said[at:]
        for bracketed in _BRACKETED.findall(rest):
            if self.find(bracketed[1:-1]):
                rest = rest.replace(bracketed, "")
        return rest

    @cached_property
    def _finder(self) -> Names:
        return Names(self._gazetteer.standing)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return any_word(self._gazetteer.words)

    def _named(self, said: str, company: bool) -> list[_Named]:
        found: list[_Named] = []
        if company and (place := self._at_start(said)):
            found += [place, *self._behind(said, place)]
        words = [match.span() for match in self._words.finditer(said)]
        at = found[-1].end if found else 0
        while at < len(said):
            past = found[-1].end if found else 0
            inside = any(past <= start < at < end for start, end in words)
            place = None if inside else self._standing(said, at, company)
            if place:
                found += [place, *self._behind(said, place)]
            at = found[-1].end if place else at + 1
        return found

    def _standing(self, said: str, start: int, company: bool) -> _Named | None:
        end = self._finder.end(said, start)
        name = said[start:end]
        if _SUFFIX.search(name) and _ANOTHER_WORD.match(said, end):
            name, end = name[:-1], end - 1
        if not _SUFFIX.search(name) and (
            _STREET.match(said, end) or (not company and _BANK.match(said, end))
        ):
            return None
        places = self._gazetteer.standing.get(name)
        return _Named(start, end, places) if places else None

    def _at_start(self, said: str) -> _Named | None:
        """What counts only where an enterprise's name begins with it: 沛县, 日照."""
        places = self._gazetteer.at_start.get(said[:2])
        return _Named(0, 2, places) if places else None

    def _behind(self, said: str, place: _Named) -> list[_Named]:
        """What counts only because it stands right behind what it lies in: 北京朝阳."""
        found: list[_Named] = []
        at, around = place.end, place.places
        while len(around) == 1 and (end := self._inside(said, at, around[0])) > at:
            around = (self._gazetteer.below[around[0]][said[at:end]],)
            found.append(_Named(at, end, around))
            at = end
        return found

    def _inside(self, said: str, at: int, around: str) -> int:
        """Where the name of a county of `around` ends that begins at `at`; `at` where none does.

        What stands by itself goes before it if it is longer, or lies there as well: 承德市.
        """
        names = self._gazetteer.below.get(around, {})
        end = next((at + n for n in range(_LONGEST, 1, -1) if said[at : at + n] in names), at)
        other = self._finder.end(said, at)
        places = self._gazetteer.standing.get(said[at:other], ())
        there = any(around in self.lineage(place) for place in places)
        return at if other > end or (other == end and there) else end

    def _meant(self, one: _Named, named: Sequence[_Named], near: str | None) -> str | None:
        """Which of its places is meant."""
        left = list(one.places)
        others = [place for other in named if other is not one for place in other.places]
        for around in (others, [near] if near else []):
            fitting = [p for p in left if any(self._on_one_line(p, other) for other in around)]
            left = fitting or left
        lineages = [self.lineage(place) for place in left]
        shared = (p for p in lineages[0] if all(p in lineage for lineage in lineages))
        return next((p for p in shared if p != NATION), None)

    def _narrowed(self, place: str, named: Sequence[_Named]) -> str:
        """The narrowest place inside that is named as well."""
        for other in named:
            inside = [p for p in other.places if place in self.lineage(p)[1:]]
            if len(inside) == 1:
                place = inside[0]
        return place

    def _on_one_line(self, one: str, other: str) -> bool:
        return one in self.lineage(other) or other in self.lineage(one)


def _of_text(said: str, named: Sequence[_Named]) -> _Named:
    """Where the sender says to be; else what is named first."""
    ours = (place for place in named if _OURS.search(said[: place.start]))
    return next(ours, named[0])


def _of_company(said: str, named: Sequence[_Named]) -> _Named:
    branch = (place for place in named if _BRANCH.match(said, place.end))
    bracketed = (place for place in named if said[: place.start].endswith("("))
    return next(branch, None) or next(bracketed, None) or named[0]
