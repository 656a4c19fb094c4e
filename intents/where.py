"""A question's scope as the knowledge base's first sieve."""

from __future__ import annotations

from intents.query import Scope
from knowledge.facets import Where
from knowledge.units import UnitKind


def where(scope: Scope, *kinds: UnitKind) -> Where:
    """Where units that meet the scope can stand; of `kinds`, or of any."""
    if scope.notices:
        return Where(kinds, scope.notices)
    several = len(scope.years) > 1  # compares notices: then any of its places will do
    return Where(
        kinds=kinds,
        years=scope.years,
        regions=() if several else scope.regions,
        campaign=scope.campaign,
        today=scope.today,
        home=None if scope.regions else scope.home,
    )
