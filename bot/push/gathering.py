"""What a digest is made of, out of the database: read once, then narrowed for each reader."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.push.digest import Digest, Rows, compose
from bot.push.digest_text import MOST_ITEMS
from bot.push.notices import notices_for
from bot.push.subscribers import Subscriber
from storage import demands, doings, outbox, questions, tickets
from storage.connection import AsyncConnection


async def digest_for(
    conn: AsyncConnection, reader: Subscriber, since: datetime, now: datetime
) -> Digest:
    """`now` is in the bureau's zone. Only of what the reader may see and wants to."""
    rows = await _rows(conn, reader, since, now)
    return compose(rows, reader.kb, now, since, notices_for(reader.regions, reader.kb))


async def _rows(conn: AsyncConnection, reader: Subscriber, since: datetime, now: datetime) -> Rows:
    reach, kb = reader.reach, reader.kb
    stored = await demands.stirring(conn, reach.bureaus, since)
    theirs = [one for one in stored if reader.concerns(one)]
    ids = {one.id for one in theirs}
    steps = Counter(step for id_, step in await doings.steps_within(conn, since, now) if id_ in ids)
    answers = await doings.answers_within(conn, since, now)
    asked = await questions.waiting(conn, now)
    mine = [region for region in asked if reach.has_region(region, kb)]
    waiting = await tickets.listing(conn, states=["waiting"])
    return Rows(
        demands=theirs,
        questions=await questions.newest(conn, mine, now, MOST_ITEMS),
        asked=sum(asked[region] for region in mine),
        waiting=[t for t in waiting if reach.has_region(t.region, kb)],
        submitted=await doings.handed_in(conn, since),
        steps={step: number for step, number in steps.items() if step in _BY_STAFF},
        answers=sum(number for region, number in answers if reach.has_region(region, kb)),
        failed=await _failed(conn, reader, since),
    )


_BY_STAFF = frozenset({"accept", "return", "match", "close"})


async def _failed(conn: AsyncConnection, reader: Subscriber, since: datetime) -> int:
    """For those who may look at what failed, and groups of theirs: as much as they may see."""
    if reader.member is not None and reader.member.role == "clerk":
        return 0
    return await outbox.failed(conn, since, await reader.reach.outbox_regions(conn, reader.kb))
