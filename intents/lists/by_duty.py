"""Tasks by what a table asks, or does not ask, of those who are named."""

from __future__ import annotations

from collections.abc import Sequence

from intents.lists.duties import of_nobody_else, of_others
from intents.lists.operators import Reading
from intents.lists.tables import around, by_notice, lacking, line_of, narrowed, tasks_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import tasks as say
from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


def unasked(units: Sequence[Unit], read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """哪几项没要求地方做, 没给各省派活的: what is not asked of those who are named."""
    said = kb.lexicon.audience_words.findall(read.text)
    rest = kb.lexicon.audience_words.sub("\n", _without_issuer(read.text, kb))
    if not said or read.left("unasked", "share", "count", "documents", "alone", text=rest):
        return None
    whom = "".join(dict.fromkeys(said))
    anybody = any(a.is_open and word in a.words for a in kb.lexicon.audiences for word in said)
    mine = of_nobody_else(units) if anybody else of_others(units, query, kb)
    return narrowed(mine, lambda n: say.not_for(n, whom), query, kb)


def of_issuer_alone(
    units: Sequence[Unit], read: Reading, query: Query, kb: KnowledgeBase
) -> Answer | None:
    """只有国家局干的是哪几项: what is asked of nobody but those who issued the table."""
    bare = _without_issuer(read.text, kb)
    if not read.has("alone") or bare == read.text:
        return None
    rest = kb.lexicon.audience_words.sub("\n", bare)
    if read.left("alone", "unasked", "share", "count", "documents", text=rest):
        return None
    return narrowed(of_nobody_else(units), say.of_issuer_alone, query, kb)


def _without_issuer(text: str, kb: KnowledgeBase) -> str:
    """国家局自己做: what is asked of nobody else."""
    for cues in kb.lexicon.issuers.values():
        text = cues.expression.sub("\n", text)
    return text


def no_such_duty(query: Query, kb: KnowledgeBase) -> Answer | None:
    """The table has no task of that duty, or none for those who are named."""
    units = tasks_of(query, kb)
    if not units:
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    levels = dict.fromkeys(
        s.level for u in units if isinstance(u.fact, Task) for s in u.fact.scopes
    )
    lacks = say.no_such_duty(first, query.subject, query.duty or "")
    near = say.levels(first, list(levels))
    return lacking(lacks, near, first, query, kb)


def parts_of_actor(
    units: Sequence[Unit], actor: str, query: Query, kb: KnowledgeBase
) -> Answer | None:
    """The tasks in which somebody has a part, and what that part is."""
    if not units:
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    mine = [u for u in units if u.notice is first]
    lines = [say.count_tasks(len(mine), say.for_whom(first, actor))]
    for unit in mine:
        assert isinstance(unit.fact, Task)
        lines += [line_of(unit), *(a.summary for a in unit.fact.actions if a.by == actor)]
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))
