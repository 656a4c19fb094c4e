"""The clauses of a notice's own text that are a department's: 指引正文里哪几条由地方局负责."""

from __future__ import annotations

import re

from intents.lists.operators import reading
from intents.lists.tables import around, by_notice, told, units_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import parts as say
from knowledge.model import Clause
from knowledge.snapshot import KnowledgeBase

_TEXT = re.compile("正文|条款|条文|(?<=哪些)条")


def said_of_text(query: Query) -> bool:
    """Whether the text is meant, and no table beside it."""
    return bool(_TEXT.search(query.text))


def of_text(query: Query, kb: KnowledgeBase) -> Answer | None:
    """None unless clauses of the departments that are named are all that is asked for."""
    read = reading(query, kb)
    asked = {"list", "content"} & set(query.asks) or read.has("count")
    if not query.departments or not asked or query.scope.pointed or query.duty:
        return None
    if read.has("unasked", "together", "each", "both", "most"):
        return None
    text = _TEXT.sub("\n", read.text)
    if read.left("share", "alone", "count", "documents", "mention", text=text):
        return None
    wanted, alone = set(query.departments), read.has("alone")
    mine = [
        u
        for u in units_of(query, kb, "clause")
        if isinstance(u.fact, Clause)
        and wanted & set(u.fact.departments)
        and (not alone or set(u.fact.departments) <= wanted)
    ]
    if not mine:
        return None
    first = in_order(by_notice(mine), query.scope, kb)[0]
    mine = [u for u in mine if u.notice is first]
    who = "、".join(query.departments)
    lines = [say.count_clauses(first, who, len(mine), alone)]
    lines += [say.clause_line(u.fact) for u in mine if isinstance(u.fact, Clause)]
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))
