"""An office whose staff talk with enterprises: who is on duty, and what was pushed to whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from bot.counter import Counter
from bot.current import Current
from bot.delivery.worker import Worker
from bot.desk import Desk
from bot.handover.setup import Handover
from bot.message import Message, Sender, Window
from bot.staff.counter.provided import Provided
from bot.staff.counter.reach import reach_of
from intents.respond import respond
from intents.turn import Attachment, Reply, Said
from knowledge.snapshot import KnowledgeBase
from storage import demands, outbox, tickets
from storage.connection import AsyncConnection
from storage.database import Database
from storage.tickets import StoredTicket
from tests.bot.counter.office import NOW, clerk
from tests.bot.delivery.carrying import NotingCourier, until_idle

STAFF = (
    clerk("王芳"),
    clerk("李四", regions=("厦门市", "漳州市")),
    clerk("陈静", regions=("漳州市",)),
    clerk("李强", "head", ("福建省",)),
)
SILENCE = timedelta(minutes=30)


class Office:
    """The desk of a Wednesday morning. Staff are on WeCom, enterprises on 微信客服 (`kf`).

    `pushable` are the channels on which people can be written to; `duty` are the names of those who
    want to be told of people who want a person.
    """

    def __init__(
        self,
        db: Database,
        kb: KnowledgeBase,
        folder: Path,
        pushable: Collection[str] = ("wecom", "kf"),
        duty: Collection[str] = ("王芳", "李四", "陈静"),
    ) -> None:
        self.db, self.kb = db, kb
        self.now = NOW
        self.duty = [one for one in STAFF if one.name in duty]
        listed = {one.sender: one for one in STAFF}
        handover = Handover(silence=SILENCE, on_duty=self._on_duty)
        self.provided = Provided(
            exports=folder, listed=listed, pushable=pushable, handover=handover
        )
        self.desk = self.another_desk()
        self.couriers = [NotingCourier(channel) for channel in sorted(pushable)]
        self._worker = Worker(db, self.couriers, lambda: self.now)
        self._count = 0

    def another_desk(self) -> Desk:
        """Of another worker over the same database."""
        counter = Counter(self.provided.listed, self.provided)
        return Desk(self.db, Current(self.kb), lambda: self.now, respond, counter)

    async def _on_duty(
        self, _conn: AsyncConnection, region: str | None, kb: KnowledgeBase
    ) -> list[str]:
        here = (
            one for one in self.duty if region is None or reach_of(one, kb).has_region(region, kb)
        )
        return [one.sender for one in here]

    def message(self, who: str, said: str | Attachment, window: Window | None = None) -> Message:
        """A minute later. Staff are known by their names; all others are enterprises."""
        self._count += 1
        self.now += timedelta(minutes=1)
        sender = Sender("wecom" if any(one.name == who for one in STAFF) else "kf", who)
        heard = Said(said) if isinstance(said, str) else Said(event="attachment", attachment=said)
        return Message(str(self._count), sender, heard, self.now, window=window)

    async def reply(self, who: str, said: str | Attachment) -> Reply:
        """The reply; what is to be pushed has been pushed by then."""
        reply = (await self.desk.take(self.message(who, said))).reply
        await self.push()
        return reply

    async def push(self) -> None:
        await until_idle(self._worker)

    async def say(self, who: str, said: str | Attachment) -> str:
        return (await self.reply(who, said)).plain

    async def all(self, who: str, *said: str) -> str:
        for text in said:
            told = await self.say(who, text)
        return told

    def pushed(self, who: str) -> list[str]:
        """What reached them without their asking, oldest first."""
        return [
            parcel.letter.reply.text
            for courier in self.couriers
            for parcel in courier.carried
            if parcel.target == f"{courier.channel}:{who}"
        ]

    async def still_stored(self) -> str:
        """All that the outbox holds of letters, sent or not."""
        async with self.db.transaction() as conn:
            return str([row.payload for row in await outbox.listing(conn)])

    async def ticket(self, id_: int = 1) -> StoredTicket:
        async with self.db.transaction() as conn:
            found = await tickets.find(conn, id_)
        assert found is not None
        return found

    async def tickets(self) -> list[StoredTicket]:
        async with self.db.transaction() as conn:
            return await tickets.listing(conn)

    async def statuses(self) -> list[str]:
        async with self.db.transaction() as conn:
            return [demand.status for demand in await demands.listing(conn)]

    def at(self, moment: datetime) -> None:
        self.now = moment

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
