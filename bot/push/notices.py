"""Which notices concern whom."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.inforce import serves
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase


def notices_for(regions: Sequence[str], kb: KnowledgeBase) -> list[Notice]:
    """Those that one of the regions has to do with; without any, the bureau's own division."""
    places: Sequence[str | None] = [_known(region, kb) for region in regions] or [kb.home]
    return [n for n in kb.notices if any(serves(n.region, place, kb.regions) for place in places)]


def _known(region: str, kb: KnowledgeBase) -> str:
    """The narrowest place around it that notices can be of."""
    lineage = kb.divisions.lineage(region)
    return next((place for place in lineage if place in kb.regions.names), region)
