"""An honest "the notices do not say": what is lacking, and the nearest thing that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from intents import kinds
from intents.query import Query, Scope
from intents.ranking import Candidate, ranked
from intents.result import Answer
from intents.select import is_there, meets
from intents.telling import brief
from intents.turn import Citation
from intents.where import where
from intents.wording import answers as say
from knowledge.facets import Where
from knowledge.model import Notice
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase

Again = Callable[[Query, KnowledgeBase, date], Answer | None]

# Below this cover nothing in the knowledge base is even near.
_NEAR = 0.3
# From this cover on, the subject is known and only the aspect is lacking.
_ABOUT_IT = 0.56
_NEAR_ROOM = 300
# What is as likely as this to be of another world is not looked for among the notices.
_FAR_OFF = 0.1
_SURELY_TALK = 0.9
_HOW_MANY = re.compile("(?<!哪)几|多少")


def refused(query: Query, kb: KnowledgeBase, today: date, answer: Again) -> Answer:
    """Says what is lacking, the nearest known thing, and that staff will see the question.

    `answer` answers a query anew, if it can: the same question, less its year and place.
    """
    within = ranked(query, kb).near
    found = within or _anywhere(query, kb)
    if _is_far(query, found):
        return Answer("refuse", (say.out_of_scope(),), lacks=say.FAR, far=True)
    lacks = _lack(query, within, kb)
    near, citations = _nearest(query, found or _by_all_words(query, kb), kb, today, answer)
    lines = [lacks, *([say.nearest(near)] if near else []), say.to_staff()]
    return Answer("refuse", ("\n".join(lines),), citations, lacks=lacks)


def far_off(query: Query, kb: KnowledgeBase) -> bool:
    """Whether a refusal would say that nothing is near, without making it."""
    return _is_far(query, ranked(query, kb).near or _anywhere(query, kb))


def _is_far(query: Query, found: Sequence[Candidate]) -> bool:
    if not (query.segments or not query.scope.empty or query.values or query.ways):
        return True
    where = replace(query.scope, regions=(), years=(), months=(), days=())
    if not where.empty or max(map(_cover, found), default=0.0) >= _NEAR:
        return False
    kind = kinds.read(query.text)
    return kind.far >= _FAR_OFF or kind.talk >= _SURELY_TALK


def _cover(candidate: Candidate) -> float:
    """The share of the subject that it holds; all of it where the question has none."""
    found = candidate.evidence
    return found.get("cover", found.get("bare", 0.0))


def _nearest(
    query: Query, found: Sequence[Candidate], kb: KnowledgeBase, today: date, answer: Again
) -> tuple[str, tuple[Citation, ...]]:
    """What the same question gives without its year and place; else the unit most alike."""
    scope = query.scope
    if scope.years or scope.regions:
        elsewhere = answer(replace(query, scope=scope.loosened(campaign=scope.campaign)), kb, today)
        if elsewhere and elsewhere.kind == "answer" and len(elsewhere.pages[0]) <= _NEAR_ROOM:
            return elsewhere.pages[0], elsewhere.citations
    if not found:
        return "", ()
    top = found[0].unit
    citation = Citation(top.notice.id, top.notice.doc_number, top.label)
    return brief(top, query, kb, today), (citation,)


def _anywhere(query: Query, kb: KnowledgeBase) -> Sequence[Candidate]:
    """The nearest known things: in the notice that is named, in the campaign, in all."""
    scope = query.scope
    looser = (scope.loosened(notices=scope.notices), scope.loosened(campaign=scope.campaign))
    narrow = [loose for loose in looser if not loose.empty and loose != scope]
    for loose in (*narrow, scope.loosened()):
        if found := ranked(replace(query, scope=loose), kb).near:
            return sorted(found, key=lambda c: c.unit.notice.campaign != loose.campaign)
    return ()


def _by_all_words(query: Query, kb: KnowledgeBase) -> Sequence[Candidate]:
    """What shares words with the question at all, where its subject is nowhere: 传真号是多少."""
    words = replace(query, segments=(query.text,), asks=(), scope=query.scope.loosened())
    return ranked(words, kb).near


def _lack(query: Query, within: Sequence[Candidate], kb: KnowledgeBase) -> str:
    """What is lacking, said as exactly as the query allows."""
    scope = query.scope
    if scope.absent:
        return say.lacks_document(scope.absent)
    if not all(_has_notices(place, scope, kb) for place in scope.regions):
        return say.lacks_region(scope.regions)
    if scope.regions and (years := _years(scope, kb)) and not _together(scope, years, kb):
        return say.lacks_year_of(scope.regions, years)
    if scope.years and not _held(replace(scope, notices=(), labels=(), task=None, item=None), kb):
        apart = scope.loosened(campaign=scope.campaign, level=scope.level)
        known = {n.year for n in _held(apart, kb) if n.year} - set(scope.years)
        return say.lacks_year(scope.years, sorted(known))
    own = [word for word in query.outside if not any(word in value for _, value in query.values)]
    if own:
        return say.lacks_subject(own[0])
    if query.values:
        return say.lacks_value(query.values[0][0])
    if query.sought:
        return say.lacks_subject(query.sought[0])
    if query.ways:
        return say.lacks_value(kb.lexicon.way(query.ways[0]))
    if "document" in query.asks and query.dated:
        return say.lacks_aspect(say.DATE_OF_ISSUE)
    if "document" in query.asks and query.numbered:
        return say.lacks_aspect(say.DOCUMENT_NUMBER)
    about_it = max(map(_cover, within), default=0.0) >= _ABOUT_IT or not query.segments
    if query.asks and about_it:
        counts = query.asks[0] == "list" and _HOW_MANY.search(query.text)
        return say.lacks_aspect(say.ASPECT_WORDS["target" if counts else query.asks[0]])
    missing = [run for run in kb.index.unknown(query.segments) if _is_word(run)]
    return say.lacks_subject(max(missing, key=len, default=""))


def _is_word(run: str) -> bool:
    """Whether it can be quoted: more than a scrap of a word or a figure."""
    return sum(char not in LITTLE and not char.isdigit() for char in run) >= 2


def _years(scope: Scope, kb: KnowledgeBase) -> tuple[int, ...]:
    named = (kb.notice(notice).year for notice in scope.notices)
    return scope.years or tuple(sorted({year for year in named if year}))


def _together(scope: Scope, years: tuple[int, ...], kb: KnowledgeBase) -> bool:
    """Whether the places have a notice of their own of one of the years."""
    return any(
        n.year in years and _is_of(n, place, kb)
        for place in scope.regions
        for n in kb.notices_at(Where(regions=(place,)))
    )


def _is_of(notice: Notice, place: str, kb: KnowledgeBase) -> bool:
    return notice.region in kb.regions.lineage(place)[:-1]


def _has_notices(place: str, scope: Scope, kb: KnowledgeBase) -> bool:
    held = kb.notices_at(Where(regions=(place,)))
    return any(_is_of(n, place, kb) and is_there(n, scope, kb) for n in held)


def _held(scope: Scope, kb: KnowledgeBase) -> list[Notice]:
    """The notices that are themselves of that year, place, campaign and issuer."""
    heads = (kb.units_of(n)[0] for n in kb.notices_at(where(replace(scope, campaign=None))))
    return [
        u.notice
        for u in heads
        if meets(u, replace(scope, campaign=None), kb)
        and scope.campaign in (None, u.notice.campaign)
    ]
