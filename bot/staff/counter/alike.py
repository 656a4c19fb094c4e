"""Which demands may be the same need of the same enterprise."""

from __future__ import annotations

from collections.abc import Iterable

from bot.staff.counter.reached import COMPANY, KEY_TASK, NEED, text_of
from intents.duplicates import Filed, duplicates
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand


def alike(
    demand: StoredDemand, others: Iterable[StoredDemand], kb: KnowledgeBase
) -> list[tuple[int, str]]:
    """Number and reason of each other demand, not a draft or called off, that may be the same."""
    counted = (o for o in others if o.id != demand.id and o.status not in ("draft", "cancelled"))
    return duplicates(_filed(demand), [_filed(other) for other in counted], kb)


def _filed(demand: StoredDemand) -> Filed:
    task = text_of(demand, KEY_TASK) or None
    return Filed(demand.id, text_of(demand, COMPANY), text_of(demand, NEED), task)
