"""All days and periods of the notices, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.console.notices.shelf import shelf_of
from bot.console.visit import Answer, Page, Visit
from knowledge.fields import due_of, span_of
from knowledge.inforce import end_of, serves, standings
from knowledge.model import Notice
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase

_MOST = 400
"""Lines of what has no day."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """`first` and `last` are None where the notice gives no day; of a deadline they are one."""

    notice: Notice
    when: str
    what: str
    who: str
    clause: str
    inferred: bool
    first: date | None = None
    last: date | None = None

    @property
    def is_period(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int
    entries: Sequence[Entry]
    under_way: Sequence[Entry] = ()
    """Periods that began in an earlier month; told of this month alone."""


async def calendar(visit: Visit) -> Answer:
    """This month comes first, and what lies behind it in the same year last."""
    today = visit.now.date()
    asked = visit.asked("year")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    region, all_ = visit.asked("region")[:40], visit.asked("all") == "yes"
    kb = visit.kb
    stands = standings(kb, today)
    found = [
        entry
        for entry in _entries(kb)
        if (all_ or stands[entry.notice.id] == "in force") and _holds(entry, region, kb)
    ]
    dated = [entry for entry in found if entry.last or entry.first]
    months = list(_months(dated, year, today))
    now = today.month if year == today.year else 1
    open_ = [entry for entry in found if not (entry.last or entry.first)]
    context = {
        "coming": [one for one in months if one.month >= now],
        "past": [one for one in months if one.month < now],
        "open": [one for one in open_ if all_ or _is_of(one, year)][:_MOST],
        "year": year,
        "today": today,
        "region": region,
        "all": all_,
        "stands": stands,
        "regions": shelf_of(kb).regions,
        "years": sorted({today.year, year, *_years(kb)}, reverse=True),
    }
    return Page("calendar.html", context)


@lru_cache(maxsize=2)
def _entries(kb: KnowledgeBase) -> Sequence[Entry]:
    """Of all notices; those without a day last, newest notices first."""
    found = [entry for notice in kb.notices for entry in _of(notice)]
    return sorted(found, key=lambda entry: entry.first or entry.last or date.max)


def _of(notice: Notice) -> Iterator[Entry]:
    for d in notice.deadlines:
        when = due_of(d, d.due.year if d.due else notice.year)
        yield Entry(notice, when, d.what, d.who or "", d.clause, d.inferred, d.due, d.due)
    for p in notice.periods:
        when = span_of(p, (p.start or p.end or date.min).year)
        first, last = p.start or p.end, end_of(p) or p.start
        yield Entry(notice, when, p.what, p.who or "", p.clause, p.inferred, first, last)
    for task in notice.tasks:
        done = task.completion
        if done is not None and done.due is not None:
            who = "、".join(task.departments[:3])
            what = f"任务{task.no} {task.title}"
            yield Entry(notice, done.words, what, who, task.clause, False, done.due, done.due)


@lru_cache(maxsize=2)
def _years(kb: KnowledgeBase) -> frozenset[int]:
    days = [day for entry in _entries(kb) for day in (entry.first, entry.last) if day]
    return frozenset(day.year for day in days)


def _holds(entry: Entry, region: str, kb: KnowledgeBase) -> bool:
    """Whether it concerns the region: the nation's notices concern all."""
    if not region:
        return True
    if region == NATION:
        return entry.notice.region == NATION
    return serves(entry.notice.region, region, kb.regions)


def _is_of(entry: Entry, year: int) -> bool:
    return (entry.notice.year or year) <= year


def _months(dated: Sequence[Entry], year: int, today: date) -> Iterator[Month]:
    """Those with anything in them, and this month; a period stands where it begins in the year."""
    by_month: dict[int, list[Entry]] = {}
    for entry in dated:
        if (month := _month_in(entry, year)) is not None:
            by_month.setdefault(month, []).append(entry)
    this = today.month if year == today.year else None
    for month in sorted({*by_month, *([this] if this else [])}):
        entries = by_month.get(month, [])
        going = [e for e in dated if month == this and _is_under_way(e, today) and e not in entries]
        yield Month(year, month, entries, going)


def _month_in(entry: Entry, year: int) -> int | None:
    first, last = entry.first or entry.last, entry.last or entry.first
    if first is None or last is None or not first.year <= year <= last.year:
        return None
    return first.month if first.year == year else 1


def _is_under_way(entry: Entry, today: date) -> bool:
    first, last = entry.first, entry.last
    return entry.is_period and first is not None and last is not None and first <= today <= last
