"""What was fetched, handed to the desk: each customer's words in their order, customers side by
side. What the desk has taken is taken once, however often it is handed over."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from bot.channels.callbacks import log_answered
from bot.channels.connection import House
from bot.channels.envelope import Rejected
from bot.channels.kf.courier import msgid
from bot.channels.kf.handover import with_a_person
from bot.channels.kf.people import NAME, Customer
from bot.channels.kf.reading import Undelivered, read
from bot.delivery.outcome import Closed, Refused
from bot.delivery.recording import bounced
from bot.message import Message
from bot.platforms.qyapi import QyApi
from storage import arrivals, outbox
from storage.arrivals import StoredArrival

log = logging.getLogger(__name__)

_AT_ONCE = 100
_WINDOW_OVER = frozenset({4, 5, 6})
"""fail_type (path/94670): 48 hours are over, the session has ended, more than five messages."""

_Thing = tuple[int, Message | Undelivered]


class Taking:
    """`elsewhere`: servicers of 微信客服 itself may have a customer's session."""

    def __init__(self, house: House, api: QyApi, *, elsewhere: bool) -> None:
        self._house = house
        self._api = api
        self._elsewhere = elsewhere

    async def take(self, source: str) -> bool:
        """All that waits of the source; False if something had to be left waiting.

        Raises what the database raises.
        """
        more = True
        while more:
            rows = await self._waiting(source)
            done = await self._take(rows)
            if done:
                async with self._house.db.transaction() as conn:
                    await arrivals.taken(conn, done)
            if len(done) < len(rows):
                return False
            more = len(rows) == _AT_ONCE
        return True

    async def _waiting(self, source: str) -> list[StoredArrival]:
        async with self._house.db.transaction() as conn:
            return await arrivals.waiting(conn, source, _AT_ONCE)

    async def _take(self, rows: Sequence[StoredArrival]) -> list[int]:
        """The ids of those that need wait no longer."""
        things = {row.id: self._read(row) for row in rows}
        by_customer: dict[str, list[_Thing]] = {}
        for id_, thing in things.items():
            if thing is not None:
                by_customer.setdefault(_sender(thing), []).append((id_, thing))
        taken = await asyncio.gather(*map(self._in_order, by_customer.values()))
        done = [id_ for id_, thing in things.items() if thing is None]
        return done + [id_ for ids in taken for id_ in ids]

    def _read(self, row: StoredArrival) -> Message | Undelivered | None:
        try:
            return read(row.payload, self._house.clock())
        except Rejected as rejected:
            log.warning("%s: a message is left out: %s", NAME, rejected.reason)
            return None

    async def _in_order(self, things: Sequence[_Thing]) -> list[int]:
        done: list[int] = []
        for id_, thing in things:
            try:
                await self._one(thing)
            except Exception as problem:  # border: it waits, and what came after it waits too
                log.error("%s: not taken yet: %s", NAME, type(problem).__name__)
                break
            done.append(id_)
        return done

    async def _one(self, thing: Message | Undelivered) -> None:
        if isinstance(thing, Undelivered):
            await self._note(thing)
        elif not await self._with_a_person(thing):
            started = time.perf_counter()
            answer = await self._house.desk.take(thing)
            log_answered(thing, answer.reply, time.perf_counter() - started)

    async def _with_a_person(self, message: Message) -> bool:
        customer = Customer.of_sender(message.sender.key)
        return bool(self._elsewhere and customer and await with_a_person(self._api, customer))

    async def _note(self, failed: Undelivered) -> None:
        """What was lost with the window is told later; of the rest staff are told."""
        why = f"msg_send_fail {failed.fail_type}"
        outcome = Closed(why) if failed.fail_type in _WINDOW_OVER else Refused(why)
        async with self._house.db.transaction() as conn:
            for id_, key in await outbox.of_target(conn, failed.customer.sender):
                if msgid(key) == failed.msgid:
                    await bounced(conn, id_, outcome, self._house.clock())


def _sender(thing: Message | Undelivered) -> str:
    return thing.sender.key if isinstance(thing, Message) else thing.customer.sender
