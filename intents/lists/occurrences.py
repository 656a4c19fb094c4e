"""In which notices a word stands, and where: 专利导航在哪几份文件里提到."""

from __future__ import annotations

import re

from intents.evidence.words import words_of
from intents.lists.operators import reading
from intents.lists.tables import ROOM, around, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order, is_there
from intents.telling import cited, pages
from intents.turn import Citation
from intents.where import where
from intents.wording import parts as say
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

_ASKED = "见于哪些文件"
_MARKS = re.compile('[“”"‘’《》]')
# 蓝天行动 is written “蓝天”专项整治行动, too.
_CALLED = re.compile("(?:专项|整治)*(?:行动|活动|计划|工程)$")
_CLAUSES = re.compile("哪(?:几|些)条|几条|多少条")
_ABOUT = re.compile("讲|说|写|谈|关于|针对|面向|跟|和|的")
_MOST_NOTICES, _MOST_PLACES = 8, 8


def occurrences(query: Query, kb: KnowledgeBase) -> Answer | None:
    """None unless one word is all that the question names."""
    read, scope = reading(query, kb), query.scope
    if scope.pointed or scope.months or scope.days:
        return None
    if len(scope.notices) == 1:
        return _within(kb.notice(scope.notices[0]), query, kb)
    if _ASKED not in query.text or scope.notices:
        return None
    words = read.left("count", "mention", "documents", text=read.text.replace(_ASKED, "\n"))
    if len(words) != 1:
        return None
    there = [n for n in kb.notices_at(where(scope)) if is_there(n, scope, kb)]
    word = _CALLED.sub("", _MARKS.sub("", words[0]))
    found = {n: places for n in there if (places := _places(n, word, kb))}
    held = in_order(found, scope, kb)[:_MOST_NOTICES]
    return _told(held, found, word, query, kb) if word and held else None


def _within(notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    """22号文哪几条讲高校: the clauses of one notice that have the word, if there are several."""
    read = reading(query, kb)
    if not _CLAUSES.search(query.text) or notice.tasks or query.departments:
        return None
    words = read.left("count", "mention", "documents", text=_ABOUT.sub("\n", read.text))
    if len(words) != 1:
        return None
    word = _MARKS.sub("", words[0])
    labels = _places(notice, word, kb)
    if len(labels) < 2:
        return None
    headings = {clause.label: say.clause_line(clause) for clause in notice.clauses}
    lines = [say.mentioned_in(notice, word), *(headings[x] for x in labels if x in headings)]
    return told(lines, notice, labels, query, kb, (), around(labels))


def _places(notice: Notice, word: str, kb: KnowledgeBase) -> list[str]:
    """The labels of the clauses and tasks whose own words hold it."""
    units = (u for u in kb.units_of(notice) if u.kind in ("clause", "task"))
    labels = [u.label for u in units if word in _MARKS.sub("", words_of(u, kb).own)]
    return [label for label in labels if not any(_is_under(x, label) for x in labels)]


def _is_under(label: str, section: str) -> bool:
    return label.startswith((f"{section}（", f"{section} "))


def _told(
    held: list[Notice], found: dict[Notice, list[str]], word: str, query: Query, kb: KnowledgeBase
) -> Answer:
    lines = [say.stands_in(word)]
    lines += [say.places_line(n, found[n][:_MOST_PLACES], len(found[n])) for n in held]
    citations = [
        Citation(n.id, n.doc_number, label) for n in held for label in found[n][:_MOST_PLACES]
    ]
    sources = [cited(n, found[n][:1], query.scope, kb).split("\n", 1)[0] for n in held]
    return Answer(
        "answer",
        pages([("\n".join(lines), "\n".join(sources))], ROOM),
        tuple(citations),
        ask="list",
    )
