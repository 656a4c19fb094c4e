"""Which demands may be the same need of the same enterprise."""

from __future__ import annotations

from collections.abc import Iterable

from bot.staff.about import about
from intents.duplicates import Filed, duplicates
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand


def alike(
    demand: StoredDemand, others: Iterable[StoredDemand], kb: KnowledgeBase
) -> list[tuple[int, str]]:
    """Number and reason of each other demand, not a draft or called off, that may be the same."""
    counted = (o for o in others if o.id != demand.id and o.status not in ("draft", "cancelled"))
    return duplicates(_filed(demand, kb), [_filed(other, kb) for other in counted], kb)


def _filed(demand: StoredDemand, kb: KnowledgeBase) -> Filed:
    told = about(demand, kb)
    return Filed(demand.id, told.company, told.need, told.task or None)
