"""What only counts, narrows or reckons goes on from the question before it: 24年几项, 哪些是单独管,
中间隔了几天."""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import Topic
from intents.lists.operators import reading
from intents.query import Query
from intents.understand import namer_of
from knowledge.lexicon import Operator
from knowledge.snapshot import KnowledgeBase

_OF_THEM = "其中"


def counted_on(query: Query, before: Query | None, topic: Topic, kb: KnowledgeBase) -> Query:
    """The query with what it leaves out, where it only asks how many."""
    return _of_another_notice(_of_the_departments(query, before, topic, kb), before, kb)


def _of_the_departments(
    query: Query, before: Query | None, topic: Topic, kb: KnowledgeBase
) -> Query:
    """21年保护司有几项，24年几项: counted are the tasks of those who were named before."""
    counts = query.asks[:1] == ("list",) or reading(query, kb).has("count")
    if query.segments or not counts or not _says_only(query, kb, "alone", "together"):
        return query
    named = before.departments if before is not None else _departments_in(topic.question, kb)
    return replace(query, departments=named) if named else query


def _of_another_notice(query: Query, before: Query | None, kb: KnowledgeBase) -> Query:
    """51号文几个附件，福建方案几个: counted is the same of another notice."""
    if before is None or query.scope.empty or query.segments or query.departments:
        return query
    counts = reading(query, kb).has("count") and _says_only(query, kb)
    if not counts or query.scope.pointed or before.scope == query.scope:
        return query
    return replace(query, asks=before.asks, segments=before.segments)


def _says_only(query: Query, kb: KnowledgeBase, *operators: Operator) -> bool:
    """Whether it has nothing of its own but how many of what was spoken of it asks for."""
    if query.departments or query.duty or query.values or query.outside:
        return False
    return not reading(query, kb).left(*operators, "share", "count", "documents", "each", "mention")


def _departments_in(question: str, kb: KnowledgeBase) -> tuple[str, ...]:
    return namer_of(kb).read(question, 0).departments


def reckons_on(query: Query, topic: Topic | None, kb: KnowledgeBase) -> str | None:
    """中间隔了几天, 其中单独负责的几项: reckoned with, or counted among what was asked before, so
    both make one question, which is given; None for a message that says more."""
    read = reading(query, kb)
    if topic is None:
        return None
    if query.text.startswith(_OF_THEM) and query.scope.empty and read.has("alone", "together"):
        return f"{topic.question},{query.text}"
    narrows = read.has("alone", "together") and query.scope.empty
    if narrows and _says_only(query, kb, "alone", "together"):
        held = _departments_in(topic.question, kb) and _OF_THEM not in topic.question
        return f"{topic.question},{_OF_THEM}{query.text}" if held else None
    if not (read.has("length") and read.has("gap", "compare")):
        return None
    if query.scope.notices or query.values or query.outside or query.departments:
        return None
    left = read.left("length", "gap", "compare", "each", "count", "documents")
    return None if left else f"{topic.question},{query.text}"
