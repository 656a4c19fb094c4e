"""How a notice is built: its sections, and how many items each of them has."""

from __future__ import annotations

from intents.lists.numbers import said_count
from intents.lists.operators import reading
from intents.lists.tables import told, units_of
from intents.query import Query
from intents.result import Answer
from intents.wording import counting
from intents.wording import parts as say
from knowledge.late import late
from knowledge.model import Clause
from knowledge.snapshot import KnowledgeBase

_SECTION = late("[一二三四五六七八九十]+")
_TABLE = late("清单|单子")
_CLAUSES = late(r"(?:\d+|[一二三四五六七八九十]{1,3})条")
_SO_MANY = late("(?:多少|几)条")


def asks_for_parts(query: Query, kb: KnowledgeBase) -> bool:
    read, noun = reading(query, kb), kb.lexicon.noun("parts")
    said = said_count(query) is not None
    items = _SO_MANY.search(read.text) and not _has_table(query, kb)
    named = noun.search(query.text) or (said and _CLAUSES.search(read.text)) or items
    if not query.scope.notices or not named:
        return False
    asked = "list" in query.asks or read.has("count") or said
    rest = noun.sub("\n", _CLAUSES.sub("\n", read.text))
    return asked and not read.left("count", "each", "documents", text=rest)


def _has_table(query: Query, kb: KnowledgeBase) -> bool:
    """Whether 条 may be the tasks of a table."""
    return any(kb.notice(notice).tasks for notice in query.scope.notices)


def outline(query: Query, kb: KnowledgeBase) -> Answer | None:
    """How a notice is built: its sections, and how many items it has."""
    notice = next((u.notice for u in units_of(query, kb, "clause")), None)
    if notice is None:
        return None
    sections = [c for c in notice.clauses if _SECTION.fullmatch(c.label)]
    items = [c for c in notice.clauses if "（" in c.label]
    if not sections or (notice.tasks and _TABLE.search(query.text)):
        names = list(dict.fromkeys(t.section for t in notice.tasks))
        head = say.table_outline(notice, len(names), len(notice.tasks))
        return told([head, *names], notice, ["附件"], query, kb) if names else None
    head = say.outline(notice, len(sections), len(items))
    said = said_count(query)
    if said is not None and said not in (len(sections), len(items)):
        unit = "条" if _CLAUSES.search(query.text) else "个部分"
        head = counting.not_as_many(said, unit) + head
    counts = [sum(item.label.startswith(f"{c.label}（") for item in items) for c in sections]
    line = say.section_with if reading(query, kb).has("each") else _bare_line
    lines = [head, *map(line, sections, counts)]
    return told(lines, notice, [c.label for c in sections], query, kb)


def _bare_line(section: Clause, items: int) -> str:
    return say.section_line(section)
