"""Lists of what stands under a heading: the items of a section, the steps of a campaign."""

from __future__ import annotations

from datetime import date

from intents.lists.numbers import said_count
from intents.lists.operators import Reading, reading
from intents.lists.sections import task_section
from intents.lists.subject import spelled
from intents.lists.tables import notices_of, option, section_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import answers as say
from intents.wording import counting
from intents.wording import parts as of_parts
from knowledge.late import late
from knowledge.model import Clause, Notice
from knowledge.snapshot import KnowledgeBase

_SECTION = late("[一二三四五六七八九十]+")
_SAYS_NOTHING = ("活动", "工作", "要求", "安排")
_COUNTED = late(
    "[一二三四五六七八九十两\\d]{1,3}[大个项条件]{0,2}(?=(?:重点|专项|主要)*(?:行动|任务))"
)


def parts(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The items under a heading that the question names, or the steps of a campaign in time.

    None unless the question says nothing besides.
    """
    read = reading(query, kb)
    steps = read.has("steps")
    listing = "list" in query.asks or read.has("count") or said_count(query) is not None
    if not (steps or listing) or query.scope.pointed or query.departments or query.duty:
        return None
    if read.has("unasked"):
        return None  # 除了总体要求还有哪几块: what is named is not asked for
    if query.scope.months or query.scope.days:
        return None
    if query.scope.empty and not (steps and not _besides(read)) and not says_how_many(query, kb):
        return None
    meant = in_order(notices_of(query, kb, "clause"), query.scope, kb)
    if steps and not _besides(read):
        dated = ((notice, dated_section(notice)) for notice in meant)
        return next((_steps(s, notice, query, kb) for notice, s in dated if s), None)
    named = {notice: s for notice in meant if (s := _headed(notice, query, read, kb))}
    if (said := said_count(query)) is not None and not query.scope.notices:
        named = {n: s for n, s in named.items() if len(children(n, s)) == said}
    return _items(named, query, kb) if named else None


def says_how_many(query: Query, kb: KnowledgeBase) -> bool:
    """五大行动, 任务一共23项对吗: key tasks are spoken of, how many, and nothing besides."""
    read, actions = reading(query, kb), kb.lexicon.noun("actions")
    if said_count(query) is None or not actions.search(read.text):
        return False
    return not _words(actions.sub("\n", _COUNTED.sub("\n", read.text)), read)


def _besides(read: Reading) -> bool:
    text = read.text.replace("活动", "\n").replace("时间", "\n").replace("万里行", "\n")
    return bool(read.left("steps", "count", "each", "documents", text=text))


def children(notice: Notice, section: Clause) -> list[Clause]:
    return [c for c in notice.clauses if c.label.startswith(f"{section.label}（")]


def _headed(notice: Notice, query: Query, read: Reading, kb: KnowledgeBase) -> Clause | None:
    """The section whose heading is all that the question names."""
    sections = [c for c in notice.clauses if _SECTION.fullmatch(c.label) and children(notice, c)]
    for section in sections:
        heading = spelled(section.heading, kb)
        if heading in read.text and not _words(read.text.replace(heading, "\n"), read):
            return section
    if says_how_many(query, kb):
        return task_section(notice, kb)
    if said_count(query) is not None and kb.lexicon.noun("actions").search(read.text):
        return None
    words = _words(read.text, read)
    if len(words) != 1 or words[0] in _SAYS_NOTHING:
        return None
    named = [s for s in sections if words[0] in spelled(s.heading, kb)]
    return named[0] if len(named) == 1 else None


def _words(text: str, read: Reading) -> tuple[str, ...]:
    return read.left("count", "each", "documents", "mention", text=text)


def _items(named: dict[Notice, Clause], query: Query, kb: KnowledgeBase) -> Answer:
    """The items of the first notice's section; the others are options."""
    (notice, section), *others = named.items()
    items = children(notice, section)
    said = said_count(query)
    tasks = section == task_section(notice, kb)
    head = of_parts.items_of(notice, section.heading, len(items), "项" if tasks else "条")
    if said is not None and said != len(items):
        head = counting.not_as_many(said) + head
    lines = [head, *(f"{c.label[len(section.label) :]}{c.heading}" for c in items)]
    labels = [section.label, *(c.label for c in items)]
    menu = [option(n, of_parts.ask_items(s.heading)) for n, s in others]
    return told(lines, notice, labels, query, kb, menu, [section.label])


def dated_section(notice: Notice) -> Clause | None:
    """The section under which the dated steps stand, if there is one."""
    dated = [section_of(p.clause) for p in notice.periods if "（" in p.clause]
    most = max(dated, key=dated.count, default="")
    if dated.count(most) < 2:
        return None
    return next((c for c in notice.clauses if c.label == most), None)


def _steps(section: Clause, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer:
    when = {p.clause: say.period_words(p) for p in reversed(notice.periods)}
    items = children(notice, section)
    lines = [
        of_parts.step_line(c.label[len(section.label) :], c.heading, when.get(c.label, ""))
        for c in items
    ]
    head = of_parts.steps_of(notice, section.heading, len(items))
    labels = [section.label, *(c.label for c in items)]
    return told([head, *lines], notice, labels, query, kb, (), [section.label])
