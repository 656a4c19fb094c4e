"""In which notices a word stands, and where: 专利导航在哪几份文件里提到."""

from __future__ import annotations

import re

from intents.evidence.words import words_of
from intents.lists.operators import reading
from intents.lists.tables import ROOM
from intents.query import Query
from intents.result import Answer
from intents.select import in_order, is_there
from intents.telling import cited, pages
from intents.turn import Citation
from intents.where import where
from intents.wording import lists
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

_ASKED = "见于哪些文件"
_MARKS = re.compile("[“”\"‘’《》]")
# 蓝天行动 is written “蓝天”专项整治行动, too.
_CALLED = re.compile("(?:专项|整治)*(?:行动|活动|计划|工程)$")
_MOST_NOTICES, _MOST_PLACES = 8, 8


def occurrences(query: Query, kb: KnowledgeBase) -> Answer | None:
    """None unless one word is all that the question names."""
    read, scope = reading(query, kb), query.scope
    if _ASKED not in query.text or scope.notices or scope.pointed or scope.months or scope.days:
        return None
    words = read.left("count", "mention", "documents", text=read.text.replace(_ASKED, "\n"))
    if len(words) != 1:
        return None
    there = [n for n in kb.notices_at(where(scope)) if is_there(n, scope, kb)]
    word = _CALLED.sub("", _MARKS.sub("", words[0]))
    found = {n: places for n in there if (places := _places(n, word, kb))}
    held = in_order(found, scope, kb)[:_MOST_NOTICES]
    return _told(held, found, word, query, kb) if word and held else None


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
    lines = [lists.stands_in(word)]
    lines += [lists.places_line(n, found[n][:_MOST_PLACES], len(found[n])) for n in held]
    citations = [
        Citation(n.id, n.doc_number, label) for n in held for label in found[n][:_MOST_PLACES]
    ]
    sources = [cited(n, found[n][:1], query.scope, kb).split("\n", 1)[0] for n in held]
    return Answer(
        "answer", pages([("\n".join(lines), "\n".join(sources))], ROOM), tuple(citations), ask="list"
    )
