"""How far two figures of a notice are apart: 发明专利和高价值发明专利的审查周期差几个月."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from intents.lists.operators import Reading, reading
from intents.lists.subject import holds_most, spelled
from intents.lists.tables import told, units_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import reckoned as say
from knowledge.model import Target
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase

_FIGURE = re.compile(r"(?:超过|达到|至少|不低于)?(\d+(?:\.\d+)?)(\D{1,3})")
_APART = re.compile("[和跟与比、,。;?!]|以及")
_GOAL = re.compile("的?(?:目标|指标)[里中上]?的?")
_GAP = re.compile(
    "[差隔高低长短多少快慢]+(?:了|出)?(?:几|多少|多大)个?(?:百分点|亿元?|个?月|[家天元%])?|差距|相差|差值"
)


def targets_apart(query: Query, kb: KnowledgeBase) -> Answer | None:
    """None unless two figures in one unit are named, and how far they are apart is asked."""
    read = reading(query, kb)
    if not read.has("compare", "gap") or not _GAP.search(read.text) or query.departments:
        return None
    if query.scope.pointed or query.scope.absent or query.values:
        return None
    chunks = _named(read)
    units = [u for u in units_of(query, kb, "target") if isinstance(u.fact, Target)]
    for notice in in_order({u.notice for u in units}, query.scope, kb):
        if len(chunks) != 2:
            break
        targets = [u.fact for u in units if u.notice is notice and isinstance(u.fact, Target)]
        one, other = (_meant(words, targets, kb) for words in chunks)
        line = _difference(one, other) if one and other and one is not other else ""
        if line and one and other:
            labels = list(dict.fromkeys((one.clause, other.clause)))
            return told([line], notice, labels, query, kb)
    return None


def _named(read: Reading) -> list[tuple[str, ...]]:
    """The words of each of the things that are set beside each other."""
    text = _GAP.sub("\n", read.text)
    chunks = [c for part in _APART.split(text) for c in part.split("\n")]
    words = (read.left("gap", "length", "compare", "documents", text=c) for c in chunks)
    return [w for w in words if w]


def _meant(words: Sequence[str], targets: Sequence[Target], kb: KnowledgeBase) -> Target | None:
    """The figure that is called most nearly as the words say: of those that hold as much of them
    the one that is called no more besides."""
    bare = [_GOAL.sub("", word) for word in words]
    found = [t for t in targets if holds_most(spelled(t.what, kb), bare)]
    return min(found, key=lambda t: (-_held(bare, t, kb), len(t.what)), default=None)


def _held(words: Sequence[str], target: Target, kb: KnowledgeBase) -> int:
    name = spelled(target.what, kb)
    return sum(pair in name for word in words for pair in pairs(word))


def _difference(one: Target, other: Target) -> str:
    figures = [_FIGURE.fullmatch(t.value) for t in (one, other)]
    first, second = figures
    if first is None or second is None or first[2] != second[2]:
        return ""
    apart = abs(Decimal(first[1]) - Decimal(second[1]))
    return say.figures_apart(f"{apart.normalize():f}{first[2]}", [one, other])
