"""The page that a head of office opens first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console import charts
from bot.console.asked.grouping import Group, groups_of
from bot.console.ledger import Filter
from bot.console.listing import Row, refresh, row
from bot.console.overview.days import by_day, first_moment, together
from bot.console.overview.demands import lines_of, shares
from bot.console.overview.digests import Gone, last_digests
from bot.console.overview.health import parts
from bot.console.timeline import timeline
from bot.console.visit import Answer, Page, Visit
from bot.platforms import tokens
from bot.push.notices import notices_for
from intents.due import upcoming
from storage import demands, inbox, outbox, questions, tickets
from storage.inbox import Tally
from storage.outbox import Sought
from storage.questions import StoredQuestion

_WAITING, _DAYS, _AHEAD, _GROUPS, _DUE = 5, 30, 90, 6, 12
_FAILED, _DIGESTS = timedelta(days=7), timedelta(days=21)
_MOST_SENDINGS, _MOST_DIGESTS = 2000, 5
_QUESTION = 60


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database tells, of one moment."""

    waiting: Sequence[Row]
    open: Sequence[StoredQuestion]
    lacking: int
    talks: int
    failed: int
    tallies: Sequence[Tally]
    digests: Sequence[Gone]


async def overview(visit: Visit) -> Answer:
    await refresh(visit)
    async with visit.transaction() as conn:
        stored = await _stored(conn, visit)
    lines, today = lines_of(visit), visit.now.date()
    days = by_day(stored.tallies, today, _DAYS, visit.now.tzinfo)
    groups = [g for g in await groups_of(stored.open, visit.kb) if not g.wants_a_person]
    due = upcoming(
        notices_for(visit.staff.regions, visit.kb), visit.kb, today, timedelta(days=_AHEAD)
    )
    health = parts(await visit.console.looking.look(), tokens.ailing)
    context = {
        "today": today,
        "statuses": {name: sum(line.status == name for line in lines) for name in _LIVE},
        "stored": stored,
        "days": days[::-1],
        "this_day": days[-1],
        "whole": together(days, f"近{_DAYS}天"),
        "days_chart": charts.stacked(
            [(day.label, (day.answered, day.asked_back, day.refused)) for day in days]
        ),
        "groups": _most(groups),
        "rest": max(len(groups) - _GROUPS, 0),
        "due": due[:_DUE],
        "due_rest": max(len(due) - _DUE, 0),
        "due_chart": timeline((one.day for one in due), today, _AHEAD),
        "health": health,
        "troubles": [part for part in health if not part.well],
        "opened": visit.console.ledger.opened,
        "of_some": bool(visit.staff.regions),
        **shares(visit, lines),
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
    asked = await questions.open_questions(conn)
    talks = await tickets.listing(conn, states=["waiting"])
    sought = Sought(kinds=["digest"], since=now - _DIGESTS)
    lacking = await questions.listing(conn, since=since)
    return Stored(
        [row(at, demand) for demand in await demands.some(conn, ids)],
        [one for one in asked if reach.has_region(one.region, kb)],
        sum(reach.has_region(one.region, kb) for one in lacking),
        sum(reach.has_region(one.region, kb) for one in talks),
        await outbox.failed(conn, now - _FAILED),
        await inbox.tallies(conn, since),
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
