"""Answers that are lists: tasks, attachments, targets, parts of a notice; whole or counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from intents.conversation import MenuItem
from intents.query import Query
from intents.result import Answer
from intents.schedule import calendar_of, is_dated, upcoming
from intents.sections import task_items
from intents.select import in_order, meets, met
from intents.subject import holds_most, is_only, mentions, rest_of, says_little
from intents.telling import cited, pages
from intents.turn import Citation
from intents.where import where
from intents.wording import answers as say
from knowledge.model import Clause, Notice, Task
from knowledge.model import Scope as TaskScope
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

ROOM = 1150
# The nouns by which a typed list is asked for; what else the subject says narrows the list.
_TASKS = re.compile(r"(?:重点)?(?:任务|工作|行动)")
_ATTACHMENTS = re.compile(r"附件(?!\d)|表格|附表")
_TARGETS = re.compile(r"(?:主要|量化|具体|工作)*(?:目标|指标)(?:数字|值)?|数字|数据")
_TO_DO = re.compile("[要须需得]?(?:必须)?[做干办]的?")
_SHARES = re.compile("负责|牵头|参与|参加|承担|管|活|要做|清单|任务")
_SECTION = re.compile("[一二三四五六七八九十]+")
_RELATED = re.compile("有关|相关|涉及|提到")
_DATED_NOUN = re.compile("时间|日程|节点|报送|[报交送]哪|哪些材料|什么材料|要[报交]")
_PARTS = re.compile("块|部分|大类|方面|章")
_MOST_OF_SCOPE = 0.6


def listed(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The list that is asked for, or None where the question asks for none that is typed."""
    if query.values or query.outside or query.scope.pointed:
        return None
    if soon := upcoming(query, kb, today):
        return soon
    if query.duty is not None:
        return _tasks(query, kb)
    if query.departments and _asks_for_share(query, kb):
        return _share(query, kb)
    if "who" in query.asks:
        return None
    if query.scope.months or query.scope.days or ("list" in query.asks and is_dated(query)):
        return calendar_of(query, kb, today)
    if "list" in query.asks and not query.segments and _DATED_NOUN.search(query.text):
        return calendar_of(query, kb, today)
    if not query.segments and "attachment" in query.asks:
        return _attachments(query, kb)
    if "list" not in query.asks:
        return None
    if query.segments and all(_names_level(s, kb) for s in query.segments):
        return _tasks(query, kb)
    parts = all(_PARTS.search(segment) for segment in query.segments)
    if parts and query.scope.notices and _PARTS.search(query.text):
        return _outline(query, kb)
    if not query.segments and not query.scope.empty:
        return _tasks(query, kb) or _outline(query, kb)
    related = _RELATED.search(query.text) and query.scope.notices
    finished = kb.lexicon.completions.expression.search(query.text)
    if mentions(query, _TASKS) or finished or related:
        return _tasks(query, kb)
    if is_only(query, _ATTACHMENTS):
        return _attachments(query, kb)
    if is_only(query, _TARGETS):
        return _targets(query, kb)
    return None


def _asks_for_share(query: Query, kb: KnowledgeBase) -> bool:
    """保护司牵头几项: a department is named, and what it has is asked for."""
    rest = query.subject
    for department in query.departments:
        rest = rest.replace(kb.canonical(department), "")
    rest = kb.lexicon.completions.expression.sub("", rest)
    rest = _TASKS.sub("", rest)
    rest = _SHARES.sub("", rest)
    return ("list" in query.asks or "content" in query.asks) and says_little(rest)


def _tasks(query: Query, kb: KnowledgeBase) -> Answer | None:
    """Tasks of one notice, narrowed by duty and by what else the subject says."""
    words = rest_of(query, _TASKS)
    units = [u for u in _units(query, kb, "task") if isinstance(u.fact, Task)]
    completion = kb.lexicon.completions.expression
    if finished := completion.search(query.text):
        units = [u for u in units if _ends(u, finished[0])]
        words = tuple(w for w in words if not completion.search(w))
    if query.duty is not None:
        units = [u for u in units if _is_duty(u, query, kb)]
        words = tuple(w for w in words if not _names_level(w, kb))
    elif words and all(_names_level(w, kb) for w in words):
        units = [u for u in units if _is_duty(u, query, kb)]
        words = ()
    if words:
        by_name = [] if _RELATED.search(query.text) else units
        near = [u for u in by_name if _about(u, words, kb)]
        units = near or [u for u in units if holds_most(kb.text_of(u), words)]
    by_notice = _grouped(units, kb)
    if not words and query.duty is None and not finished:
        by_notice |= {
            n: us
            for n in kb.notices_at(where(query.scope, "clause"))
            if n not in by_notice and (us := _items(n, query, kb))
        }
    if not by_notice:
        return None
    first, *others = in_order(by_notice, query.scope, kb)
    mine = by_notice[first]
    only = mine[0].fact
    if len(mine) == 1 and isinstance(only, Task):
        return _answer([say.task(only, ())], first, [mine[0].label], (), query, kb)
    what = f"{first.short}{''.join(words)}{query.duty or ''}{kb.lexicon.task_sections[0]}"
    lines = [say.count_tasks(len(mine), what), *map(_line, mine)]
    labels = [u.label for u in mine]
    top = [] if isinstance(mine[0].fact, Task) else [_section(mine[0].label)]
    source = [*top, *labels] if top else labels
    menu = tuple(_other(n, say.ask_tasks(query.duty)) for n in others)
    return _answer(lines, first, source, menu, query, kb, named=top or _around(labels))


def _share(query: Query, kb: KnowledgeBase) -> Answer | None:
    """What a department is responsible for."""
    wanted = set(query.departments)
    finished = kb.lexicon.completions.expression.search(query.text)
    units = [
        u
        for u in _units(query, kb, "task")
        if isinstance(u.fact, Task)
        and wanted & set(u.fact.departments)
        and (finished is None or _ends(u, finished[0]))
    ]
    by_notice = _grouped(units, kb)
    if not by_notice:
        return None
    first, *others = in_order(by_notice, query.scope, kb)
    mine = by_notice[first]
    who = "、".join(query.departments)
    lines = [say.count_tasks(len(mine), say.share_of(first, who)), *map(_line, mine)]
    menu = tuple(_other(n, say.ask_share(who)) for n in others)
    labels = [u.label for u in mine]
    return _answer(lines, first, labels, menu, query, kb, named=_around(labels))


def _outline(query: Query, kb: KnowledgeBase) -> Answer | None:
    """How a notice is built: its sections, and how many items it has."""
    notice = next((u.notice for u in _units(query, kb, "clause")), None)
    if notice is None:
        return None
    sections = [c for c in notice.clauses if _SECTION.fullmatch(c.label)]
    items = [c for c in notice.clauses if "（" in c.label]
    if not sections:
        parts = list(dict.fromkeys(t.section for t in notice.tasks))
        head = say.outline(notice, len(parts), len(notice.tasks))
        return _answer([head, *parts], notice, ["附件"], (), query, kb) if parts else None
    head = say.outline(notice, len(sections), len(items))
    lines = [head, *(f"{c.label}、{c.heading}" for c in sections)]
    return _answer(lines, notice, [c.label for c in sections], (), query, kb)


def _attachments(query: Query, kb: KnowledgeBase) -> Answer | None:
    by_notice = _grouped(_units(query, kb, "attachment"), kb)
    if not by_notice:
        return None
    first, *others = in_order(by_notice, query.scope, kb)
    mine = by_notice[first]
    lines = [say.count_attachments(first, len(mine)), *(u.name for u in mine)]
    menu = tuple(_other(n, say.ASK_ATTACHMENTS) for n in others)
    return _answer(lines, first, [u.label for u in mine], menu, query, kb)


def _targets(query: Query, kb: KnowledgeBase) -> Answer | None:
    by_notice = _grouped(_units(query, kb, "target"), kb)
    if not by_notice:
        return None
    first, *others = in_order(by_notice, query.scope, kb)
    mine = by_notice[first]
    lines = [say.targets_of(first), *(_line(u) for u in mine)]
    menu = tuple(_other(n, say.ASK_TARGETS) for n in others)
    return _answer(lines, first, list(dict.fromkeys(u.label for u in mine)), menu, query, kb)


def _answer(
    lines: list[str],
    notice: Notice,
    labels: list[str],
    menu: tuple[MenuItem, ...],
    query: Query,
    kb: KnowledgeBase,
    named: list[str] | None = None,
) -> Answer:
    block = ("\n".join(lines), cited(notice, named or labels, query.scope, kb))
    citations = tuple(Citation(notice.id, notice.doc_number, x) for x in dict.fromkeys(labels))
    return Answer("answer", pages([block], ROOM), citations, menu[:3], ask="list")


def _units(query: Query, kb: KnowledgeBase, kind: UnitKind) -> list[Unit]:
    scope = replace(query.scope, labels=(), task=None, item=None)
    found = list(met(scope, kb, kind))
    own = [u for u in found if u.notice.campaign == scope.campaign]
    return own if scope.campaign else found


def _items(notice: Notice, query: Query, kb: KnowledgeBase) -> list[Unit]:
    """The items of the section of key tasks, where they stand as clauses."""
    items = task_items(notice, kb)
    scope = replace(query.scope, labels=(), task=None, item=None)
    if not items or scope.campaign not in (None, notice.campaign):
        return []
    units = (u for u in kb.units_of(notice) if u.kind == "clause" and u.label in items)
    return [u for u in units if meets(u, scope, kb)]


def _ends(unit: Unit, words: str) -> bool:
    fact = unit.fact
    if not isinstance(fact, Task) or fact.completion is None:
        return False
    return words[-3:] in fact.completion.words or words in fact.completion.words


def _is_duty(unit: Unit, query: Query, kb: KnowledgeBase) -> bool:
    """Whether one of the task's scopes has the duty, at the level that the question names."""
    fact = unit.fact
    if not isinstance(fact, Task):
        return False
    scopes = [s for s in fact.scopes if query.duty in (None, s.duty)]
    whole = {who for who in scopes_of(kb) if who in query.subject}
    if longest := max(whole, key=len, default=""):
        return any(longest in s.who for s in scopes)
    named = [s for s in scopes if _is_for(query.subject, s, kb)]
    return bool(named if any(_names_level(w, kb) for w in query.segments) else scopes)


@lru_cache(maxsize=4)
def scopes_of(kb: KnowledgeBase) -> frozenset[str]:
    """For whom tasks are, in all notices."""
    return frozenset(s.who for n in kb.notices for t in n.tasks for s in t.scopes)


def _names_level(word: str, kb: KnowledgeBase) -> bool:
    """Whether the word says for whom tasks are, in the words of their scopes, and hardly more."""
    if not kb.lexicon.audience_words.search(word):
        return False
    bare = _TO_DO.sub("", word)
    if len(kb.lexicon.audience_words.sub("", bare)) <= 2:
        return True
    whom = {pair for who in scopes_of(kb) for pair in pairs(who)}
    return sum(pair in whom for pair in pairs(bare)) >= _MOST_OF_SCOPE * (len(bare) - 1)


def _is_for(subject: str, scope: TaskScope, kb: KnowledgeBase) -> bool:
    """Whether the scope is for those whom the subject names."""
    audiences = (a for a in kb.lexicon.audiences if any(word in subject for word in a.words))
    audience = next(audiences, None)
    if audience is not None and not audience.is_open:
        part = audience.part is not None and audience.part in scope.who
        return part or scope.level == audience.level or scope.who == audience.who
    asked = set(pairs(subject))
    return scope.level[:1] in subject or bool(asked & set(pairs(scope.who)))


def _about(unit: Unit, words: Iterable[str], kb: KnowledgeBase) -> bool:
    """Whether the unit's name (and its part of the table) holds most of the words."""
    fact = unit.fact
    name = unit.name + (fact.section if isinstance(fact, Task) else "")
    return holds_most(kb.canonical(name), words)


def _grouped(units: Iterable[Unit], kb: KnowledgeBase) -> dict[Notice, list[Unit]]:
    out: dict[Notice, list[Unit]] = {}
    for unit in units:
        out.setdefault(unit.notice, []).append(unit)
    return out


def _line(unit: Unit) -> str:
    fact = unit.fact
    if isinstance(fact, Task):
        return say.task_line(fact)
    if isinstance(fact, Clause):
        return f"{unit.label[len(_section(unit.label)) :]}{fact.heading}"
    return f"· {say.target(fact)}" if unit.kind == "target" else f"· {unit.name}"  # type: ignore[arg-type]


def _section(label: str) -> str:
    return label.split("（", 1)[0]


def _around(labels: list[str]) -> list[str]:
    """`附件 任务4、附件 任务20` is told as `附件 任务4、任务20`; many as the attachment alone."""
    if len(labels) > 6:
        return [labels[0].split(" ", 1)[0]]
    return [labels[0], *(x.split(" ", 1)[-1] for x in labels[1:])]


def _other(notice: Notice, question: str) -> MenuItem:
    return MenuItem(notice.short, f"{notice.short}{question}")
