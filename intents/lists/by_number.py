"""Tasks of a table by how many departments have them, and departments by how many they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from intents.lists.operators import Reading
from intents.lists.tables import around, by_notice, line_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import counting
from intents.wording import shares as say
from intents.wording import tasks as of_tasks
from knowledge.model import Notice, Task
from knowledge.normalise import number
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_N = r"(?<!第)([一二两三四五六七八九十]{1,2}|\d{1,2})"
_WHO = "(?:责任)?(?:部门|司局?|单位|处室)"
_OFFICES = re.compile("部门|司局|处室")
_AT_LEAST = re.compile(
    rf"{_N}(?:个|家)?(?:{_WHO})?(?:及|或者?)?以上(?:的?{_WHO})?|(?:至少|不少于|起码)(?:有|由|是)?{_N}(?:个|家)(?:{_WHO})?"
)
_MORE = re.compile(rf"(?:超过|多于|大于|不止)(?:有|由)?{_N}(?:个|家)(?:{_WHO})?")
_JUST = re.compile(rf"(?:只有|恰好|正好|刚好|就)?{_N}(?:个|家)(?:{_WHO})")
_MOST = re.compile(f"{_WHO}(?:数|数量|个数)?最多")
Fits = Callable[[int], bool]


def by_number(
    read: Reading, units: Sequence[Unit], query: Query, kb: KnowledgeBase
) -> Answer | None:
    """哪几项是好几个部门一起干的: None unless their number is all that is asked for."""
    alone, together = read.has("alone"), read.has("together")
    if not (read.has("share") or "部门" in read.text):
        return None
    if told := _most(read, units, query, kb):
        return told
    found = _said(read.text)
    if found is not None:
        words, fits, text = found
        if read.left("together", "alone", "share", "count", "documents", text=text):
            return None
        return _told(units, fits, lambda n: say.by_so_many(n, words), query, kb)
    if alone == together or read.left("alone", "together", "share", "count", "documents"):
        return None
    if alone:
        return _told(units, lambda n: n == 1, say.by_one, query, kb)
    return _told(units, lambda n: n > 1, say.by_several, query, kb)


def _said(text: str) -> tuple[str, Fits, str] | None:
    """How many departments are meant, in words, as a test, and the text without it."""
    for pattern, words in ((_AT_LEAST, "至少{}个"), (_MORE, "超过{}个"), (_JUST, "恰好{}个")):
        match = pattern.search(text)
        many = number(next(filter(None, match.groups()))) if match else None
        if match and many and (many > 1 or pattern is not _JUST):
            return (
                words.format(counting.numeral(many)),
                _test(pattern, many),
                pattern.sub("\n", text, count=1),
            )
    return None


def _test(pattern: re.Pattern[str], many: int) -> Fits:
    if pattern is _AT_LEAST:
        return lambda n: n >= many
    return (lambda n: n > many) if pattern is _MORE else lambda n: n == many


def _most(read: Reading, units: Sequence[Unit], query: Query, kb: KnowledgeBase) -> Answer | None:
    """哪项任务责任部门最多."""
    if not _MOST.search(read.text):
        return None
    if read.left("share", "count", "documents", text=_MOST.sub("\n", read.text)):
        return None
    most = max((len(_departments(u)) for u in _first(units, query, kb)), default=0)
    return _told(units, lambda n: n == most, say.by_most, query, kb) if most else None


def ranked(read: Reading, units: Sequence[Unit], query: Query, kb: KnowledgeBase) -> Answer | None:
    """哪个司管的任务最多; 牵涉几个部门."""
    counts = read.has("count") and read.has("share") and bool(_OFFICES.search(read.text))
    if not read.has("most") and not counts:
        return None
    text = _OFFICES.sub("\n", read.text)
    if read.left("most", "share", "count", "together", "documents", "mention", text=text):
        return None
    if read.has("most") and not (read.has("share") or "who" in query.asks or "部门" in read.text):
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    tasks = [u for u in units if u.notice is first and isinstance(u.fact, Task)]
    tally = Counter(d for u in tasks if isinstance(u.fact, Task) for d in u.fact.departments)
    if not tally:
        return None
    ranks = tally.most_common()
    label = [first.tasks[0].clause.split(" ", 1)[0]]
    if not read.has("most"):
        lines = [say.departments_of(first, len(ranks))]
        lines += [say.department_line(name, count) for name, count in ranks]
        return told(lines, first, label, query, kb)
    top = [name for name, count in ranks if count == ranks[0][1]]
    mine = [u for u in tasks if isinstance(u.fact, Task) and set(top) & set(u.fact.departments)]
    lines = [say.has_most(first, top, ranks[0][1]), *map(line_of, mine)]
    if rest := ranks[len(top) : len(top) + 2]:
        lines.append(say.then(rest))
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))


def _told(
    units: Sequence[Unit],
    fits: Fits,
    what: Callable[[Notice], str],
    query: Query,
    kb: KnowledgeBase,
) -> Answer | None:
    mine = [u for u in _first(units, query, kb) if (n := len(_departments(u))) and fits(n)]
    if not mine:
        return None
    first = mine[0].notice
    lines = [of_tasks.count_tasks(len(mine), what(first)), *map(_line, mine)]
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))


def _first(units: Sequence[Unit], query: Query, kb: KnowledgeBase) -> list[Unit]:
    """The tasks of the first notice that is meant."""
    first = in_order(by_notice(units), query.scope, kb)[:1]
    return [u for u in units if u.notice in first]


def _departments(unit: Unit) -> tuple[str, ...]:
    return unit.fact.departments if isinstance(unit.fact, Task) else ()


def _line(unit: Unit) -> str:
    assert isinstance(unit.fact, Task)
    return of_tasks.task_line_with(unit.fact, unit.fact.departments)
