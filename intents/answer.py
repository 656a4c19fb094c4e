"""A query -> answer, question back, or refusal. The order of attempts is the list in `answer`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from intents.conversation import MenuItem
from intents.listing import listed
from intents.proof import holds
from intents.query import Query
from intents.refusal import refused
from intents.result import Answer
from intents.sections import task_section
from intents.select import ENOUGH, Found, in_order, is_there, meets, opened, typed
from intents.telling import cited, pages, tell
from intents.turn import Citation
from intents.where import where
from intents.wording import answers as say
from knowledge.lexicon import Aspect
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

# A fact must hold this share of the subject, and not much less than the best unit of any kind.
_TYPED, _BESIDE = 0.5, 0.78
_STRICT = 0.75
# Where the notice or the year is named, a clear best needs less; a little less elsewhere too.
_OPEN_NAMED, _CLEAR = 0.36, 1.08
_OPEN_UNNAMED, _CLEARER = 0.45, 1.25
# Notices that answer nearly as well as the best are told as well.
_LEVEL_NOTICE, _LEVEL_FACT = 0.86, 0.93
_MOST_NOTICES, _MOST_FACTS = 3, 3
# Asked for these, a clause may tell what no typed fact does, if it holds nearly all of the subject.
_OPEN_ASKS: tuple[Aspect, ...] = (
    "content", "list", "columns", "attachment", "target", "where", "who",
)  # fmt: skip
ROOM = 388  # 400 with what says how to read on
_MOST_OFFERED = 6
_TIMES: tuple[Aspect, ...] = ("deadline", "period", "when", "over")
_VAGUE: tuple[Aspect, ...] = ("list", "target", "content")


@lru_cache(maxsize=4096)
def answer(query: Query, kb: KnowledgeBase, today: date) -> Answer:
    """Pure, so it is remembered: the same query, snapshot and day give the same answer."""
    query = replace(query, scope=replace(query.scope, today=today))
    return (
        _attempted(query, kb, today)
        or _for_home(query, kb, today)
        or refused(query, kb, today, answer)
    )


def _attempted(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    return (
        listed(query, kb, today)
        or _from_facts(query, kb, today)
        or _asked_back(query, kb)
        or _from_clauses(query, kb, today)
    )


def _for_home(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What the asker's own province does not tell, the nation's notices may."""
    scope = query.scope
    if scope.home is None or scope.regions != (scope.home,) or scope.notices or scope.years:
        return None
    return _attempted(replace(query, scope=replace(scope, regions=())), kb, today)


def _from_facts(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The typed facts that the question asks for; several aspects are told one after another."""
    told: list[tuple[Found, Aspect]] = []
    best = next(iter(opened(query, kb)), None)
    for ask in query.asks:
        if told and (ask in _VAGUE or (ask in _TIMES and told[0][1] in _TIMES)):
            continue
        about = _with_default_subject(query, ask, kb)
        found = [f for f in typed(about, ask, kb) if _fits(f, ask, about, best, kb)]
        found = found or ([f for f in typed(_bare(about), ask, kb)] if told else [])
        for f in _level(found):
            if all(f.unit is not other.unit for other, _ in told):
                told.append((f, ask))
        if not told or ask in _VAGUE:
            break  # what is asked for first must be told, before anything else is
    return _compose(told, query, kb, today) if told else None


def _from_clauses(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What a clause says, when no typed fact was asked for."""
    whole = query.scope.campaign and not query.scope.notices and not query.segments
    if query.asks[:1] == ("content",) and whole:
        theme = kb.lexicon.whole_campaign.get("content")  # what a campaign is, its theme tells
        query = replace(query, segments=(theme,) if theme else ())
    if not query.segments and not (query.scope.pointed or query.scope.notices):
        return None
    if query.asks and query.asks[0] not in _OPEN_ASKS:
        return None
    if not _named(query) and not any(map(kb.index.is_telling, query.segments)):
        return None
    best = [f for f in opened(query, kb) if f.cover >= _OPEN_NAMED]
    found = [f for f in best if holds(f, query, kb)]
    if not found or not (found[0].cover >= ENOUGH or _clear(found[0], best, query)):
        return None
    found = [f for f in found if f.cover >= ENOUGH] or found[:1]
    strict = query.asks and (query.asks[0] not in ("content", "list") or "target" in query.asks)
    if strict and found[0].cover < _STRICT:
        return None
    top = [f for f in found if f.score >= 0.97 * found[0].score]
    newest = in_order({f.unit.notice for f in top}, query.scope, kb)[0]
    first = next(f for f in top if f.unit.notice is newest)
    others = [f for f in _level(found) if f.unit.notice is not first.unit.notice]
    return _compose([(first, "content")], query, kb, today, others)


def _clear(first: Found, found: list[Found], query: Query) -> bool:
    """Whether one place stands out among what is near."""
    margin = _CLEAR if _named(query) else _CLEARER
    if not _named(query) and (
        query.asks[:1] not in (("content",), ("list",)) or first.cover < _OPEN_UNNAMED
    ):
        return False
    others = [f.score for f in found if not _same_place(f, first)]
    return first is found[0] and all(first.score >= margin * score for score in others)


def _compose(
    told: list[tuple[Found, Aspect]],
    query: Query,
    kb: KnowledgeBase,
    today: date,
    others: list[Found] | None = None,
) -> Answer:
    blocks: list[tuple[str, str]] = []
    citations: list[Citation] = []
    units = [f.unit for f, _ in told]
    for notice in in_order({u.notice for u in units}, query.scope, kb):
        mine = [(f, a) for f, a in told if f.unit.notice is notice]
        parts = dict.fromkeys(tell(f.unit, _wanted(a, query), query, kb, today) for f, a in mine)
        labels = [f.unit.label for f, _ in mine]
        blocks.append(("\n".join(parts), cited(notice, labels, query.scope, kb)))
        citations += [Citation(notice.id, notice.doc_number, x) for x in dict.fromkeys(labels)]
    apart = {f.unit.notice.id: f.unit for f in reversed(others or [])}
    menu = tuple(map(_other, reversed(apart.values())))
    return Answer("answer", pages(blocks, ROOM), tuple(citations), menu, ask=told[0][1])


def _wanted(ask: Aspect, query: Query) -> Aspect:
    """Who does it and what is to be done, asked at once, is the whole of it."""
    return "content" if ask == "who" and "content" in query.asks else ask


def _other(unit: Unit) -> MenuItem:
    label = f"{unit.notice.short}{unit.label}"
    return MenuItem(label, f"{unit.notice.short}{unit.label}{unit.name}")


def _level(found: list[Found]) -> list[Found]:
    """The best, and what is level with it: per notice, and within a notice per fact."""
    if not found:
        return []
    top = max(f.score for f in found)
    out: list[Found] = []
    for notice in dict.fromkeys(f.unit.notice for f in found):
        mine = [f for f in found if f.unit.notice is notice]
        best = max(f.score for f in mine)
        if best >= _LEVEL_NOTICE * top:
            out += [f for f in mine if f.score >= _LEVEL_FACT * best][:_MOST_FACTS]
    shown = list(dict.fromkeys(f.unit.notice for f in out))[:_MOST_NOTICES]
    return [f for f in out if f.unit.notice in shown]


def _fits(found: Found, ask: Aspect, query: Query, best: Found | None, kb: KnowledgeBase) -> bool:
    """Whether a fact is near enough: no much better unit stands elsewhere. What a clause tells
    has the clause's own time and way."""
    if not holds(found, query, kb):
        return False
    if not query.segments:
        return not query.scope.empty or ask == "contact"
    if best is None or ask in _VAGUE or not _same_place(found, best):
        return found.cover >= _TYPED and (best is None or found.cover >= _BESIDE * best.cover)
    return best.cover >= ENOUGH or found.cover >= _TYPED or _named(query)


def _named(query: Query) -> bool:
    """Whether the question says where to look."""
    return bool(query.scope.notices or query.scope.years or query.scope.regions)


def _same_place(one: Found, other: Found) -> bool:
    return one.unit.notice is other.unit.notice and one.unit.label == other.unit.label


def _offered(query: Query, kb: KnowledgeBase) -> Answer | None:
    """The notices of a year or place; or what can be asked of the newest that is meant."""
    if query.scope.empty or query.values or query.outside:
        return None
    campaign = query.scope.campaign
    meant = [
        notice
        for notice in kb.notices_at(where(query.scope))
        if campaign in (None, notice.campaign)
        and any(meets(unit, query.scope, kb) for unit in kb.units_of(notice))
    ]
    if not meant:
        return None
    if len(meant) > 1 and not campaign:
        menu = [MenuItem(notice.short, notice.short) for notice in meant[:_MOST_OFFERED]]
        return Answer("clarify", (say.which_notice(),), menu=tuple(menu))
    notice = in_order(meant, query.scope, kb)[0]
    menu = [
        MenuItem(label, f"{notice.short}{label}")
        for label in say.topics_of(notice, _tasks_of(notice, kb))
    ]
    return Answer("clarify", (say.which_topic(notice),), menu=tuple(menu))


def _tasks_of(notice: Notice, kb: KnowledgeBase) -> bool:
    """Whether the notice has key tasks, in a table or as clauses."""
    return bool(notice.tasks) or task_section(notice, kb) is not None


def _with_default_subject(query: Query, ask: Aspect, kb: KnowledgeBase) -> Query:
    """When a whole campaign starts or ends is a question about its 活动时间."""
    if query.segments or ask not in ("period", "when", "over") or query.scope.pointed:
        return query
    span = kb.lexicon.whole_campaign.get("period")
    return replace(query, segments=(span,)) if span else query


def _bare(query: Query) -> Query:
    return replace(query, segments=())


def _asked_back(query: Query, kb: KnowledgeBase) -> Answer | None:
    """A time is asked for and nothing else, or a campaign is named and nothing asked: of what?"""
    if not query.asks and not query.segments and not query.scope.pointed:
        return _offered(query, kb)
    if query.segments or not query.scope.empty or not query.asks or query.values or query.outside:
        return None
    if query.asks[0] not in ("deadline", "when", "over", "where", "period"):
        return None
    menu = [
        MenuItem(say.deadline_option(n, d), say.ask_deadline(n, d))
        for n in in_order(kb.notices, query.scope, kb)
        if is_there(n, query.scope, kb)
        for d in n.deadlines
    ][:_MOST_OFFERED]
    return Answer("clarify", (say.which_deadline(),), menu=tuple(menu))
