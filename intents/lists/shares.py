"""Who has which tasks of a table: alone, with others, how many, and who has the most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from intents.evidence.words import names_of
from intents.lists.by_number import by_number, ranked
from intents.lists.completed import completion_in
from intents.lists.duties import is_duty, names_level, whose
from intents.lists.numbers import said_count
from intents.lists.operators import Reading, reading
from intents.lists.rivals import rivals
from intents.lists.subject import holds_most, spelled
from intents.lists.tables import around, by_notice, option, tasks_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.turn import Citation
from intents.understand import understand, without_duty
from intents.wording import answers as say
from intents.wording import shares as of_shares
from intents.wording import tasks as of_tasks
from knowledge.late import late
from knowledge.model import Duty, Notice, Task
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_SHORTEST = 3
_NAMED = 0.6
_OF_THEM = "其中"
# A department of another name than any of the tables: 财务司.
_ORGAN = late(
    "(?:^|[^\u4e00-\u9fff]|[在里由归是给,年])([\u4e00-\u9fff]{1,6}?(?<![布格结])[司部局处办委院])(?=[^门位里内]|$)"
)
Holds = Callable[[Task], bool]


def shared(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """保护司单独牵头的有哪几项: the tasks of the departments that are named.

    None unless tasks are asked for by who has them, and every word of the question is met.
    """
    units = tasks_of(query, kb)
    read = reading(query, kb)
    if query.scope.pointed or not units or read.has("unasked"):
        return None
    who = _who(query, read, units, kb)
    if _OF_THEM in read.text and (told := _and_of_them(query, units, kb, today)):
        return told
    if not who:
        return (
            by_number(read, units, query, kb)
            or ranked(read, units, query, kb)
            or _unknown(read, units, query, kb)
        )
    if not _asks_for_tasks(query, read):
        return None
    if apart := rivals(who, read, units, query, kb):
        return apart
    prefix = [name for name in who if name not in query.departments]
    text = _without(read.text, prefix, kb)
    done = completion_in(text, kb)
    if done:
        text = done.rest
        units = [u for u in units if done.meets(u)]
    if query.duty is not None:
        return _of_duty(who, query.duty, without_duty(text), read, units, query, kb)
    rest = read.left("share", "alone", "together", "count", "mention", text=text)
    rest = tuple(word for word in rest if not _is_name(word, units, kb))
    if rest:
        units = [u for u in units if holds_most(kb.text_of(u), rest)]
    ends = of_tasks.ending(done.words, done.other) if done else ""
    return _of_departments(who, bool(prefix), read, units, query, kb, ends)


def _of_duty(
    who: tuple[str, ...],
    duty: Duty,
    text: str,
    read: Reading,
    units: Sequence[Unit],
    query: Query,
    kb: KnowledgeBase,
) -> Answer | None:
    """条法司牵头的里面有没有选做的: of a department's tasks those that are a duty, or a choice."""
    left = read.left("share", "count", "mention", text=text)
    if not all(names_level(word, kb) for word in left):
        return None
    wanted = set(who)
    held = [u for u in units if wanted & set(_departments(u))]
    mine = [u for u in held if is_duty(u, query, kb)]
    if not mine:
        return _none_such(who, lambda n, w: of_shares.share_of_duty(n, w, duty), held, query, kb)
    first = in_order(by_notice(mine), query.scope, kb)[0]
    mine = [u for u in mine if u.notice is first]
    lines = [
        of_tasks.count_tasks(
            len(mine), of_shares.share_of_duty(first, "、".join(who), duty, whose(query, kb))
        )
    ]
    lines += [of_tasks.task_line_for(u.fact, duty) for u in mine if isinstance(u.fact, Task)]
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))


def _is_name(word: str, units: Sequence[Unit], kb: KnowledgeBase) -> bool:
    """Whether a table is called that, if not quite so: 高质量发展纲要任务里."""
    asked = pairs(word)
    names = (names_of(notice, kb) for notice in by_notice(units))
    return len(word) > _SHORTEST and any(
        sum(pair in name for pair in asked) >= _NAMED * len(asked) for name in names
    )


def _and_of_them(
    query: Query, units: Sequence[Unit], kb: KnowledgeBase, today: date
) -> Answer | None:
    """参与几项，其中单独负责的几项: the tasks of a department, and those among them that the rest
    of the question narrows to."""
    head, tail = (understand(part, kb, today.year) for part in query.text.split(_OF_THEM, 1))
    if not head.departments or tail.values or tail.outside or tail.duty:
        return None
    read, others = reading(tail, kb), set(tail.departments) - set(head.departments)
    alone, joined = read.has("alone"), read.has("together") or bool(others)
    if alone == joined or read.left("share", "alone", "together", "count", "mention"):
        return None
    whole = [u for u in units if set(head.departments) & set(_departments(u))]
    if not whole:
        return None
    first = in_order(by_notice(whole), query.scope, kb)[0]
    whole = [u for u in whole if u.notice is first]
    narrow = [u for u in whole if (len(_departments(u)) == 1) == alone]
    narrow = [u for u in narrow if others <= set(_departments(u))]
    who, numbers = "、".join(head.departments), [_number(u) for u in narrow]
    what = of_shares.alone_among() if alone else of_shares.together_among("、".join(sorted(others)))
    lines = [
        of_tasks.count_tasks(len(whole), of_shares.share_of(first, who)),
        *map(_line, whole),
        of_shares.among_them(what, numbers),
    ]
    labels = [u.label for u in whole]
    return told(lines, first, labels, query, kb, (), around(labels))


def _departments(unit: Unit) -> tuple[str, ...]:
    return unit.fact.departments if isinstance(unit.fact, Task) else ()


def _number(unit: Unit) -> int:
    assert isinstance(unit.fact, Task)
    return unit.fact.no


def _asks_for_tasks(query: Query, read: Reading) -> bool:
    asked = "list" in query.asks or "content" in query.asks
    return asked or read.has("alone", "together", "count") or said_count(query) is not None


def _of_departments(
    who: tuple[str, ...],
    grouped: bool,
    read: Reading,
    units: list[Unit],
    query: Query,
    kb: KnowledgeBase,
    ends: str = "",
) -> Answer | None:
    """`ends`: how they are to be done, where only such tasks are asked for."""
    wanted = set(who)
    name = "、".join(who)
    holds: Holds = lambda t: bool(wanted & set(t.departments))  # noqa: E731
    what = of_shares.share_of
    if read.has("alone"):
        holds = lambda t: bool(t.departments) and set(t.departments) <= wanted  # noqa: E731
        what = of_shares.share_alone
        if len(who) > 1 and not grouped:
            holds = lambda t: len(t.departments) == 1 and t.departments[0] in wanted  # noqa: E731
    elif read.has("together", "each") and len(who) > 1 and not grouped:
        holds = lambda t: wanted <= set(t.departments)  # noqa: E731
        what = of_shares.share_together
    elif read.has("together"):
        holds = lambda t: wanted < set(t.departments)  # noqa: E731
        what = of_shares.share_with_others
    mine = [u for u in units if isinstance(u.fact, Task) and holds(u.fact)]
    if not mine:
        return _none_such(who, what, units, query, kb)
    first, *others = in_order(by_notice(mine), query.scope, kb)
    menu = [option(n, of_shares.ask_share(name)) for n in others]
    chosen = [u for u in mine if u.notice is first]
    line = _with_departments if len(who) > 1 or what is of_shares.share_with_others else _line
    lines = [of_tasks.count_tasks(len(chosen), f"{what(first, name)}{ends}"), *map(line, chosen)]
    labels = [u.label for u in chosen]
    return told(lines, first, labels, query, kb, menu, around(labels))


def _none_such(
    who: tuple[str, ...],
    what: Callable[[Notice, str], str],
    units: list[Unit],
    query: Query,
    kb: KnowledgeBase,
) -> Answer | None:
    """No task is theirs alone, or with each other: said, with those that are theirs at all."""
    mine = [u for u in units if isinstance(u.fact, Task) and set(who) & set(u.fact.departments)]
    if not mine or what is of_shares.share_of:
        return None
    first = in_order(by_notice(mine), query.scope, kb)[0]
    chosen = [u for u in mine if u.notice is first]
    lacks = of_tasks.lacks_tasks(what(first, "、".join(who)))
    head = of_tasks.count_tasks(len(chosen), of_shares.share_of(first, "、".join(who)))
    labels = [u.label for u in chosen]
    found = told(
        [lacks, say.nearest(head), *map(_with_departments, chosen)],
        first, labels, query, kb, (), around(labels),
    )  # fmt: skip
    text = f"{found.pages[0]}\n{say.to_staff()}"
    return Answer("refuse", (text, *found.pages[1:]), found.citations, lacks=lacks)


def _unknown(
    read: Reading, units: Sequence[Unit], query: Query, kb: KnowledgeBase
) -> Answer | None:
    """财务司管哪几项: a department that the table has not; where its tasks speak of it, those."""
    asked = read.has("alone", "count") or not {"list", "who"}.isdisjoint(query.asks)
    if not read.has("share") or not asked:
        return None
    words = _ORGAN.findall(read.text)
    if len(words) != 1 or not words[0]:
        return None
    rest = read.text.replace(words[0], "\n")
    if read.left("share", "alone", "together", "count", "documents", text=rest):
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    of_it = [u for u in units if u.notice is first and words[0] in kb.text_of(u)]
    lacks = of_tasks.lacks_tasks(of_shares.share_of(first, words[0]))
    if not of_it:
        return Answer("refuse", (f"{lacks}\n{say.to_staff()}",), _top(first), lacks=lacks)
    head = of_tasks.count_tasks(len(of_it), of_tasks.mention(first, words[0]))
    labels = [u.label for u in of_it]
    found = told([lacks, say.nearest(head), *map(_line, of_it)], first, labels, query, kb)
    return replace(found, kind="refuse", lacks=lacks)


def _top(notice: Notice) -> tuple[Citation, ...]:
    """The table itself."""
    label = notice.tasks[0].clause.split(" ", 1)[0]
    return (Citation(notice.id, notice.doc_number, label),)


def _who(query: Query, read: Reading, units: Sequence[Unit], kb: KnowledgeBase) -> tuple[str, ...]:
    """The departments that are named; 专利局 names all that begin with it."""
    if query.departments:
        return query.departments
    known = {d for u in units if isinstance(u.fact, Task) for d in u.fact.departments}
    found: dict[str, set[str]] = {}
    for name in known:
        full = spelled(name, kb)
        for end in range(len(full) - 1, _SHORTEST - 1, -1):
            if full[:end] in read.text and full[end - 1] in "局部院":
                found.setdefault(full[:end], set()).add(name)
                break
    return tuple(sorted(found[max(found, key=len)])) if found else ()


def _without(text: str, prefix: Sequence[str], kb: KnowledgeBase) -> str:
    """The text without the beginning that the names share."""
    if not prefix:
        return text
    names = [spelled(name, kb) for name in prefix]
    for end in range(min(map(len, names)), _SHORTEST - 1, -1):
        if names[0][:end] in text:
            return text.replace(names[0][:end], "\n")
    return text


def _line(unit: Unit) -> str:
    assert isinstance(unit.fact, Task)
    return of_tasks.task_line(unit.fact)


def _with_departments(unit: Unit) -> str:
    assert isinstance(unit.fact, Task)
    return of_tasks.task_line_with(unit.fact, unit.fact.departments)
