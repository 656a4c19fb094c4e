"""How things stand, at a glance: each number leads to its list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from urllib.parse import urlencode

from markupsafe import Markup

from bot.console import browser, charts
from bot.console.ledger import Filter, Line
from bot.console.listing import bureaus, refresh, row
from bot.console.visit import Answer, Page, Visit
from bot.console.wanting import KEPT, NOWHERE
from bot.push.notices import notices_for
from bot.staff.counter.lists import KNOWN
from intents.due import upcoming
from intents.wording.staff import STATUS_SHORT
from storage import demands, outbox, questions

_WAITING, _WEEKS = 5, 12
_AHEAD, _LATELY, _FAILED = timedelta(days=90), timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of all demands, and where its list is."""

    name: str
    count: int
    path: str
    label: str = ""

    @property
    def short(self) -> str:
        return self.label or self.name


async def overview(visit: Visit) -> Answer:
    await refresh(visit)
    lines = _lines(visit)
    longest = visit.console.ledger.found(_waiting(visit), "longest")
    since = visit.now - _LATELY
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        ids = [line.id for line in islice(longest, _WAITING)]
        waiting = [row(at, demand) for demand in await demands.some(conn, ids)]
        asked = [
            one
            for one in await questions.listing(conn, since=since)
            if visit.reach.has_region(one.region, visit.kb)
        ]
        still_open = [
            one
            for one in await questions.open_questions(conn)
            if visit.reach.has_region(one.region, visit.kb)
        ]
        failed = await outbox.failed(conn, visit.now - _FAILED)
    today = visit.now.date()
    context = {
        "by_status": _drawn(_by_status(lines), charts.bars),
        "by_task": _drawn(_by_task(lines), charts.bars),
        "by_bureau": _drawn(_by_bureau(visit, lines), charts.bars),
        "by_week": _drawn(_by_week(visit, lines), charts.columns),
        "waiting": waiting,
        "states": Counter(one.state for one in asked),
        "asked": len(asked),
        "open": len(still_open),
        "failed": failed,
        "due": upcoming(notices_for(visit.staff.regions, visit.kb), visit.kb, today, _AHEAD),
        "today": today,
        "statuses": Counter(line.status for line in lines),
    }
    return Page("overview.html", context)


def _drawn(
    shares: Sequence[Share], draw: Callable[[Sequence[tuple[str, int]]], Markup]
) -> tuple[Sequence[Share], Markup]:
    """The table and its picture."""
    return shares, draw([(share.short, share.count) for share in shares])


def _lines(visit: Visit) -> list[Line]:
    """What was handed in and not called off."""
    found = visit.console.ledger.within(visit.reach.bureaus)
    return [line for line in found if line.status != "cancelled"]


def _waiting(visit: Visit) -> Filter:
    return Filter(visit.reach.bureaus, statuses=frozenset({"submitted"}))


def _by_status(lines: Sequence[Line]) -> list[Share]:
    counts = Counter(line.status for line in lines)
    return [
        Share(STATUS_SHORT[status], counts[status], _list(status=status))
        for status in KNOWN
        if status != "cancelled"
    ]


def _by_task(lines: Sequence[Line]) -> list[Share]:
    counts = Counter(line.task for line in lines)
    return [
        Share(name or "没有选", count, _list(task=name or NOWHERE))
        for name, count in counts.most_common()
    ]


def _by_bureau(visit: Visit, lines: Sequence[Line]) -> list[Share]:
    counts = Counter(line.bureau or NOWHERE for line in lines)
    named = [Share(n, counts[id_], _list(bureau=id_)) for id_, n in bureaus(visit) if counts[id_]]
    return _most_first(named)


def _by_week(visit: Visit, lines: Sequence[Line]) -> list[Share]:
    """The last twelve, by when the demands were begun; a week begins on Monday."""
    zone = visit.now.tzinfo
    last = _monday(visit.now.date())
    mondays = [last - timedelta(weeks=back) for back in range(_WEEKS - 1, -1, -1)]
    starts = [datetime.combine(monday, time(), zone).timestamp() for monday in mondays]
    counts = Counter(bisect_right(starts, line.created) for line in lines)
    return [_week(monday, counts[place]) for place, monday in enumerate(mondays, 1)]


def _week(monday: date, count: int) -> Share:
    sunday = monday + timedelta(days=6)
    name = f"{monday.month}月{monday.day}日至{sunday.month}月{sunday.day}日"
    path = _list(since=monday.isoformat(), until=sunday.isoformat())
    return Share(name, count, path, f"{monday.month}.{monday.day}")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _most_first(shares: Iterable[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: -share.count)


def _list(**chosen: str) -> str:
    return f"{browser.PATH}/demands?{urlencode({'status': KEPT, **chosen})}"
