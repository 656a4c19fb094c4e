"""Questions a day, and what became of them: of all regions, for the inbox knows of none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from storage.inbox import Tally


@dataclass(frozen=True, slots=True)
class Day:
    """Messages that asked something, by their replies: answered, asked back, refused; and, beside
    these, those that were taken for needs. `what` is a day's name or a period's."""

    what: str
    label: str
    answered: int = 0
    asked_back: int = 0
    refused: int = 0
    needs: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.asked_back + self.refused

    def share(self, part: int) -> str:
        """In per cent of what was asked; nothing of nothing."""
        return f"{round(100 * part / self.asked)}%" if self.asked else ""


def first_moment(today: date, days: int, zone: tzinfo | None) -> datetime:
    """Of the first of so many days, of which today is the last."""
    return datetime.combine(today - timedelta(days=days - 1), time(), zone)


def by_day(tallies: Iterable[Tally], today: date, days: int, zone: tzinfo | None) -> list[Day]:
    """One for each of the days, the last is today; a day is one of `zone`."""
    counts: dict[tuple[date, str], int] = {}
    known: dict[datetime, date] = {}
    for tally in tallies:
        if tally.hour not in known:
            known[tally.hour] = tally.hour.astimezone(zone).date()
        key = known[tally.hour], tally.kind
        counts[key] = counts.get(key, 0) + tally.count
    all_days = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    return [_day(day, counts) for day in all_days]


def together(days: Sequence[Day], what: str) -> Day:
    return Day(
        what,
        "",
        sum(day.answered for day in days),
        sum(day.asked_back for day in days),
        sum(day.refused for day in days),
        sum(day.needs for day in days),
    )


def _day(day: date, counts: dict[tuple[date, str], int]) -> Day:
    of = [counts.get((day, kind), 0) for kind in ("answer", "clarify", "refuse", "collect")]
    return Day(f"{day.month}月{day.day}日", f"{day.month}.{day.day}", *of)
