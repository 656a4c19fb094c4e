"""What is erased once it is old: personal fields of what ended, words of old talks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from bot.forgetting import left_of
from bot.keeping import REPEATED
from intents.conversation import from_json, to_json
from storage import audit, conversations, demands, inbox, notes, outbox, questions, tickets
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.conversations import ConversationRow
from storage.database import Database

_AT_A_TIME = 200
MESSAGES = 1_000
"""That go in one transaction."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each were emptied or removed."""

    demands: int
    questions: int
    notes: int
    messages: int
    conversations: int
    tickets: int

    @property
    def total(self) -> int:
        return sum(astuple(self))


async def purge(db: Database, now: datetime, days: int, actor: str) -> Purged:
    """Erases what was not touched for `days` days; open demands stay until they are closed.

    Of a demand all stays but what is personal, so that counts and forms of past years still hold.
    Messages and their answers go when it was said that they would (`bot.keeping`).
    """
    before = now - timedelta(days=days)

    async def old_demands(conn: AsyncConnection) -> int:
        return await demands.purge(conn, before, now, _AT_A_TIME)

    async def old_talks(conn: AsyncConnection) -> int:
        return await _old_talks(conn, before, now)

    async def old_messages(conn: AsyncConnection) -> int:
        return await inbox.purge(conn, now, before, MESSAGES)

    ended = await _until_done(db, old_demands, _AT_A_TIME)
    talks = await _until_done(db, old_talks, _AT_A_TIME)
    taken = await _until_done(db, old_messages, MESSAGES)
    async with db.transaction() as conn:
        asked = await questions.purge(conn, before)
        told = await notes.purge(conn, before)
        spoken = await tickets.purge(conn, before, now)
        repeated = max(before, now - REPEATED)
        taken += await outbox.purge(conn, before, repeated)
        purged = Purged(ended, asked, told, taken, talks, spoken)
        if purged.total > taken:
            await audit.record(conn, [AuditRow(now, actor, "purge", detail=str(purged.total))])
    return purged


async def _old_talks(conn: AsyncConnection, before: datetime, now: datetime) -> int:
    """What is left of a talk is what is left after 删除我的信息."""
    senders = await conversations.idle(conn, before, _AT_A_TIME)
    talks = await conversations.load(conn, senders)
    rows = [
        ConversationRow(sender, to_json(left_of(from_json(state))), now)
        for sender, state in talks.items()
    ]
    await conversations.save(conn, rows)
    return len(senders)


async def _until_done(
    db: Database, some: Callable[[AsyncConnection], Awaitable[int]], at_a_time: int
) -> int:
    """In short transactions, so that nobody waits long for an answer meanwhile."""
    done = 0
    while True:
        async with db.transaction() as conn:
            now = await some(conn)
        done += now
        if now < at_a_time:
            return done
