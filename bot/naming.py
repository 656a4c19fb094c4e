"""What the log calls requests and messages, so that lines about one are found together."""

from __future__ import annotations

import hashlib
from secrets import token_hex

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.answered import Answered
from bot.care.counts import TakesMessages
from bot.message import Message
from bot.structured import bind_contextvars, clear_contextvars


@web.middleware
async def naming(request: web.Request, handler: Handler) -> web.StreamResponse:
    """All that is logged of the request carries a name of its own."""
    clear_contextvars()  # one connection's requests are one task's
    bind_contextvars(request=token_hex(4))
    return await handler(request)


def name_of(message: Message) -> str:
    """The same for each copy of the message; nobody finds the platform's id, or a person, by it."""
    return hashlib.sha256(f"{message.sender.channel}:{message.id}".encode()).hexdigest()[:12]


class NamingDesk:
    """The desk; all that is logged of a message by who gave it carries the message's name."""

    def __init__(self, desk: TakesMessages) -> None:
        self._desk = desk

    async def take(self, message: Message) -> Answered:
        """As `Desk.take`."""
        bind_contextvars(message=name_of(message))
        return await self._desk.take(message)
