"""What the list of demands is asked for, as it stands in the address: filters, order, place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import get_args
from urllib.parse import urlencode

from bot.console.ledger import Filter, Line, Place, Sort, place
from bot.console.visit import Visit
from bot.staff.counter.lists import KNOWN, LIVE
from bot.staff.counter.reach import UNKNOWN
from knowledge.normalise import normalise
from storage.life import Status

NOWHERE = "none"
"""Stands in the address for no bureau, and for no key task."""

EVERY, KEPT = "all", "kept"
"""In the place of a status: all, and all but what was called off."""
_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Wanting:
    """As typed and chosen; "" is what nothing was said of. `status` is one, `EVERY`, `KEPT`, or
    "" for those that are not over."""

    words: str = ""
    task: str = ""
    bureau: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"
    after: Place | None = None

    def filter(self, visit: Visit) -> Filter:
        """Within the reach of who asks, whatever the address says."""
        reach = visit.reach.bureaus
        named = UNKNOWN if self.bureau == NOWHERE else self.bureau
        zone = visit.now.tzinfo
        return Filter(
            bureaus=reach & {named} if self.bureau else reach,
            words=normalise(self.words),
            task="" if self.task == NOWHERE else self.task or None,
            statuses=self._statuses,
            since=_begin(self.since, zone) if self.since else None,
            until=_begin(self.until + timedelta(days=1), zone) if self.until else None,
        )

    @property
    def _statuses(self) -> frozenset[Status] | None:
        if self.status == EVERY:
            return None
        if self.status == KEPT:
            return frozenset(KNOWN) - {"cancelled"}
        found = [status for status in KNOWN if status == self.status]
        return frozenset(found or LIVE)

    @property
    def chosen(self) -> dict[str, str]:
        """As it stands in the address, without the place."""
        told = {
            "q": self.words,
            "task": self.task,
            "bureau": self.bureau,
            "status": self.status,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "sort": "" if self.sort == "newest" else self.sort,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def is_narrow(self) -> bool:
        """Whether more is wanted than words and a status."""
        return not self.chosen.keys() <= {"q", "status"}

    def path_behind(self, last: Line) -> str:
        at = "~".join(map(repr, place(last, self.sort)))
        return f"?{urlencode({**self.chosen, 'after': at})}"


def wanting(asked: Mapping[str, str]) -> Wanting:
    """What cannot be read is taken as not said."""
    sort: Sort = next((one for one in get_args(Sort) if one == asked.get("sort")), "newest")
    return Wanting(
        words=asked.get("q", "").strip()[:_LONGEST_WORDS],
        task=asked.get("task", ""),
        bureau=asked.get("bureau", ""),
        status=asked.get("status", ""),
        since=day_of(asked.get("since", "")),
        until=day_of(asked.get("until", "")),
        sort=sort,
        after=_place(asked.get("after", "")),
    )


def day_of(text: str) -> date | None:
    """A day of an address; None for what is none, or of no time that concerns anybody."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else None


def _place(text: str) -> Place | None:
    moment, _, number = text.partition("~")
    try:
        return float(moment), int(number)
    except ValueError:
        return None


def _begin(day: date, zone: tzinfo | None) -> float:
    return datetime.combine(day, time(), zone).timestamp()
