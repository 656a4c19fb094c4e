"""What somebody has to hand in, and to whom: 省里要报什么给国家局, 各地市要交哪些材料."""

from __future__ import annotations

import re

from intents.blanking import GAP
from intents.evidence.looks import HANDS_IN
from intents.lists.operators import reading
from intents.lists.subject import spelled
from intents.lists.tables import ROOM, by_notice, units_of
from intents.query import Level, Query
from intents.result import Answer
from intents.select import in_order
from intents.telling import cited, pages
from intents.turn import Citation
from intents.wording import due as say
from knowledge.late import late
from knowledge.model import Deadline
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_MOST_NOTICES = 3
_TO = "[到给至往向]"
_LITTLE = late("[的把被由都也就们我咱俺各要得该需应里这那边级方家]")


def handed(query: Query, kb: KnowledgeBase) -> Answer | None:
    """The deadlines for handing in of those who are named; None where anything else is asked."""
    read = reading(query, kb)
    if not read.has("what_handed") or query.values or query.outside:
        return None
    scope = query.scope
    if scope.pointed or scope.months or scope.days:
        return None
    level, rest = _level(query.rest if query.departments else read.text, kb)
    if any(kb.canonical(name) in rest for name in query.departments):
        return None  # a department that is no receiver
    if read.left("what_handed", "hand_in", "share", "documents", "count", text=rest):
        return None
    due = [u for u in units_of(query, kb, "deadline") if _hands_in(u, query)]
    if query.departments:
        due = _of_receivers(due, query, kb)
    level = level or scope.level
    if level:
        due = [u for u in due if (u.notice.region == NATION) == (level == "national")]
    return _told(due, query, kb) if due else None


def _level(text: str, kb: KnowledgeBase) -> tuple[Level | None, str]:
    """Whose notices ask for it: by whom it is handed in to, or else by who hands it in; and the
    text without both."""
    levels: tuple[Level, ...] = ("national", "local")
    words_of = kb.lexicon.receivers
    found: Level | None = None
    for level in levels:
        whom = words_of[level].expression.pattern if level in words_of else "(?!)"
        to = f"{_TO}(?:(?:{whom})的?)+"
        if re.search(to, text):
            found = level
            text = re.sub(to, "\n", text)
    if found is None:  # 国家局要的材料有哪些
        begins = (x for x in levels if x in words_of)
        found = next((x for x in begins if words_of[x].expression.match(text.lstrip(GAP))), None)
        text = words_of[found].expression.sub("\n", text, count=1) if found else text
    for level in levels:
        words = kb.lexicon.senders.get(level)
        if words is not None and words.expression.search(text):
            found = found or level
            text = re.sub(f"{_TO}?(?:{words.expression.pattern})", "\n", text)
    return found, _LITTLE.sub("\n", text)


def _of_receivers(due: list[Unit], query: Query, kb: KnowledgeBase) -> list[Unit]:
    """What the notices want that have something handed in to those who are named."""
    meant = {
        unit.notice
        for unit in due
        if isinstance(unit.fact, Deadline)
        and all(spelled(d, kb) in spelled(unit.fact.to or "", kb) for d in query.departments)
    }
    return [unit for unit in due if unit.notice in meant]


def _hands_in(unit: Unit, query: Query) -> bool:
    fact = unit.fact
    if not isinstance(fact, Deadline) or not HANDS_IN.search(fact.what):
        return False
    return not query.scope.years or unit.notice.year in query.scope.years


def _told(due: list[Unit], query: Query, kb: KnowledgeBase) -> Answer:
    grouped = by_notice(due)
    blocks: list[tuple[str, str]] = []
    citations: list[Citation] = []
    for notice in in_order(grouped, query.scope, kb)[:_MOST_NOTICES]:
        mine = grouped[notice]
        labels = list(dict.fromkeys(u.label for u in mine))
        lines = [say.to_hand_in(notice), *_lines(mine)]
        blocks.append(("\n".join(lines), cited(notice, labels, query.scope, kb)))
        citations += [Citation(notice.id, notice.doc_number, label) for label in labels]
    return Answer("answer", pages(blocks, ROOM), tuple(citations), ask="list")


def _lines(units: list[Unit]) -> list[str]:
    return [say.hand_in_line(u.fact) for u in units if isinstance(u.fact, Deadline)]
