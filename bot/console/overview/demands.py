"""Demands in numbers: by status, key task, bureau and week; each number leads to its list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from bot.console import browser, charts
from bot.console.ledger import Line
from bot.console.listing import bureaus
from bot.console.visit import Visit
from bot.console.wanting import KEPT, NOWHERE
from bot.staff.counter.lists import KNOWN
from intents.wording.staff import STATUS_SHORT

_WEEKS = 12


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


Drawn = tuple[Sequence[Share], Markup]
"""The table and its picture."""


def shares(visit: Visit, lines: Sequence[Line]) -> dict[str, Drawn]:
    return {
        "by_status": _drawn(_by_status(lines), charts.bars),
        "by_task": _drawn(_by_task(lines), charts.bars),
        "by_bureau": _drawn(_by_bureau(visit, lines), charts.bars),
        "by_week": _drawn(_by_week(visit, lines), charts.columns),
    }


def lines_of(visit: Visit) -> list[Line]:
    """What was handed in and not called off."""
    found = visit.console.ledger.within(visit.reach.bureaus)
    return [line for line in found if line.status != "cancelled"]


def _drawn(
    shares: Sequence[Share], draw: Callable[[Sequence[tuple[str, int]]], Markup]
) -> tuple[Sequence[Share], Markup]:
    return shares, draw([(share.short, share.count) for share in shares])


def _by_status(lines: Sequence[Line]) -> list[Share]:
    counts = Counter(line.status for line in lines)
    return [
        Share(STATUS_SHORT[status], counts[status], _list(status=status))
        for status in KNOWN
        if status != "cancelled"
    ]


def _by_task(lines: Sequence[Line]) -> list[Share]:
    """Of those whose fields were opened."""
    counts = Counter(line.task for line in lines if line.task is not None)
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
