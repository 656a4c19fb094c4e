"""A courier that only notes what it carries, and letters for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery.courier import Parcel, Rate
from bot.delivery.letters import Letter, to_json
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.worker import Worker
from intents.turn import Reply
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxRow, StoredMessage
from tests.clock import Clock

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WHO = "wecom:张三"


@dataclass
class NotingCourier:
    """What it was given is in `carried`. It answers with `outcomes` first, one a parcel, or raises
    them, then that it was sent. While `open` is not set, nobody is answered."""

    channel: str = "wecom"
    rates: Sequence[Rate] = ()
    windowed: bool = False
    outcomes: deque[Outcome | BaseException] = field(default_factory=deque)
    carried: list[Parcel] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.open.set()

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.carried.append(parcel)
        async with self._news:
            self._news.notify_all()
        await self.open.wait()
        outcome = self.outcomes.popleft() if self.outcomes else Sent()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    async def until(self, count: int) -> None:
        """Waits until so many parcels were handed to it."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.carried) >= count)

    @property
    def texts(self) -> list[str]:
        return [parcel.letter.reply.text for parcel in self.carried]


def letter(
    text: str,
    target: str = WHO,
    *,
    queue: str | None = None,
    channel: str = "wecom",
    key: str = "",
    due: datetime = NOW,
) -> OutboxRow:
    payload = to_json(Letter(Reply("command", text)))
    return OutboxRow(key or f"digest:{text}", target, payload, due, channel, queue)


async def put(db: Database, *rows: OutboxRow) -> None:
    async with db.transaction() as conn:
        await outbox.add(conn, rows)


async def stored(db: Database) -> list[StoredMessage]:
    async with db.transaction() as conn:
        return await outbox.listing(conn)


async def states(db: Database) -> list[tuple[str, str | None]]:
    return [(message.state, message.error) for message in await stored(db)]


def worker_of(db: Database, clock: Clock, *couriers: NotingCourier) -> Worker:
    return Worker(db, couriers, clock, jitter=lambda: 0.0)


async def until_idle(workers: Worker | Iterable[Worker]) -> None:
    for worker in [workers] if isinstance(workers, Worker) else workers:
        while await worker.round():
            pass
