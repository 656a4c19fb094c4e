"""Is it the same enterprise, by another form of its name?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from knowledge.late import late
from knowledge.slips.shapes import look_alikes
from knowledge.slips.sounds import sound
from knowledge.snapshot import KnowledgeBase

Likeness = Literal["same", "short", "slip"]
"""The same name | one is short for the other | they differ in a character that is a likely slip."""

_FORM = late(
    r"(?:(?:股份|集团|控股)?(?:有限)?(?:责任)?公司|(?:专业)?合作(?:联)?社|(?:总|分)?厂|集团|个体工商户|"
    r"个体户|经营部|门市部|工作室|商行)$"
)
_TELLING = frozenset("一二三四五六七八九十东西南北中上下大小新老甲乙丙丁0123456789")
"""Characters by which enterprises are told apart on purpose: 一厂 and 二厂."""


@dataclass(frozen=True, slots=True)
class Name:
    """`core` is the name without its place and legal form."""

    core: str
    lineage: tuple[str, ...]


def likeness(one: str, other: str, kb: KnowledgeBase) -> Likeness | None:
    """How like two names are; None where they are of different enterprises."""
    first, second = taken_apart(one, kb), taken_apart(other, kb)
    if not first.core or not second.core or _elsewhere(first.lineage, second.lineage):
        return None
    if first.core == second.core:
        return "same"
    short, long = sorted((first.core, second.core), key=len)
    if len(short) >= 2 and long.startswith(short):
        return "short" if _TELLING.isdisjoint(long[len(short) :][:1]) else None
    return "slip" if _is_slip(short, long) else None


@lru_cache(maxsize=8192)
def taken_apart(name: str, kb: KnowledgeBase) -> Name:
    """Remembered, as each name is held against every other."""
    place = kb.divisions.find(name, company=True)
    lineage = kb.divisions.lineage(place)[:-1] if place else ()
    rest = kb.divisions.without(name)
    core = _FORM.sub("", rest)
    return Name(core if len(core) >= 2 else rest, lineage)


def _elsewhere(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Both say where they are, and neither place lies in the other."""
    return bool(one and other) and one[0] not in other and other[0] not in one


def _is_slip(short: str, long: str) -> bool:
    if len(long) < 4 or Levenshtein.distance(short, long, score_cutoff=1) > 1:
        return False
    if len(short) < len(long):
        return True
    [(wrong, right)] = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
    if wrong in _TELLING and right in _TELLING:
        return False
    return sound(wrong) == sound(right) or right in look_alikes().get(wrong, "")
