"""A query -> answer, question back, or refusal. The order of attempts is the list in `answer`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from intents.conversation import MenuItem
from intents.listing import listed
from intents.query import Query, Scope
from intents.result import Answer
from intents.select import Found, anywhere, meets, opened, typed
from intents.telling import brief, pages, tell
from intents.turn import Citation
from intents.wording import answers as say
from knowledge.lexicon import Aspect
from knowledge.model import Contact, Notice
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

# A fact must hold this share of the subject, and not much less than the best unit of any kind.
_TYPED, _BESIDE = 0.5, 0.78
_OPEN, _STRICT = 0.56, 0.75
# Where the notice or the year is named, a clear best needs less; a little less elsewhere too.
_OPEN_NAMED, _CLEAR = 0.36, 1.08
_OPEN_UNNAMED, _CLEARER = 0.45, 1.25
# Below this nothing in the knowledge base is even near.
_NEAR = 0.3
# Notices that answer nearly as well as the best are told as well.
_LEVEL_NOTICE, _LEVEL_FACT = 0.86, 0.93
_MOST_NOTICES, _MOST_FACTS = 3, 3
# Asked for these, a clause may tell what no typed fact does, if it holds nearly all of the subject.
_OPEN_ASKS: tuple[Aspect, ...] = (
    "content", "list", "columns", "attachment", "target", "where", "who",
)  # fmt: skip
_EVERYWHERE = Scope()
ROOM = 400
_NEAR_ROOM = 300
_PEOPLE = "任职人员"
_DATE_ASKED = re.compile("时候|几号|哪天|哪一天|日期|时间|几月|何时|哪年")
_NUMBER_ASKED = re.compile("文号|号文|字号|文件号")
_FIGURE = re.compile(r"\d[余多]?([万亿]?)(周年|[家字页人次元篇名岁届度]?)")
_TIMES: tuple[Aspect, ...] = ("deadline", "period", "when", "over")
_VAGUE: tuple[Aspect, ...] = ("list", "target", "content")


@lru_cache(maxsize=4096)
def answer(query: Query, kb: KnowledgeBase, today: date) -> Answer:
    """Pure, so it is remembered: the same query, snapshot and day give the same answer."""
    return (
        listed(query, kb, today)
        or _from_facts(query, kb, today)
        or _asked_back(query, kb)
        or _from_clauses(query, kb, today)
        or _refused(query, kb, today)
    )


def _from_facts(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The typed facts that the question asks for; several aspects are told one after another."""
    told: list[tuple[Found, Aspect]] = []
    best = next(iter(opened(query, kb)), None)
    for ask in query.asks:
        if told and (ask in _VAGUE or (ask in _TIMES and told[0][1] in _TIMES)):
            continue
        about = _with_default_subject(query, ask)
        found = [f for f in typed(about, ask, kb) if _fits(f, ask, about, best, kb)]
        found = found or ([f for f in typed(_bare(about), ask, kb)] if told else [])
        for f in _level(_known_by(found, query, today)):
            if all(f.unit is not other.unit for other, _ in told):
                told.append((f, ask))
        if not told or ask in _VAGUE:
            break  # what is asked for first must be told, before anything else is
    return _compose(told, query, kb, today) if told else None


def _from_clauses(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What a clause says, when no typed fact was asked for."""
    if not query.segments and not (query.scope.pointed or query.scope.notices):
        return None
    if query.asks and query.asks[0] not in _OPEN_ASKS:
        return None
    best = [f for f in opened(query, kb) if f.cover >= _OPEN_NAMED]
    found = [f for f in best if _holds(f, query, kb)]
    if not found or not (found[0].cover >= _OPEN or _clear(found[0], best, query)):
        return None
    found = [f for f in found if f.cover >= _OPEN] or found[:1]
    strict = query.asks and query.asks[0] not in ("content", "list")
    if strict and found[0].cover < _STRICT:
        return None
    top = [f for f in found if f.score >= 0.97 * found[0].score]
    first = min(top, key=lambda f: kb.notices.index(f.unit.notice))
    others = [f for f in _level(found) if f.unit.notice is not first.unit.notice]
    return _compose([(first, "content")], query, kb, today, others)


def _clear(first: Found, found: list[Found], query: Query) -> bool:
    """Whether one place stands out among what is near."""
    margin = _CLEAR if _named(query) else _CLEARER
    if not _named(query) and (query.asks[:1] != ("content",) or first.cover < _OPEN_UNNAMED):
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
    lines: list[str] = []
    citations: list[Citation] = []
    units = [f.unit for f, _ in told]
    for notice in sorted({u.notice for u in units}, key=kb.notices.index):
        mine = [(f, a) for f, a in told if f.unit.notice is notice]
        lines += dict.fromkeys(tell(f.unit, a, query, kb, today) for f, a in mine)
        labels = [f.unit.label for f, _ in mine]
        lines.append(say.source(notice, *labels))
        citations += [Citation(notice.id, notice.doc_number, x) for x in dict.fromkeys(labels)]
    menu = tuple(_other(f.unit) for f in others or ())
    return Answer("answer", tuple(pages(lines, ROOM)), tuple(citations), menu, ask=told[0][1])


def _other(unit: Unit) -> MenuItem:
    label = f"{unit.notice.short}{unit.label}"
    return MenuItem(label, f"{unit.notice.short}{unit.label}{unit.name}")


def _known_by(found: list[Found], query: Query, today: date) -> list[Found]:
    """Where year and place are left open, a notice of a later day than today is not meant."""
    if query.scope.years or query.scope.notices or query.scope.regions:
        return found
    known = [f for f in found if not f.unit.notice.issued or f.unit.notice.issued <= today]
    return known or found


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
    if not _holds(found, query, kb):
        return False
    if not query.segments:
        return not query.scope.empty
    if best is None or ask in _VAGUE or not _same_place(found, best):
        return found.cover >= _TYPED and (best is None or found.cover >= _BESIDE * best.cover)
    return best.cover >= _OPEN or found.cover >= _TYPED or _named(query)


def _named(query: Query) -> bool:
    """Whether the question says where to look."""
    return bool(query.scope.notices or query.scope.years)


def _same_place(one: Found, other: Found) -> bool:
    return one.unit.notice is other.unit.notice and one.unit.label == other.unit.label


def _holds(found: Found, query: Query, kb: KnowledgeBase) -> bool:
    """Whether the unit itself has the very things that the question asks for."""
    text = kb.text_of(found.unit)
    kinds = {kind for kind, _ in query.values}
    return (
        all(normalise(word) in text for word in query.outside)
        and all(_has_value(kind, text, query) for kind in kinds)
        and not _lacks_head(found, query)
        and not _lacks_detail(found.unit, query)
        and (query.measure is None or query.measure in _measured(text))
    )


def _has_value(kind: str, text: str, query: Query) -> bool:
    """A value stands in a unit with its word; who holds an office, no notice tells."""
    if kind == _PEOPLE:
        return False
    return any(word in text for k, word in query.values if k == kind)


def _lacks_head(found: Found, query: Query) -> bool:
    """Y of "X的Y" is what is asked for: at least half of it must stand in the unit."""
    for segment in query.segments:
        head = segment.rpartition("的")[2] if "的" in segment else ""
        tail = next((run for run in found.hit.missing if segment.endswith(run)), "")
        if len(head) > 1 and 2 * min(len(tail), len(head)) >= len(head) > 0 and tail:
            return True
    return False


def _lacks_detail(unit: Unit, query: Query) -> bool:
    """A fact of the right kind may still have a gap where the question points."""
    fact = unit.fact
    if isinstance(fact, Contact):
        asked = query.text
        return (
            ("邮箱" in asked and not fact.emails)
            or ("电话" in asked and not fact.phones)
            or ("联系人" in asked and not fact.names)
        )
    if unit.kind == "head" and "document" in query.asks:
        dated, numbered = _DATE_ASKED.search(query.text), _NUMBER_ASKED.search(query.text)
        notice = unit.notice
        return bool((dated and not notice.issued) or (numbered and not notice.doc_number))
    return False


def _measured(text: str) -> set[str]:
    """The measure words that follow a figure in the text."""
    return {unit for found in _FIGURE.findall(text) for unit in found}


def _with_default_subject(query: Query, ask: Aspect) -> Query:
    """When a whole campaign starts or ends is a question about its 活动时间."""
    if query.segments or ask not in ("period", "when", "over") or query.scope.pointed:
        return query
    return replace(query, segments=("活动时间",))


def _bare(query: Query) -> Query:
    return replace(query, segments=())


def _asked_back(query: Query, kb: KnowledgeBase) -> Answer | None:
    """A time is asked for and nothing else: of what?"""
    if query.segments or not query.scope.empty or not query.asks or query.values or query.outside:
        return None
    if query.asks[0] not in ("deadline", "when", "over", "where", "period"):
        return None
    menu = [
        MenuItem(f"{n.short}：{d.what}", f"{n.short}{d.what}什么时候截止")
        for n in kb.notices
        for d in n.deadlines
    ][:6]
    return Answer("clarify", (say.which_deadline(),), menu=tuple(menu))


def _refused(query: Query, kb: KnowledgeBase, today: date) -> Answer:
    """Says what is lacking, the nearest known thing, and that staff will see the question."""
    within, around = opened(query, kb), anywhere(query, kb)
    best = max((f.cover for f in [*within, *around]), default=0.0)
    about = bool(query.segments or not query.scope.empty or query.values)
    if not about or (best < _NEAR and query.scope.empty):
        return Answer("refuse", (say.out_of_scope(),), lacks="范围外", far=True)
    lacks = _lack(query, within, around, kb)
    near, citations = _nearest(query, [*within, *around], kb, today)
    lines = [lacks, *([say.nearest(near)] if near else []), say.to_staff()]
    return Answer("refuse", ("\n".join(lines),), citations, lacks=lacks)


def _nearest(
    query: Query, found: list[Found], kb: KnowledgeBase, today: date
) -> tuple[str, tuple[Citation, ...]]:
    """What the same question gives without its year and place; else the unit most alike."""
    scope = query.scope
    if scope.years or scope.regions:
        elsewhere = answer(replace(query, scope=Scope(campaign=scope.campaign)), kb, today)
        if elsewhere.kind == "answer" and len(elsewhere.pages[0]) <= _NEAR_ROOM:
            return elsewhere.pages[0], elsewhere.citations
    if not found:
        return "", ()
    top = max(found, key=lambda f: f.score).unit
    citation = Citation(top.notice.id, top.notice.doc_number, top.label)
    return brief(top, query, kb, today), (citation,)


def _lack(query: Query, within: list[Found], around: list[Found], kb: KnowledgeBase) -> str:
    """What is lacking, said as exactly as the query allows."""
    scope = query.scope
    if not all(_has_notices(place, kb) for place in scope.regions):
        return say.lacks_region(scope.regions)
    if scope.years and not _held(replace(scope, notices=(), labels=(), task=None, item=None), kb):
        apart = replace(_EVERYWHERE, campaign=scope.campaign, level=scope.level)
        known = {n.year for n in _held(apart, kb) if n.year} - set(scope.years)
        return say.lacks_year(scope.years, sorted(known))
    if query.values:
        return say.lacks_value(query.values[0][0])
    if query.outside:
        return say.lacks_subject(query.outside[0])
    if query.asks and max((f.cover for f in within), default=0.0) >= _OPEN:
        return say.lacks_aspect(say.ASPECT_WORDS[query.asks[0]])
    missing = kb.index.unknown(query.segments)
    return say.lacks_subject(max(missing, key=len, default=""))


def _has_notices(place: str, kb: KnowledgeBase) -> bool:
    lineage = kb.regions.lineage(place)[:-1]
    return any(notice.region in lineage for notice in kb.notices)


def _held(scope: Scope, kb: KnowledgeBase) -> list[Notice]:
    """The notices that are themselves of that year, place, campaign and issuer."""
    heads = (next(u for u in kb.units if u.notice is n) for n in kb.notices)
    return [
        u.notice
        for u in heads
        if meets(u, replace(scope, campaign=None), kb)
        and scope.campaign in (None, u.notice.campaign)
    ]
