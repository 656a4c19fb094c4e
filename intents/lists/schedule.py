"""What is due when: in a month, on a day, this week, or next."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from intents.lists.operators import reading
from intents.lists.sides import Sides, sides_of
from intents.lists.subject import holds_most, is_only, rest_of
from intents.lists.tables import tasks_of
from intents.query import Query, Scope
from intents.result import Answer
from intents.select import behind, in_order, met
from intents.telling import cited, days_of_the_week, pages
from intents.turn import Citation
from intents.wording import answers as say
from intents.wording import due as of_due
from knowledge.inforce import standing_in
from knowledge.late import late
from knowledge.model import Deadline, Period, Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

ROOM = 1150
_SPAN = late(
    "今天|今日|明天|这一?周|本周|这个?礼拜|下一?周|下个?礼拜|这个月|本月|当月|下个?月|最近|近期|接下来"
)
_OF_YEAR = late("([上下前后])半年|第?([一二三四1-4])(?:个)?季度")
_FROM_TO = late(r"(?<!\d)(1[0-2]|[1-9])月份?(?:到|至|[-~—])(1[0-2]|[1-9])月份?(?![\d月])")
_YEAR_END = late("(?<!不是)(?<!非)年底(?:之?前|以前)?")
_ACTIVITIES = late("(?:的|专题|系列|什么|具体)*活动")


def calendar_of(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What is due or takes place in the months or on the days asked for, or at all, by date."""
    beside = sides_of(query, kb, today.year)
    if beside is not None and beside.joined:
        query, text = _of_both(query, beside), beside.rest
    else:
        text = reading(query, kb).text
    span = stretch_of_year(query, kb)
    if span is not None:
        text = text.replace(span[0], "\n")
        query = replace(query, scope=replace(query.scope, months=span[1]))
    words = _words(kb.lexicon.noun("dates").sub("\n", text), query, kb)
    head = span[0] if span else of_due.months(query.scope.months)
    units = [u for u in _dated(query, kb) if not words or holds_most(kb.text_of(u), words)]
    if not query.scope.months and not query.scope.days and not words:
        first = in_order({u.notice for u in units}, query.scope, kb)[:1]
        units = [u for u in units if u.notice in first]
    units = _going_first(units, query.scope, kb)
    if units:
        found = _told(units, of_due.calendar_head(head), query, kb, today)
        return replace(found, exact=True) if beside else found
    return _none_then(head, query, kb, today) if head and not words else None


def _of_both(query: Query, beside: Sides) -> Query:
    """The same question of all the notices that it sets beside each other."""
    notices = tuple(n.id for side in beside.sides for n in side.notices)
    scope = replace(query.scope, notices=notices, years=(), regions=(), level=None)
    return query.of(scope)


def _none_then(head: str, query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """Nothing is due in those months: said, with what the same notices set dates for."""
    scope = query.scope
    if not (scope.notices or scope.years or scope.regions or scope.campaign):
        return None
    if not reading(query, kb).has("hand_in") or {"over", "period"} & set(query.asks):
        return None
    whole = replace(query, scope=replace(scope, months=(), days=()))
    due = [u for u in _dated(whole, kb) if _due(u)]
    if scope.years:
        due = [u for u in due if u.notice.year in scope.years]
    first = in_order({u.notice for u in due}, scope, kb)[:1]
    mine = [u for u in due if u.notice in first]
    if not mine:
        return None
    lacks = of_due.no_due(head)
    found = _told(mine, lacks + of_due.known_due(), whole, kb, today)
    text = f"{found.pages[0]}\n{say.to_staff()}"
    return replace(found, kind="refuse", pages=(text, *found.pages[1:]), lacks=lacks)


def stretch_of_year(query: Query, kb: KnowledgeBase) -> tuple[str, tuple[int, ...]] | None:
    """下半年, 三季度, 年底前, 7月到9月: what it is called, with its months."""
    if months := _FROM_TO.search(query.text):
        first, last = int(months[1]), int(months[2])
        return (of_due.THESE_MONTHS, tuple(range(first, last + 1))) if first < last else None
    text = reading(query, kb).text
    end = _YEAR_END.search(text)
    dated = query.scope.months or query.scope.days
    if end and not dated and "list" in query.asks and not _finished_in_words(query, kb):
        return end[0], (12,)
    match = _OF_YEAR.search(text)
    if match is None:
        return None
    half, quarter = match[1], match[2]
    first = {"上": 1, "前": 1, "下": 7, "后": 7}[half] if half else 3 * _quarter(quarter) - 2
    return match[0], tuple(range(first, first + (6 if half else 3)))


def _finished_in_words(query: Query, kb: KnowledgeBase) -> bool:
    """Whether tables that are meant tell of each task when it is to be done: 年底前完成."""
    return any(isinstance(u.fact, Task) and u.fact.completion for u in tasks_of(query, kb))


def _quarter(said: str) -> int:
    return "一二三四".find(said) + 1 or int(said)


def _words(text: str, query: Query, kb: KnowledgeBase) -> tuple[str, ...]:
    """What the question says besides that something is due."""
    text = kb.lexicon.audience_words.sub("\n", text)
    return reading(query, kb).left(
        "hand_in", "documents", "start", "end", "share", "left", "count", "mention", text=text
    )


def upcoming(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """这周有什么要交的: what is due in a stretch from today, or else what is due next."""
    match = _SPAN.search(query.text)
    if match is None or not query.asks or rest_of(query, kb, _SPAN, kb.lexicon.noun("dates")):
        return None
    first, last = _stretch(match[0], today)
    due = [u for u in _dated(query, kb) if (d := _due(u)) and d >= first]
    due = [u for u in due if standing_in(kb, u.notice, today) == "in force"]
    within = [u for u in due if (d := _due(u)) and d <= last]
    if within := _going_first(within, query.scope, kb):
        return _told(within, of_due.calendar_head(match[0]), query, kb, today)
    ahead = sorted(_going_first(due, query.scope, kb), key=lambda u: _due(u) or date.max)[:1]
    head = of_due.no_due(match[0]) + of_due.next_due()
    return _told(ahead, head, query, kb, today) if ahead else None


def is_dated(query: Query, kb: KnowledgeBase) -> bool:
    """Whether nothing but dates is asked for; mere activities (有哪些活动) are no dates."""
    return is_only(query, kb.lexicon.noun("dates"), kb) and not all(
        _ACTIVITIES.fullmatch(s) for s in query.segments
    )


def _dated(query: Query, kb: KnowledgeBase) -> list[Unit]:
    scope = query.scope.of_all_labels()
    dated = met(scope, kb, "deadline", "period")
    return [u for u in dated if _when(u) is not None]


def _going_first(units: list[Unit], scope: Scope, kb: KnowledgeBase) -> list[Unit]:
    """Without what other notices among them go before; that is told where it is alone."""
    last = behind(scope, kb)
    return [u for u in units if u.notice.id not in last] or units


def _told(units: list[Unit], head: str, query: Query, kb: KnowledgeBase, today: date) -> Answer:
    units = sorted(units, key=lambda u: (-(u.notice.year or 0), _when(u) or today))
    blocks: list[tuple[str, str]] = []
    citations: list[Citation] = []
    for notice in dict.fromkeys(u.notice for u in units):
        mine = [u for u in units if u.notice is notice]
        labels = list(dict.fromkeys(u.label for u in mine))
        lines = [*(() if blocks else (head,)), *(_line(u, query, kb, today) for u in mine)]
        blocks.append(("\n".join(lines), cited(notice, labels, query.scope, kb)))
        citations += [Citation(notice.id, notice.doc_number, label) for label in labels]
    return Answer("answer", pages(blocks, ROOM), tuple(citations), ask="list")


def _stretch(span: str, today: date) -> tuple[date, date]:
    """The first and last day of 这周, 下个月, …; 最近 is the next thirty days."""
    day = timedelta(days=1)
    monday = today - today.weekday() * day
    if span in ("今天", "今日"):
        return today, today
    if span == "明天":
        return today + day, today + day
    if span.startswith("下") and span.endswith("月"):
        first = _end_of_month(today) + day
        return first, _end_of_month(first)
    if span.startswith("下"):
        return monday + 7 * day, monday + 13 * day
    if span.endswith("月"):
        return today, _end_of_month(today)
    if span.endswith(("周", "礼拜")):
        return today, monday + 6 * day
    return today, today + 30 * day


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _when(unit: Unit) -> date | None:
    fact = unit.fact
    if isinstance(fact, Deadline):
        return fact.due
    return (fact.start or fact.end) if isinstance(fact, Period) else None


def _due(unit: Unit) -> date | None:
    return unit.fact.due if isinstance(unit.fact, Deadline) else None


def _line(unit: Unit, query: Query, kb: KnowledgeBase, today: date) -> str:
    fact = unit.fact
    of_the_week = days_of_the_week(unit, query, kb) if query.weekday else ""
    if isinstance(fact, Deadline):
        status = say.deadline_status(fact, today) + of_the_week
        return of_due.calendar_line(say.due_words(fact), of_due.what_is_due(fact), status)
    assert isinstance(fact, Period)
    status = say.period_status(fact, today) + of_the_week
    return of_due.calendar_line(say.period_words(fact), fact.what, status)
