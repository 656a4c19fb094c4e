"""What a notice is about as a whole: its theme, where it has one, and how it is built."""

from __future__ import annotations

from intents.evidence.words import names_of
from intents.lists.operators import reading
from intents.lists.tables import ROOM, notices_of, table_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.telling import cited, pages
from intents.turn import Citation
from intents.wording import parts as say
from knowledge.late import late
from knowledge.model import Clause, Notice
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import HEAD

_SECTION = late("[一二三四五六七八九十]+")
_ASKED = frozenset(("content", "list", "document"))


def overview(query: Query, kb: KnowledgeBase) -> Answer | None:
    """51号文主要讲什么: None unless one notice is meant and nothing of it is singled out."""
    read, scope = reading(query, kb), query.scope
    if not read.has("overview") or read.has("each") or scope.pointed or scope.months or scope.days:
        return None
    if not _ASKED.issuperset(query.asks) or query.departments or query.duty or query.outside:
        return None
    notice = _meant(query, kb)
    if notice is None or scope.campaign not in (None, notice.campaign):
        return None  # what it says of a campaign is a part of it: 24年清单里提没提万里行
    known = names_of(notice, kb)
    left = read.left("overview", "documents", "issued", "count")
    if not all(known.issuperset(pairs(word)) for word in left):
        return None
    return _told(notice, query, kb)


def _meant(query: Query, kb: KnowledgeBase) -> Notice | None:
    """The notice that is named; or the only one of the year, place and campaign that are."""
    scope = query.scope
    if scope.notices:
        named = [kb.notice(notice) for notice in scope.notices]
        return in_order(named, scope, kb)[0]
    if not scope.years or not (scope.campaign or scope.regions):
        return None
    of_year = [n for n in notices_of(query, kb, "clause") if n.year in scope.years]
    return of_year[0] if len(of_year) == 1 else None


def _told(notice: Notice, query: Query, kb: KnowledgeBase) -> Answer:
    sections = [c for c in notice.clauses if _SECTION.fullmatch(c.label)]
    lines = [say.about(notice)]
    labels = [HEAD] if any(c.label == HEAD for c in notice.clauses) else []
    theme = _theme(notice, sections, kb)
    if theme is not None:
        lines.append(theme.body.split("。", 1)[0] + "。")
        labels.append(theme.label)
    if sections:
        lines += [say.built_of(len(sections)), *map(say.section_line, sections)]
        labels += [c.label for c in sections]
    parts = list(dict.fromkeys(task.section for task in notice.tasks))
    if parts:
        table = table_of(notice)
        lines.append(say.table_built_of(table, len(notice.tasks), len(parts)))
        lines += [] if sections else parts
        labels.append(table)
    labels = list(dict.fromkeys(labels))
    citations = tuple(Citation(notice.id, notice.doc_number, label) for label in labels)
    first = labels[:1] if len(labels) > 1 else labels
    source = cited(notice, first, query.scope, kb)
    told = pages([("\n".join(lines), source)], ROOM)
    return Answer("answer", told, citations, ask="document")


def _theme(notice: Notice, sections: list[Clause], kb: KnowledgeBase) -> Clause | None:
    heading = kb.lexicon.whole_campaign.get("content")
    return next((c for c in sections if c.heading == heading), None)
