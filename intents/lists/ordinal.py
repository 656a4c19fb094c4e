"""One of several that a notice numbers or enumerates: 第三个原则, 第二阶段, 第四条工作要求."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from intents.lists.operators import Reading, reading
from intents.lists.parts import children, dated_section
from intents.lists.subject import spelled
from intents.lists.tables import notices_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.telling import tell
from intents.wording import parts as say
from knowledge.lexicon import Aspect
from knowledge.model import Clause, Notice
from knowledge.normalise import number
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|条|项|大|点|步|种)?")
_SHORTEST = 2
# What a clause says of each thing that it enumerates: 问题导向：…。
_SAID_OF = re.compile(r"(?:^|(?<=。))([^。：；]{2,24})：([^。]+。)")


def nth(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """None unless the question names one of what stands under a heading, and nothing besides."""
    if query.departments or query.duty or query.scope.task or query.scope.labels:
        return None
    match = _ORDINAL.search(query.text)
    if match is None or not (query.asks or query.scope.item):
        return None
    at, read = number(match[1]) or 0, reading(query, kb)
    text = _ORDINAL.sub("\n", read.text)
    for notice in in_order(notices_of(query, kb, "clause"), query.scope, kb):
        clause = _headed(notice, text, read, kb)
        if clause is not None:
            return _told(notice, clause, at, query, kb, today)
    return None


def _headed(notice: Notice, text: str, read: Reading, kb: KnowledgeBase) -> Clause | None:
    """The only clause whose heading is all that the question names; the steps of a campaign."""
    steps = dated_section(notice)
    if steps is not None and read.has("steps"):
        bare = text.replace("活动", "\n")
        return steps if not read.left("steps", "documents", "overview", text=bare) else None
    several = [c for c in notice.clauses if children(notice, c) or len(enumerated(c)) > 1]
    for clause in several:
        heading = spelled(clause.heading, kb)
        rest = text.replace(heading, "\n")
        if heading in text and not read.left("documents", "overview", text=rest):
            return clause
    words = read.left("documents", "overview", text=text)
    if len(words) != 1 or len(words[0]) < _SHORTEST:
        return None
    found = [clause for clause in several if words[0] in spelled(clause.heading, kb)]
    return found[0] if len(found) == 1 else None


def enumerated(clause: Clause) -> Sequence[tuple[str, str]]:
    """(name, what is said of it) of the things that the first sentence lists, in their order."""
    first, _, rest = clause.body.partition("。")
    found: list[tuple[str, str]] = _SAID_OF.findall(rest)
    places = [first.find(name) for name, _ in found]
    return found if min(places, default=-1) >= 0 and places == sorted(places) else []


def _told(
    notice: Notice, clause: Clause, at: int, query: Query, kb: KnowledgeBase, today: date
) -> Answer | None:
    items = children(notice, clause)
    said = [] if items else enumerated(clause)
    count = len(items) or len(said)
    if not 1 <= at <= count:
        return None
    if said:
        name, text = said[at - 1]
        line = say.one_of(clause.heading, at, name, text)
        return told([line], notice, [clause.label], query, kb)
    unit = _unit(notice, items[at - 1], query, kb)
    return told([tell(unit, _ask(query), query, kb, today)], notice, [unit.label], query, kb)


def _unit(notice: Notice, clause: Clause, query: Query, kb: KnowledgeBase) -> Unit:
    """The clause, or its period where a time is asked for."""
    units = [u for u in kb.units_of(notice) if u.label == clause.label]
    timed = [u for u in units if u.kind == "period"]
    wants_time = {"when", "period", "deadline", "over"} & set(query.asks)
    if timed and wants_time:
        return timed[0]
    return next(u for u in units if u.kind == "clause")


def _ask(query: Query) -> Aspect | None:
    return query.asks[0] if query.asks else None
