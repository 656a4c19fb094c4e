"""Demands in numbers: by status, key task, bureau and week; each number leads to its list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from bot.console import browser, charts
from bot.console.ledger import Standing
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


Counts = Mapping[Standing, int]


def shares(visit: Visit, counts: Counts) -> dict[str, Drawn]:
    return {
        "by_status": _drawn(_by_status(counts), charts.bars),
        "by_task": _drawn(_by_task(counts), charts.bars),
        "by_bureau": _drawn(_by_bureau(visit, counts), charts.bars),
        "by_week": _drawn(_by_week(visit), charts.columns),
    }


def counts_of(visit: Visit) -> Counts:
    """What was handed in and not called off."""
    found = visit.console.ledger.standing(visit.reach.bureaus)
    return {one: count for one, count in found.items() if one.status != "cancelled"}


def summed(counts: Counts, what: Callable[[Standing], str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for one, count in counts.items():
        sums[what(one)] += count
    return sums


def _drawn(
    shares: Sequence[Share], draw: Callable[[Sequence[tuple[str, int]]], Markup]
) -> tuple[Sequence[Share], Markup]:
    return shares, draw([(share.short, share.count) for share in shares])


def _by_status(counts: Counts) -> list[Share]:
    sums = summed(counts, lambda one: one.status)
    return [
        Share(STATUS_SHORT[status], sums[status], _list(status=status))
        for status in KNOWN
        if status != "cancelled"
    ]


def _by_task(counts: Counts) -> list[Share]:
    """Of those whose fields were opened."""
    opened = {one: count for one, count in counts.items() if one.task is not None}
    sums = summed(opened, lambda one: one.task or "")
    return [
        Share(name or "没有选", count, _list(task=name or NOWHERE))
        for name, count in sums.most_common()
    ]


def _by_bureau(visit: Visit, counts: Counts) -> list[Share]:
    sums = summed(counts, lambda one: one.bureau or NOWHERE)
    named = [Share(n, sums[id_], _list(bureau=id_)) for id_, n in bureaus(visit) if sums[id_]]
    return _most_first(named)


def _by_week(visit: Visit) -> list[Share]:
    """The last twelve, by when the demands were begun; a week begins on Monday."""
    zone = visit.now.tzinfo
    last = _monday(visit.now.date())
    mondays = [last - timedelta(weeks=back) for back in range(_WEEKS - 1, -1, -1)]
    starts = [datetime.combine(monday, time(), zone).timestamp() for monday in mondays]
    counts = Counter(
        bisect_right(starts, line.created)
        for line in visit.console.ledger.begun(starts[0])
        if line.bureau in visit.reach.bureaus and line.status != "cancelled"
    )
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
