"""The regions of members of staff: full names, in which some bureau lies."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase


class NoRegion(ValueError):
    """`str` is one line that says which region is none, or has no bureau."""


def full_names(said: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """The regions by their full names, as often as they were said once. Raises NoRegion."""
    found = dict.fromkeys(_full_name(one, kb) for one in said)
    for region in found:
        if not kb.bureaus.within([region]):
            raise NoRegion(f"no bureau serves {region} itself or a part of it: see bureaus.yaml")
    return tuple(found)


def _full_name(said: str, kb: KnowledgeBase) -> str:
    place = NATION if said.strip() == NATION else kb.divisions.find(said, near=kb.home)
    if place is None:
        raise NoRegion(f"{said!r} is no division, or one of several")
    return place
