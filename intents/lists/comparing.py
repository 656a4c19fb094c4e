"""Two notices beside each other: which is earlier, which has more, what each of them says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from intents.evidence.words import names_of
from intents.lists.beside import ROOM, Told, together
from intents.lists.dated_sides import dates, issues, spans
from intents.lists.operators import Reading, reading
from intents.lists.sections import task_items, task_section
from intents.lists.sides import Side, Sides, sides_of
from intents.lists.tables import line_of, table_of
from intents.query import Query
from intents.result import Answer
from intents.telling import cited, excerpt, pages
from intents.turn import Citation
from intents.understand import understand
from intents.wording import answers
from intents.wording import reckoned as say
from knowledge.late import late
from knowledge.model import Notice
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase

Again = Callable[[Query, KnowledgeBase, date], Answer]

_SOURCE = late("^依据：", re.MULTILINE)
_PARTS = late("几?个?(?:大)?(?:部分|章节|大块)")
_NOUNS = late("任务|项数|条数|附件|表格|附表|几项|多少项|清单|单子")
_SHEET = late(r"附件\d+")
_SECTION = late("[一二三四五六七八九十]+")
_ATTACHED = late("附件|表格|附表")
_GOAL = late("(?:量化)?(?:目标|指标|任务数)(?:值|数)?|定数")
_SHORTEST = 60
# What differs is asked, and not only how many there are: 五大任务跟五项差在哪.
_WHICH = late("(?:差|不同|不一样|区别|差别|变化)(?:在|了)?(?:哪|什么|啥)|(?:什么|啥|哪些|各是哪)")


def compared(query: Query, kb: KnowledgeBase, today: date, answer: Again) -> Answer | None:
    """福建23年和国家21年报方案哪个更早: both told, each with its source, and what differs.

    `answer` answers the question of one side alone. None unless two notices are set beside each
    other; a side that there is not, or that says nothing of it, is said to be lacking.
    """
    if query.values or query.outside or query.duty:
        return None
    scope = query.scope
    if scope.item or not all(map(_SHEET.fullmatch, scope.labels)):
        return None
    read = reading(query, kb)
    named = max(len(query.scope.years), len(query.scope.notices))
    if not (read.has("compare", "each", "both") or named > 1):
        return None
    found = sides_of(query, kb, today.year)
    if found is None or not (found.joined or read.has("compare", "each")):
        return None
    if scope.task and not all(side.scope.task for side in found.sides):
        return None
    if (query.scope.days or query.scope.months) and not read.has("compare"):
        return None  # what is on that day in either: the calendar tells
    if not all(side.notices for side in found.sides):
        return _lacking_side(found, query, kb, today, answer)
    return (
        _counts(found, read, query, kb)
        or spans(found, read, query, kb)
        or issues(found, read, query, kb)
        or dates(found, read, query, kb)
        or _figures(found, read, query, kb)
        or _contents(found, read, query, kb, today, answer)
    )


def _counts(found: Sides, read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """How many each has: tasks, tasks of a department, attachments, parts."""
    if not (read.has("count", "compare") or "list" in query.asks):
        return None
    named = query.departments or _NOUNS.search(query.text) or _PARTS.search(query.text)
    rest = read.left(
        "compare", "each", "count", "share", "alone", "documents", "both",
        text=_PARTS.sub("\n", _NOUNS.sub("\n", _unnamed(found.rest, query, kb))),
    )  # fmt: skip
    if not named or any(not _is_name_of_all(word, found, kb) for word in rest):
        return None
    told = [_count(side.notices, query, read.has("alone"), kb) for side in found.sides]
    if not all(told):
        return None
    one, other = (t for t in told if t is not None)
    measure = "项" if _measure(query) == "项" else "个"
    more = one if one.value > other.value else other
    difference = abs(one.value - other.value)
    line = say.more(more.notice.short, difference, measure) if difference else say.as_many()
    return together([one, other], line, query, kb)


def _is_name_of_all(word: str, found: Sides, kb: KnowledgeBase) -> bool:
    """Whether the notices of both sides are called that: 高质量发展清单."""
    asked = pairs(word)
    return all(
        any(sum(pair in names_of(n, kb) for pair in asked) == len(asked) for n in side.notices[:1])
        for side in found.sides
    )


def _measure(query: Query) -> str:
    if query.departments:
        return "项"
    if _ATTACHED.search(query.text) or _PARTS.search(query.text):
        return "个"
    return "项"


def _count(notices: Sequence[Notice], query: Query, alone: bool, kb: KnowledgeBase) -> Told | None:
    if query.departments:
        wanted = set(query.departments)
        for notice in notices:
            mine = [t for t in notice.tasks if wanted & set(t.departments)]
            mine = [t for t in mine if not alone or set(t.departments) <= wanted]
            if mine:
                whose = say.share(query.departments, alone)
                line = say.counted(notice, whose, len(mine), "项")
                return Told(notice, line, tuple(t.clause for t in mine), len(mine))
        return None
    if _ATTACHED.search(query.text):
        notice = notices[0]
        labels = tuple(a.label for a in notice.attachments)
        line = say.counted(notice, say.ATTACHMENTS, len(labels), "个")
        return Told(notice, line, labels, len(labels)) if len(notices) == 1 and labels else None
    if _PARTS.search(query.text):
        return _count_parts(notices)
    notice = notices[0]
    if len(notices) != 1:
        return None
    if not notice.tasks:
        return _count_items(notice, bool(_WHICH.search(query.text)), kb)
    line = say.counted(notice, say.TASKS, len(notice.tasks), "项")
    return Told(notice, line, (table_of(notice),), len(notice.tasks))


def _count_items(notice: Notice, named: bool, kb: KnowledgeBase) -> Told | None:
    """Key tasks that stand as clauses; `named`: each of them is told."""
    section, items = task_section(notice, kb), task_items(notice, kb)
    if section is None or not items:
        return None
    text = say.counted(notice, say.TASKS, len(items), "项")
    if named:
        units = (u for u in kb.units_of(notice) if u.kind == "clause" and u.label in items)
        text = "\n".join([text, *map(line_of, units)])
    return Told(notice, text, (section.label,), len(items))


def _count_parts(notices: Sequence[Notice]) -> Told | None:
    if len(notices) != 1:
        return None
    notice = notices[0]
    if notice.tasks:
        count = len({t.section for t in notice.tasks})
        return Told(
            notice,
            say.counted(notice, say.TABLE_PARTS, count, "个部分"),
            (table_of(notice),),
            count,
        )
    labels = tuple(c.label for c in notice.clauses if _SECTION.fullmatch(c.label))
    line = say.counted(notice, say.PARTS, len(labels), "个部分")
    return Told(notice, line, labels, len(labels)) if labels else None


def _figures(found: Sides, read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """The figure that either side is to reach, where both have one of the same thing."""
    words = read.left("compare", "each", "both", "documents", text=_GOAL.sub("\n", found.rest))
    if not words or not ("target" in query.asks or _GOAL.search(found.rest)):
        return None
    told: list[Told] = []
    for side in found.sides:
        mine = [
            (notice, target)
            for notice in side.notices
            for target in notice.targets
            if all(word in kb.canonical(target.what) for word in words)
        ]
        if not mine:
            return None
        notice = mine[0][0]
        of_it = [target for n, target in mine if n is notice]
        text = say.side(notice, "".join(map(answers.target, of_it)))
        told.append(Told(notice, text, tuple(dict.fromkeys(t.clause for t in of_it)), 0))
    return together(told, "", query, kb)


def _contents(
    found: Sides, read: Reading, query: Query, kb: KnowledgeBase, today: date, answer: Again
) -> Answer | None:
    """The same question of each side, told beside each other."""
    text = found.rest
    for operator in ("both", "compare", "each"):
        text = read.expression(operator).sub("\n", text)
    content = re.sub(r"[\s\0,;。?!和跟与、]+", "", text)
    named = read.left("documents", "compare", "each", text=content)
    if not named and not kb.lexicon.noun("tasks").search(content):
        return None
    answered = [_answered(side, content, query, kb, today, answer) for side in found.sides]
    if not any(answered):
        return None
    if not all(answered):
        return _half(found, answered, query)
    room = ROOM
    parts = [a for a in answered if a is not None]
    room -= sum(len(source) + 1 for _, _, source in parts) + 1
    blocks = [
        (_within(head, read, query, kb, max(_SHORTEST, room // 2)), source)
        for _, head, source in parts
    ]
    citations = tuple(c for a, _, _ in parts for c in a.citations)
    exact = bool(query.scope.labels)  # 附件2在两份通知里各是什么 is one question
    return Answer("answer", pages(blocks, ROOM), citations, ask="content", exact=exact)


def _answered(
    side: Side, content: str, query: Query, kb: KnowledgeBase, today: date, answer: Again
) -> tuple[Answer, str, str] | None:
    """The answer of one side, its head and its source."""
    name = f"{_name(side, query)}{f'任务{side.scope.task}' if side.scope.task else ''}"
    again = understand(f"{name}{content}", kb, today.year)
    found = answer(again, kb, today)
    ids = {n.id for n in side.notices}
    if found.kind != "answer" or not all(c.notice in ids for c in found.citations):
        return None
    match = _SOURCE.search(found.pages[0])
    at = match.start() if match else len(found.pages[0])
    head, source = found.pages[0][:at].rstrip("\n"), found.pages[0][at:]
    return found, head, source.split("\n", 1)[0]


def _name(side: Side, query: Query) -> str:
    notice = side.notices[0]
    if len(side.notices) == 1 and not notice.tasks:
        return notice.short
    table = "任务清单" in query.text or len(notice.tasks) * 2 > len(notice.clauses)
    if len(side.notices) == 1 and table:
        return f"{notice.year}年任务清单"
    return "".join(f"{year}年" for year in side.scope.years) or notice.short


def _within(head: str, read: Reading, query: Query, kb: KnowledgeBase, room: int) -> str:
    """The sentences of an answer that the question is about, as far as there is room."""
    if len(head) <= room:
        return head
    told = excerpt([head], query, kb, room)[0]
    return told if len(told) <= room else f"{told[: room - 1]}…"


def _half(
    found: Sides, answered: Sequence[tuple[Answer, str, str] | None], query: Query
) -> Answer | None:
    """One side says nothing of it: said, with what the other says."""
    lacking = found.sides[0 if answered[0] is None else 1]
    years = "".join(f"{year}年" for year in lacking.scope.years)
    name = lacking.notices[0].short if len(lacking.notices) == 1 or not years else years
    told = next(a for a in answered if a is not None)
    lacks = say.lacks_beside(name)
    text = "\n".join([lacks, answers.nearest(f"{told[1]}\n{told[2]}"), answers.to_staff()])
    return Answer("refuse", (text,), told[0].citations, lacks=lacks)


def _lacking_side(
    found: Sides, query: Query, kb: KnowledgeBase, today: date, answer: Again
) -> Answer | None:
    """A side that there is no notice of: refused as a question for it alone would be."""
    side = next(s for s in found.sides if not s.notices)
    scope = side.scope
    level = [say.LEVELS[scope.level]] if scope.level else []
    name = "".join([*level, *scope.regions, *(f"{year}年" for year in scope.years)])
    content = re.sub(r"[\s\0]+", "", found.rest)
    refusal = answer(understand(f"{name}{content}", kb, today.year), kb, today)
    if refusal.kind != "refuse":
        return None
    other = next((s.notices[0] for s in found.sides if s.notices), None)
    if refusal.citations or other is None:
        return refusal
    near = answers.nearest(cited(other, [other.clauses[0].label], query.scope, kb))
    lines = [refusal.lacks or answers.out_of_scope(), near, answers.to_staff()]
    citation = Citation(other.id, other.doc_number, other.clauses[0].label)
    return replace(refusal, pages=("\n".join(lines),), citations=(citation,), far=False)


def _unnamed(rest: str, query: Query, kb: KnowledgeBase) -> str:
    for department in query.departments:
        rest = rest.replace(kb.canonical(department), "\n")
    return rest
