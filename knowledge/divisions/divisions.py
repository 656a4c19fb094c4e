"""Which place a text, or an enterprise's name, says that it is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from knowledge.cues import any_word
from knowledge.divisions.gazetteer import Gazetteer
from knowledge.divisions.whose import SUFFIX, Named, in_company, in_text
from knowledge.names import Names
from knowledge.normalise import normalise
from knowledge.regions import NATION

_WIDE = 3  # divisions from a city to the nation
_LONGEST = 15
"""Characters of a name: 双江拉祜族佤族布朗族傣族自治县."""
_BLANKS = re.compile(r"\s+")
_ANOTHER_WORD = re.compile(r"[域块间级场政值]")  # 西安区域, 南京市场
_STREET = re.compile(r"[东南西北中]?路(?=[0-9一二三四五六七八九十]|$|,)|[东南西北中]路|大道|大街")
_BRACKETED = re.compile(r"\([^()]+\)")
_BANK = re.compile(r"农?商?银行|农商行")


class Divisions:
    """Finds places in what is said, for forms."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.lineage = gazetteer.lineage
        self.full = gazetteer.full

    def find(self, text: str, *, company: bool = False, near: str | None = None) -> str | None:
        """The narrowest place that `text` says that somebody is from, by its full name.

        In an enterprise's name (`company`) a branch's place goes first, then one in brackets, then
        the first. In other text that of the sender goes first, and others' do not count
        (跟苏州一家公司有纠纷). A name of several places (鼓楼区) means the one that fits what else
        is named, or lies in `near`; else what they all lie in. None where that is nothing.
        """
        said = _BLANKS.sub("", normalise(text))
        named = (in_company if company else in_text)(said, self._named(said, company))
        place = self._meant(named[0], named, near) if named else None
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

    def _named(self, said: str, company: bool) -> list[Named]:
        found: list[Named] = []
        if company and (place := self._at_start(said)):
            found += [place, *self._behind(said, place)]
        words = {at: m.start() for m in self._words.finditer(said) for at in range(*m.span())}
        at = found[-1].end if found else 0
        while at < len(said):
            past = found[-1].end if found else 0
            place = None if past <= words.get(at, at) < at else self._standing(said, at, company)
            if place:
                found += [place, *self._behind(said, place)]
            at = found[-1].end if place else at + 1
        return found

    def _standing(self, said: str, start: int, company: bool) -> Named | None:
        end = self._finder.end(said, start)
        name = said[start:end]
        if SUFFIX.search(name) and _ANOTHER_WORD.match(said, end):
            name, end = name[:-1], end - 1
        if not SUFFIX.search(name) and (
            _STREET.match(said, end) or (not company and _BANK.match(said, end))
        ):
            return None
        places = self._gazetteer.standing.get(name)
        if not places:
            return None
        wide = all(len(self.lineage(place)) <= _WIDE for place in places)
        return Named(start, end, places, wide)

    def _at_start(self, said: str) -> Named | None:
        """What counts only where an enterprise's name begins with it: 沛县, 日照."""
        places = self._gazetteer.at_start.get(said[:2])
        return Named(0, 2, places) if places else None

    def _behind(self, said: str, place: Named) -> list[Named]:
        """What counts only because it stands right behind what it lies in: 北京朝阳."""
        found: list[Named] = []
        at, around = place.end, place.places
        while len(around) == 1 and (end := self._inside(said, at, around[0])) > at:
            around = (self._gazetteer.below[around[0]][said[at:end]],)
            found.append(Named(at, end, around))
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

    def _meant(self, one: Named, named: Sequence[Named], near: str | None) -> str | None:
        """Which of its places is meant."""
        left = list(one.places)
        others = [place for other in named if other is not one for place in other.places]
        for around in (others, [near] if near else []):
            fitting = [p for p in left if any(self._on_one_line(p, other) for other in around)]
            left = fitting or left
        lineages = [self.lineage(place) for place in left]
        shared = (p for p in lineages[0] if all(p in lineage for lineage in lineages))
        return next((p for p in shared if p != NATION), None)

    def _narrowed(self, place: str, named: Sequence[Named]) -> str:
        """The narrowest place inside that is named as well."""
        for other in named:
            inside = [p for p in other.places if place in self.lineage(p)[1:]]
            if len(inside) == 1:
                place = inside[0]
        return place

    def _on_one_line(self, one: str, other: str) -> bool:
        return one in self.lineage(other) or other in self.lineage(one)
