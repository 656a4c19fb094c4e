"""Of the places that a text names: which are the sender's, and which of those says most."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_NEAR = 16  # characters before a place that say whose it is
SUFFIX = re.compile(r"[省市区县旗州盟]$")
_BRANCH = re.compile(r"[市区县]?(?:分公司|支公司|分行|支行|分店|分部|营业部|办事处|分厂|分院|分校)")
_OURS = re.compile(
    r"(?:我们?|咱们?|本|我们这)(?:公司|厂|企业|司|单位|家|这)?(?:是|在|位于|设在|开在|就在)?$|"
    r"(?:公司|厂|企业|单位|地址|总部)(?:是|在|位于|设在|开在|就在|:)$|(?:来自|坐标|地处):?$|"
    r"[,。;!](?:就|都)?在$"
)
_OTHERS = re.compile(
    r"(?:去|(?<![搬迁设])到|往|赴|跟|和|与|同|被|找|向|对|参加|销往|联系|委托|不在|不是|不属于|离开)$"
)
"""What stands before the place of somebody else, or where the sender is not."""
_OFFICE = re.compile(r"[市省县区]?(?:局|知识产权局|市场监[督管])")
"""Whom one turns to at home: 想向厦门市局求助."""


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a text, and the places that it may mean. `wide`: all of a city's or more."""

    start: int
    end: int
    places: tuple[str, ...]
    wide: bool = False


def in_text(said: str, named: Sequence[Named]) -> list[Named]:
    """The sender's places, the one that says most first, then as they stand."""
    ours = {place for place in named if _OURS.search(_before(said, place))}
    others = {
        place
        for place in named
        if _OTHERS.search(_before(said, place)) and not _OFFICE.match(said, place.end)
    }
    theirs = _chains(others - ours, named)
    left = [place for place in named if place not in theirs]
    return _first(left, min(ours, key=lambda place: place.start, default=None))


def _before(said: str, place: Named) -> str:
    return said[max(place.start - _NEAR, 0) : place.start]


def in_company(said: str, named: Sequence[Named]) -> list[Named]:
    """The enterprise's places: its branch's first, else that in brackets, else as they stand."""
    kept: list[Named] = []
    for place in named:
        if _is_place(said, place) or (kept and kept[-1].end == place.start):
            kept.append(place)
    branch = next((place for place in kept if _BRANCH.match(said, place.end)), None)
    bracketed = next((place for place in kept if said[: place.start].endswith("(")), None)
    return _first(kept, branch or bracketed)


def _is_place(said: str, place: Named) -> bool:
    """Short names inside are part of the name (鑫泉港, 老北京), but a city's that is far in
    (示例厦门公司)."""
    before = said[: place.start]
    return bool(
        not before
        or before.endswith("(")
        or SUFFIX.search(said, 0, place.end)
        or _BRANCH.match(said, place.end)
        or (len(before) > 1 and place.wide)
    )


def _chains(heads: Collection[Named], named: Sequence[Named]) -> set[Named]:
    """These, and what stands right behind them: 跟江苏苏州一家公司."""
    found: set[Named] = set()
    end = 0
    for place in named:
        if place in heads or (found and end == place.start):
            found.add(place)
            end = place.end
    return found


def _first(named: Sequence[Named], first: Named | None) -> list[Named]:
    return [first, *(place for place in named if place != first)] if first else list(named)
