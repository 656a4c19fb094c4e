"""The tasks of a table that stand in one part of it, or have the very words of a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from intents.lists.duties import is_duty, names_level, whose
from intents.lists.of_text import said_of_text
from intents.lists.operators import reading
from intents.lists.subject import spelled
from intents.lists.tables import by_notice, lacking, narrowed, tasks_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.understand import without_duty
from intents.wording import parts as of_parts
from intents.wording import tasks as say
from knowledge.late import late
from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_MOST = 0.7
_NAME = late("(?:小)?标题|题目|名目")
_FULLEST = late("部分|板块|大类|章|[大几哪]块")
_SO_MANY = late(r"[一二三四五六七八九十两\d]{1,2}大(?=部分|板块|类|块)")
_SENTENCE = late("[^。；]+[。；]?")
_MOST_SAID = 2
_SECTION = late("[一二三四五六七八九十]+")


def part_of_table(query: Query, kb: KnowledgeBase) -> Answer | None:
    """第三部分有哪几项任务: the tasks of one part of a table."""
    scope, read = query.scope, reading(query, kb)
    asked = {"list", "content", "document"} & set(query.asks) or read.has("count")
    if scope.task or scope.item or len(scope.labels) != 1 or not asked or said_of_text(query):
        return None
    label = scope.labels[0]
    text = _NAME.sub("\n", read.text)
    if not _SECTION.fullmatch(label):
        return None
    rest = read.left("count", "documents", "share", text=without_duty(text))
    if not all(names_level(word, kb) for word in rest):
        return None
    units = [
        u
        for u in tasks_of(query, kb)
        if isinstance(u.fact, Task) and u.fact.section.startswith(f"{label}、")
    ]
    section = units[0].fact.section if units and isinstance(units[0].fact, Task) else ""
    whom = f"里{whose(query, kb)}{query.duty or '要做'}的" if rest or query.duty else ""
    if whom:
        units = [u for u in units if is_duty(u, query, kb)]
    return narrowed(units, lambda n: f"{of_parts.part_of_table(n, section)}{whom}", query, kb)


def fullest_part(query: Query, kb: KnowledgeBase) -> Answer | None:
    """哪部分任务最多: the part of a table that has more tasks than any other."""
    read = reading(query, kb)
    if query.scope.pointed or query.departments or not _FULLEST.search(read.text):
        return None
    text = kb.lexicon.noun("parts").sub("\n", _SO_MANY.sub("\n", read.text))
    if not read.has("most") or read.left("most", "count", "documents", "each", text=text):
        return None
    units = [u for u in tasks_of(query, kb) if isinstance(u.fact, Task)]
    first = in_order(by_notice(units), query.scope, kb)[:1]
    parts = Counter(u.fact.section for u in units if u.notice in first and isinstance(u.fact, Task))
    most = max(parts.values(), default=0)
    top = [part for part, count in parts.items() if count == most]
    mine = [u for u in units if isinstance(u.fact, Task) and u.fact.section in top]
    return narrowed(mine, lambda n: of_parts.fullest_parts(n, top, most), query, kb)


def of_section(query: Query, kb: KnowledgeBase) -> Answer | None:
    """国际合作那块列了几项: the tasks of the part of a table whose heading has the words."""
    words = reading(query, kb).left("count", "documents", "share")
    units = [u for u in tasks_of(query, kb) if isinstance(u.fact, Task)]
    sections = [u.fact.section for u in units if isinstance(u.fact, Task)]
    headed = _headed(words, list(dict.fromkeys(sections)), query, kb)
    if not words or len(headed) != 1:
        return None
    section = headed[0]
    mine = [u for u in units if isinstance(u.fact, Task) and u.fact.section == section]
    return narrowed(mine, lambda n: of_parts.part_of_table(n, section), query, kb)


def _headed(
    words: Sequence[str], sections: Sequence[str], query: Query, kb: KnowledgeBase
) -> list[str]:
    """The parts whose heading has the words; where a part is asked for, that has most of them."""
    whole = [s for s in sections if all(word in spelled(s, kb) for word in words)]
    if whole or not kb.lexicon.noun("one_part").search(query.text):
        return whole
    asked = "".join(words)
    shares = {s: sum(char in s for char in asked) / max(len(asked), 1) for s in sections}
    best = max(shares.values(), default=0.0)
    return [s for s, share in shares.items() if share == best >= _MOST]


def _saying(words: Sequence[str], kb: KnowledgeBase) -> Callable[[Unit], Sequence[str]]:
    """The sentences of a task that have the words, each with whose it is."""

    def said(unit: Unit) -> Sequence[str]:
        if not isinstance(unit.fact, Task):
            return ()
        sentences = ((a.by, s) for a in unit.fact.actions for s in _SENTENCE.findall(a.summary))
        held = [(by, s) for by, s in sentences if all(w in spelled(s, kb) for w in words)]
        return [say.said_by(by, sentence) for by, sentence in held[:_MOST_SAID]]

    return said


def mentioning(query: Query, kb: KnowledgeBase) -> Answer | None:
    """哪几项写了教育部: the tasks of a table that have the very words."""
    read = reading(query, kb)
    words = read.left("mention", "count", "documents", "share")
    if not read.has("mention") or not words or not kb.lexicon.noun("table").search(query.text):
        return None
    tasks = tasks_of(query, kb)
    units = [u for u in tasks if all(w in kb.text_of(u) for w in words)]
    what = "、".join(words)
    if tasks and not units and kb.index.unknown(words):
        first = in_order(by_notice(tasks), query.scope, kb)[0]
        lacks = say.lacks_tasks(say.mention(first, what))
        return lacking(lacks, say.nearest_table(first), first, query, kb)
    return narrowed(units, lambda n: say.mention(n, what), query, kb, _saying(words, kb))
