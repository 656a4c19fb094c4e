"""The page that a head of office opens first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from bot.console import charts
from bot.console.asked.grouping import Group
from bot.console.ledger import Filter
from bot.console.listing import Row, refresh, row
from bot.console.overview.days import by_day, first_moment, together
from bot.console.overview.demands import counts_of, shares, summed
from bot.console.overview.digests import Gone, last_digests
from bot.console.overview.health import parts
from bot.console.timeline import timeline
from bot.console.visit import Answer, Page, Visit
from bot.platforms import tokens
from bot.push.notices import notices_for
from intents.due import upcoming
from storage import demands, outbox, questions
from storage.connection import AsyncConnection
from storage.inbox import Tally
from storage.outbox import Sought

_WAITING, _DAYS, _AHEAD, _GROUPS, _DUE = 5, 30, 90, 6, 12
_FAILED, _DIGESTS = timedelta(days=7), timedelta(days=21)
_MOST_SENDINGS, _MOST_DIGESTS = 1000, 5
_QUESTION = 60


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database tells, of one moment."""

    waiting: Sequence[Row]
    lacking: int
    talks: int
    failed: int
    tallies: Sequence[Tally]
    digests: Sequence[Gone]


async def overview(visit: Visit) -> Answer:
    await refresh(visit)
    async with visit.transaction() as conn:
        stored = await _stored(conn, visit)
    counts, today = counts_of(visit), visit.now.date()
    statuses = summed(counts, lambda one: one.status)
    days = by_day(stored.tallies, today, _DAYS, visit.now.tzinfo)
    asked = await visit.open_groups()
    groups = [group for group in asked if not group.wants_a_person]
    due = upcoming(
        notices_for(visit.staff.regions, visit.kb), visit.kb, today, timedelta(days=_AHEAD)
    )
    health = parts(await visit.console.looking.look(), tokens.ailing)
    context = {
        "today": today,
        "statuses": {name: statuses[name] for name in _LIVE},
        "stored": stored,
        "days": days[::-1],
        "this_day": days[-1],
        "whole": together(days, f"近{_DAYS}天"),
        "days_chart": charts.stacked(
            [(day.label, (day.answered, day.asked_back, day.refused)) for day in days]
        ),
        "open": sum(len(group.questions) for group in asked),
        "groups": _most(groups),
        "rest": max(len(groups) - _GROUPS, 0),
        "due": due[:_DUE],
        "due_rest": max(len(due) - _DUE, 0),
        "due_chart": timeline((one.day for one in due), today, _AHEAD),
        "health": health,
        "troubles": [part for part in health if not part.well],
        "opened": visit.console.ledger.opened,
        "of_some": bool(visit.staff.regions),
        **shares(visit, counts),
    }
    return Page("overview.html", context)


_LIVE = ("submitted", "accepted", "matched", "returned")


async def _stored(conn: AsyncConnection, visit: Visit) -> Stored:
    at, reach, kb, now = visit.serving(conn), visit.reach, visit.kb, visit.now
    longest = visit.console.ledger.found(
        Filter(reach.bureaus, statuses=frozenset({"submitted"})), "longest"
    )
    ids = [line.id for line in islice(longest, _WAITING)]
    since = first_moment(now.date(), _DAYS, now.tzinfo)
    regions = await reach.outbox_regions(conn, kb)
    sought = Sought(kinds=["digest"], regions=regions, since=now - _DIGESTS)
    lacking = await questions.counts(conn, since)
    return Stored(
        [row(at, demand) for demand in await demands.some(conn, ids)],
        sum(n for region, n in lacking.items() if reach.has_region(region, kb)),
        sum(n for region, n in visit.who.waiting.items() if reach.has_region(region, kb)),
        await outbox.failed(conn, now - _FAILED, regions),
        await visit.console.counted.since(conn, since, now),
        last_digests(await outbox.search(conn, sought, _MOST_SENDINGS), _MOST_DIGESTS),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A group of questions alike, as the overview shows it."""

    id: int
    text: str
    count: int


def _most(groups: Sequence[Group]) -> list[Asked]:
    """Those asked most often, then those that have waited longest."""
    order = sorted(groups, key=lambda group: (-len(group.questions), group.at))
    return [Asked(g.id, g.text(_QUESTION), len(g.questions)) for g in order[:_GROUPS]]
