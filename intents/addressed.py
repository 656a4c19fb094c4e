"""Whether a notice was sent to a place: 方案平潭收没收到."""

from __future__ import annotations

from intents.query import Query, Scope
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_THIN = 4  # characters of what else is asked


def addressed(query: Query, kb: KnowledgeBase) -> Unit | None:
    """The head of the notice that is named, where it names the place that is asked about among
    those whom it is sent to; None where anything else is asked."""
    scope = query.scope
    if scope.pointed or query.values or len(query.subject) > _THIN:
        return None
    named = [notice for notice in kb.notices if _is_meant(notice, scope)]
    if len(named) != 1 or not set(query.asks) <= {"document", "content"}:
        return None
    notice = named[0]
    head = next((unit for unit in kb.units_of(notice) if unit.kind == "head"), None)
    places = [place for place in scope.regions if place != notice.region]
    if head is None or not places:
        return None
    return head if all(place in kb.text_of(head) for place in places) else None


def _is_meant(notice: Notice, scope: Scope) -> bool:
    """By its name, or as the campaign's of the region and the year that are named."""
    if scope.notices:
        return notice.id in scope.notices
    campaign = scope.campaign is not None and notice.campaign == scope.campaign
    return (
        campaign
        and notice.region in scope.regions
        and notice.year in (scope.years or (notice.year,))
    )
