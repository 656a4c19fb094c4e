"""A question that stands in the knowledge base word for word: nothing is to be weighed there.

Staff's own answers come in as such entries, also to what the clauses themselves are silent about.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from intents.query import Query
from knowledge.model import Faq
from knowledge.normalise import normalise
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


def asked_verbatim(query: Query, kb: KnowledgeBase) -> Unit | None:
    """The entry whose question this is, but for little words; the newest notice's where two are."""
    return entries(kb).get(_bare(query.text))


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
