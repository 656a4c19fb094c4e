"""The words of units and notices in one wording, remembered while their snapshot serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.late import late
from knowledge.model import Notice
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import AROUND, TITLE, Unit

_SENTENCE = late(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A unit's words by where they stand: its name, its name and body, around it, in the title.

    `named` are the pairs of its name, with how rare each is.
    """

    named: Mapping[str, float]
    named_total: float
    own: str
    around: str
    title: str
    sentences: tuple[str, ...]


@lru_cache(maxsize=4096)
def words_of(unit: Unit, kb: KnowledgeBase) -> Words:
    canonical = kb.texts_of(unit)
    own = "\n".join(text for text, weight in canonical if weight > AROUND)
    named = {pair: kb.index.rarity(pair) for pair in pairs(canonical[0][0])}
    return Words(
        named,
        sum(named.values()),
        own,
        "\n".join(text for text, weight in canonical if TITLE < weight <= AROUND),
        "\n".join(text for text, weight in canonical if weight <= TITLE),
        tuple(s for s in _SENTENCE.findall(own) if len(s) > 1),
    )


@lru_cache(maxsize=1024)
def names_of(notice: Notice, kb: KnowledgeBase) -> frozenset[str]:
    """The pairs of a notice's title and other names."""
    names = (notice.title, notice.short, *notice.aliases, notice.region, notice.issuer or "")
    return frozenset(pair for name in kb.canonicals(names) for pair in pairs(name))
