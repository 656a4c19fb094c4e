"""A question that stands in the knowledge base word for word: nothing is to be weighed there.

Staff's own answers come in as such entries, also to what the clauses themselves are silent about.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from intents.lists.operators import reading
from intents.lists.subject import spelled
from intents.query import Query
from intents.select import in_order, met
from knowledge.model import Faq
from knowledge.normalise import normalise
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_LOOKED_AT = 5_000
_WHAT_IT_SAYS = frozenset(("content", "list"))


def asked_verbatim(query: Query, kb: KnowledgeBase) -> Unit | None:
    """The entry whose question this is, but for little words; the newest notice's where two are."""
    return entries(kb).get(_bare(query.text))


def asked_by_heading(query: Query, kb: KnowledgeBase) -> Unit | None:
    """The only clause of the notice that is meant whose heading is all that is asked for:
    工作指引的四条基本原则是什么."""
    scope = query.scope
    named = scope.notices or scope.years or scope.regions or scope.level
    if not named or scope.pointed or scope.months or query.departments or query.duty:
        return None
    if query.values or query.outside or not _WHAT_IT_SAYS.issuperset(query.asks):
        return None
    words = reading(query, kb).left("documents", "count", "overview", "mention", "each")
    if len(words) != 1:
        return None
    places = islice(met(scope, kb, "clause"), _LOOKED_AT)
    headed = [unit for unit in places if spelled(unit.name, kb) == words[0]]
    first = in_order({u.notice for u in headed}, scope, kb)[:1]
    mine = [u for u in headed if u.notice in first]
    return mine[0] if len(mine) == 1 else None


@lru_cache(maxsize=4)
def entries(kb: KnowledgeBase) -> Mapping[str, Unit]:
    """The entries by their questions, without little words."""
    found: dict[str, Unit] = {}
    for unit in kb.units:
        if isinstance(unit.fact, Faq):
            found.setdefault(_bare(kb.canonical(unit.fact.question)), unit)
    return found


def _bare(text: str) -> str:
    return "".join(c for c in normalise(text) if c.isalnum() and c not in LITTLE)
