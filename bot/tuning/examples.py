"""Golden questions as examples to learn from: the candidates of each, and which are right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.asking import noon, talked
from bot.evaluating.apart import apart
from bot.tuning.learning import Example
from intents.choosing import aspect_of
from intents.lists.listing import listed
from intents.moment import Moment
from intents.query import Query
from intents.ranking import Candidate, ranked
from intents.telling import tell
from knowledge.golden import Placed, placed, wanted
from knowledge.snapshot import KnowledgeBase

# A question that stands in a notice's own file was written beside the clause, and tuned on for
# longer: it says less about what strangers ask.
_OF_A_NOTICE = 0.6


def examples(kb: KnowledgeBase, now: datetime, known: Collection[str] = ()) -> Iterator[Example]:
    """All golden questions that are no held-back ones and that one answer decides: needs, talk and
    what may be answered or refused teach nothing here, nor do typed lists.

    Those in the files `known` are left out; of the others then none is held back.
    """
    open_to_tuning = [
        one for one in placed(kb) if one.file not in known and (known or not one.held)
    ]
    judges = apart(kb, [one.golden.q for one in open_to_tuning])
    for one in open_to_tuning:
        if (example := _example(one, judges[one.golden.q], now)) is not None:
            yield example


def _example(one: Placed, kb: KnowledgeBase, now: datetime) -> Example | None:
    golden = one.golden
    silent = golden.kinds == ("refuse",)
    if not silent and ("answer" not in golden.kinds or "refuse" in golden.kinds):
        return None
    if not {"answer", "refuse", "clarify"}.issuperset(golden.kinds):
        return None
    query = asked_of(one, kb, now)
    day = query.scope.today or now.date()
    if listed(query, kb, day):
        return None
    found = ranked(query, kb)
    right = frozenset() if silent else _right(one, found.candidates, query, kb, day)
    if not found.candidates or (not silent and not right):
        return None
    weight = _OF_A_NOTICE if one.home else 1.0
    return Example([c.evidence for c in found.candidates], right, found.silence, weight)


def asked_of(one: Placed, kb: KnowledgeBase, now: datetime) -> Query:
    """What the question asks for after its context, on its day, as the ranking is asked."""
    at = noon(one.golden.today, now) if one.golden.today else now
    query = Moment(talked(kb, one.golden.context, at), one.golden.q, kb, at).query
    return replace(query, scope=replace(query.scope, today=at.date()))


def _right(
    one: Placed, candidates: tuple[Candidate, ...], query: Query, kb: KnowledgeBase, today: date
) -> frozenset[int]:
    """The candidates of an expected clause that tell the most of the expected facts."""
    places = set(wanted(one.golden, one.home))
    told = {
        at: tell(c.unit, aspect_of(c.unit, query), query, kb, today)
        for at, c in enumerate(candidates)
        if (c.unit.notice.id, c.unit.label) in places
    }
    facts = [fact.split("|") for fact in one.golden.facts]
    held = {
        at: sum(any(way.strip() in text for way in ways) for ways in facts)
        for at, text in told.items()
    }
    most = max(held.values(), default=0)
    if facts and most == 0:
        return frozenset()
    return frozenset(at for at, count in held.items() if count == most)
