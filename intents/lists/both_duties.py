"""Tasks by the kind of their duty, where both kinds are spoken of, or neither."""

from __future__ import annotations

from dataclasses import replace

from intents.lists.duties import is_duty, names_level, whose
from intents.lists.operators import reading
from intents.lists.subject import rest_of
from intents.lists.tables import around, by_notice, line_of, narrowed, tasks_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.understand import duties_in, without_duty
from intents.wording import tasks as say
from knowledge.late import late
from knowledge.model import Duty, Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_KINDS: tuple[Duty, ...] = ("必做", "选做")
# Of one thing it is asked which of the two it is: 是必做还是选做.
_EITHER = late("还是|或者?|是不是|是否")
_NEITHER = late(
    "(?<!有)(?:没有?|未|不)(?:给|写|分|说|标|区分|规定|注明|标明|要求|定)(?:明|清|出|是|到|过)*(?=[\0\n])"
)


def by_kind(query: Query, kb: KnowledgeBase) -> Answer | None:
    """必做几项选做几项: both, each with its tasks; None where anything else is asked besides."""
    if not set(_KINDS) <= set(duties_in(query.text)):
        return None
    read = reading(query, kb)
    text = without_duty(read.text)
    if _NEITHER.search(text):
        return _neither(text, query, kb)
    if _EITHER.search(query.text) or not _asks_which(query, kb):
        return None
    said = (w for w in rest_of(query, kb, kb.lexicon.noun("tasks")) if not names_level(w, kb))
    left = (w for word in said for w in read.left("mention", "count", "share", text=word))
    if any(not names_level(word, kb) for word in left):
        return None
    whole = replace(query, duty=None)
    units = [u for u in tasks_of(query, kb) if is_duty(u, whole, kb)]
    first = in_order(by_notice(units), query.scope, kb)[:1]
    mine = [u for u in units if u.notice in first]
    return _told(mine, query, kb) if mine else None


def _asks_which(query: Query, kb: KnowledgeBase) -> bool:
    asked = {"list", "content", "target"} & set(query.asks)
    return bool(asked) or reading(query, kb).has("count")


def _neither(text: str, query: Query, kb: KnowledgeBase) -> Answer | None:
    """没写必做选做的是哪几项: the tasks whose table asks neither of anybody."""
    read = reading(query, kb)
    if read.left("count", "documents", "share", text=_NEITHER.sub("\n", text)):
        return None
    units = [u for u in tasks_of(query, kb) if isinstance(u.fact, Task) and not u.fact.scopes]
    return narrowed(units, say.of_no_kind, query, kb)


def _told(units: list[Unit], query: Query, kb: KnowledgeBase) -> Answer:
    """The tasks of either kind under a head of their own, with whose they are."""
    notice, whom = units[0].notice, whose(query, kb)
    of = {d: [u for u in units if is_duty(u, replace(query, duty=d), kb)] for d in _KINDS}
    lines = [say.kinds_of(notice, whom, [(d, len(mine)) for d, mine in of.items()])]
    for duty, mine in of.items():
        if not mine:
            continue
        lines.append(say.count_tasks(len(mine), duty))
        lines += [_line(u, duty, len(mine)) for u in mine]
    labels = [u.label for u in units]
    return told(lines, notice, labels, query, kb, (), around(labels))


def _line(unit: Unit, duty: Duty, count: int) -> str:
    few = isinstance(unit.fact, Task) and count <= say.MOST_WITH_SCOPES
    return say.task_line_for(unit.fact, duty) if few else line_of(unit)  # type: ignore[arg-type]
