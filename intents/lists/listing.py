"""Answers that are lists: tasks, attachments, targets, parts of a notice; whole or counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from intents.lists.both_duties import by_kind
from intents.lists.by_duty import (
    no_such_duty,
    of_issuer_alone,
    parts_of_actor,
    unasked,
)
from intents.lists.catalogue import catalogue
from intents.lists.completed import completion_in
from intents.lists.duties import (
    is_duty,
    named_actor,
    names_level,
    of_actor,
    whose,
)
from intents.lists.extremes import extreme
from intents.lists.handed import handed
from intents.lists.numbers import said_count
from intents.lists.occurrences import occurrences
from intents.lists.of_text import of_text, said_of_text
from intents.lists.one_task import believed_of_one, completion_of_one, duty_of_one, part_in_one
from intents.lists.operators import reading
from intents.lists.ordinal import nth
from intents.lists.outlines import asks_for_parts, outline
from intents.lists.overview import overview
from intents.lists.parts import parts, says_how_many
from intents.lists.reckoning import reckoned
from intents.lists.schedule import calendar_of, is_dated, stretch_of_year, upcoming
from intents.lists.sections import task_items
from intents.lists.shares import shared
from intents.lists.subject import holds_most, is_only, mentions, rest_of, spelled
from intents.lists.tables import (
    around,
    by_notice,
    line_of,
    option,
    section_of,
    table_of,
    tasks_of,
    told,
    units_of,
)
from intents.lists.target_gap import targets_apart
from intents.lists.timed import step_named
from intents.lists.within import fullest_part, mentioning, of_section, part_of_table
from intents.query import Query
from intents.result import Answer
from intents.select import in_order, meets
from intents.telling import tell
from intents.where import where
from intents.wording import answers as say
from intents.wording import counting
from intents.wording import parts as of_parts
from intents.wording import tasks as of_tasks
from knowledge.late import late
from knowledge.model import Notice, Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_ANY = late("有没有|有无|有没")
# How often, and for how many, something was done: no list of what is to be done holds it.
_OCCASIONS = ("场", "次", "期", "届", "家", "人")


def listed(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The list that is asked for, or None where the question asks for none that is typed."""
    if query.outside and not query.values:
        return reckoned(query, kb, today)  # 签发 is a thing of the wider field, and a day
    if query.values or query.outside or query.scope.absent:
        return None
    if query.scope.pointed:
        pointed = _pointed_at(query, kb, today)
        return replace(pointed, exact=True) if pointed else None
    soon = upcoming(query, kb, today)
    met = None if soon else _exactly(query, kb, today)
    if met is not None:
        return replace(met, exact=True)
    return soon or _in_time(query, kb, today) or _by_noun(query, kb, today)


def _pointed_at(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What is asked of the one place that is pointed at."""
    return (
        part_of_table(query, kb)
        or nth(query, kb, today)
        or part_in_one(query, kb, today)
        or believed_of_one(query, kb)
        or completion_of_one(query, kb)
    )


def _exactly(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The kinds that leave no word of the question over."""
    return (
        reckoned(query, kb, today)
        or targets_apart(query, kb)
        or (of_text(query, kb) if said_of_text(query) else None)
        or _by_duty(query, kb, today)
        or handed(query, kb)
        or shared(query, kb, today)
        or of_text(query, kb)
        or fullest_part(query, kb)
        or nth(query, kb, today)
        or extreme(query, kb)
        or occurrences(query, kb)
        or step_named(query, kb, today)
        or parts(query, kb, today)
        or (outline(query, kb) if asks_for_parts(query, kb) else None)
        or catalogue(query, kb, today)
        or overview(query, kb)
    )


def _by_duty(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """Tasks by whose duty they are, in the words of the tables or in none of them."""
    read = reading(query, kb)
    listing = "list" in query.asks or read.has("count")
    if query.duty is not None:
        if query.departments:
            return None
        return (
            by_kind(query, kb)
            or duty_of_one(query, kb)
            or _tasks(query, kb, today)
            or (no_such_duty(query, kb) if listing else None)
        )
    listing = listing or (read.has("unasked") and bool(_ANY.search(read.text)))
    if not listing or query.departments:
        return None
    units = tasks_of(query, kb)
    if not units:
        return None
    if alone := of_issuer_alone(units, read, query, kb):
        return alone
    if read.has("unasked"):
        return unasked(units, read, query, kb)
    actor = named_actor(query, kb)
    if actor is not None:
        rest = read.text.replace(spelled(actor, kb), "\n")
        if not read.left("share", "count", "mention", text=rest):
            return parts_of_actor(of_actor(units, actor), actor, query, kb)
    return None


def _in_time(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What is due when, or takes place."""
    if reading(query, kb).has("length") or query.measure in _OCCASIONS:
        return None
    if "who" in query.asks and not reading(query, kb).has("hand_in"):
        return None
    if query.scope.months or query.scope.days or stretch_of_year(query, kb):
        return calendar_of(query, kb, today)
    dated = is_dated(query, kb) or (
        not rest_of(query, kb, kb.lexicon.noun("tasks"))
        and kb.lexicon.noun("dated").search(query.text)
    )
    return calendar_of(query, kb, today) if "list" in query.asks and dated else None


def _by_noun(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """A list that is called by its noun: tasks, parts, attachments, targets."""
    if {"who", "contact"} & set(query.asks) or query.duty is not None:
        return None
    if query.measure in _OCCASIONS:
        return None
    noun = kb.lexicon.noun
    attached = "attachment" in query.asks and "columns" not in query.asks
    if attached and not rest_of(query, kb, noun("attachments")):
        return _attachments(query, kb)
    if says_how_many(query, kb):
        return _tasks(query, kb, today)
    if "list" not in query.asks and not (query.scope.notices and reading(query, kb).has("count")):
        return None
    finished = completion_in(query.rest, kb)
    if reading(query, kb).has("unasked") and not (finished and finished.other):
        return None
    if query.segments and all(names_level(s, kb) for s in query.segments):
        return _tasks(query, kb, today)
    if not query.segments and not query.scope.empty:
        return _tasks(query, kb, today) or outline(query, kb)
    narrow = None if finished else of_section(query, kb) or mentioning(query, kb)
    if narrow:
        return narrow
    related = reading(query, kb).has("mention") and query.scope.notices and query.segments
    if (
        mentions(query, noun("tasks"))
        or finished
        or related
        or is_only(query, noun("activities"), kb)
    ):
        return _tasks(query, kb, today)
    if is_only(query, noun("attachments"), kb):
        return _attachments(query, kb)
    if is_only(query, noun("targets"), kb):
        return _targets(query, kb)
    return None


def _tasks(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """Tasks of one notice, narrowed by duty and by what else the subject says."""
    words = () if says_how_many(query, kb) else rest_of(query, kb, kb.lexicon.noun("tasks"))
    units = tasks_of(query, kb)
    if done := completion_in(query.rest, kb):
        units = [u for u in units if done.meets(u)]
        words = reading(query, kb).left("count", "share", text=done.rest)
    if query.duty is not None:
        units = [u for u in units if is_duty(u, query, kb)]
        bare = (w for word in words for w in reading(query, kb).left("mention", text=word))
        words = tuple(w for w in bare if not names_level(w, kb))
    elif words and all(names_level(w, kb) for w in words):
        units = [u for u in units if is_duty(u, query, kb)]
        words = ()
    if words:
        by_name = [] if reading(query, kb).has("mention") else units
        near = [u for u in by_name if _about(u, words, kb)]
        units = near or [u for u in units if holds_most(kb.text_of(u), words)]
    grouped = by_notice(units)
    if not words and query.duty is None and not done:
        held = kb.notices_at(where(query.scope, "clause"))
        grouped |= {n: us for n in held if n not in grouped and (us := _items(n, query, kb))}
    if not grouped:
        return None
    said = said_count(query)
    ordered = in_order(grouped, query.scope, kb)
    # How many there are said to be tells of which notice they are.
    first, *others = sorted(ordered, key=lambda n: abs(len(grouped[n]) - (said or len(grouped[n]))))
    mine = grouped[first]
    only = mine[0].fact
    if len(mine) == 1 and isinstance(only, Task):
        return _only(mine[0], words, query, kb, today)
    what = _what(first, words, query, kb)
    what += of_tasks.ending(done.words, done.other) if done else ""
    taken = said if said is not None and said != len(mine) and not words else None
    return _several(mine, others, what, taken, query, kb)


def _several(
    mine: Sequence[Unit],
    others: Sequence[Notice],
    what: str,
    taken: int | None,
    query: Query,
    kb: KnowledgeBase,
) -> Answer:
    """The tasks of one notice, a line each; `taken`: how many the question wrongly takes them for.

    The `others` are offered.
    """
    first, only = mine[0].notice, mine[0].fact
    head = of_tasks.count_tasks(len(mine), what)
    if taken is not None:
        head = counting.not_as_many(taken) + head
    labels = [u.label for u in mine]
    whole = isinstance(only, Task) and len(mine) == len(first.tasks)
    top = [table_of(first)] if whole else [] if isinstance(only, Task) else [section_of(labels[0])]
    menu = [option(n, of_tasks.ask_tasks(query.duty)) for n in others]
    lines = [head, *_lines(mine, query)]
    return told(lines, first, [*top, *labels], query, kb, menu, top or around(labels))


def _only(unit: Unit, words: Sequence[str], query: Query, kb: KnowledgeBase, today: date) -> Answer:
    """The one task there is; counted where their number is asked for."""
    lines = [tell(unit, "content", query, kb, today)]
    if reading(query, kb).has("count"):
        lines.insert(0, of_tasks.count_tasks(1, _what(unit.notice, words, query, kb)))
    return told(lines, unit.notice, [unit.label], query, kb)


def _what(notice: Notice, words: Sequence[str], query: Query, kb: KnowledgeBase) -> str:
    said = f"{''.join(words) or whose(query, kb)}{query.duty or ''}"
    return f"{notice.short}{said}{kb.lexicon.task_sections[0]}"


def _lines(units: Sequence[Unit], query: Query) -> list[str]:
    """A line a task; where it is a duty of few, with whose it is."""
    if query.duty is None or len(units) > of_tasks.MOST_WITH_SCOPES:
        return [line_of(unit) for unit in units]
    return [
        of_tasks.task_line_for(u.fact, query.duty) if isinstance(u.fact, Task) else line_of(u)
        for u in units
    ]


def _attachments(query: Query, kb: KnowledgeBase) -> Answer | None:
    grouped = by_notice(units_of(query, kb, "attachment"))
    if not grouped:
        return _no_attachments(query, kb)
    first, *others = in_order(grouped, query.scope, kb)
    mine = grouped[first]
    lines = [of_parts.count_attachments(first, len(mine)), *(u.name for u in mine)]
    menu = [option(n, of_parts.ASK_ATTACHMENTS) for n in others]
    return told(lines, first, [u.label for u in mine], query, kb, menu)


def _no_attachments(query: Query, kb: KnowledgeBase) -> Answer | None:
    """The one notice that is named has none: said."""
    if len(query.scope.notices) != 1 or query.scope.pointed:
        return None
    notice = kb.notice(query.scope.notices[0])
    lacks = of_parts.no_attachments(notice)
    found = told([lacks], notice, [notice.clauses[0].label], query, kb)
    text = f"{found.pages[0]}\n{say.to_staff()}"
    return Answer("refuse", (text,), found.citations, lacks=lacks)


def _targets(query: Query, kb: KnowledgeBase) -> Answer | None:
    grouped = by_notice(units_of(query, kb, "target"))
    if not grouped:
        return None
    first, *others = in_order(grouped, query.scope, kb)
    mine = grouped[first]
    lines = [of_parts.targets_of(first, len(mine)), *map(line_of, mine)]
    menu = [option(n, of_parts.ASK_TARGETS) for n in others]
    return told(lines, first, list(dict.fromkeys(u.label for u in mine)), query, kb, menu)


def _items(notice: Notice, query: Query, kb: KnowledgeBase) -> list[Unit]:
    """The items of the section of key tasks, where they stand as clauses."""
    items = task_items(notice, kb)
    scope = query.scope.of_all_labels()
    if not items or scope.campaign not in (None, notice.campaign):
        return []
    units = (u for u in kb.units_of(notice) if u.kind == "clause" and u.label in items)
    return [u for u in units if meets(u, scope, kb)]


def _about(unit: Unit, words: Iterable[str], kb: KnowledgeBase) -> bool:
    """Whether the unit's name (and its part of the table) holds most of the words."""
    fact = unit.fact
    name = unit.name + (fact.section if isinstance(fact, Task) else "")
    return holds_most(spelled(name, kb), words)
