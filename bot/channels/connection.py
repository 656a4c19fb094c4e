"""What a platform's package gives the application, and what it is given for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiohttp import ClientSession, web

from bot.delivery.courier import Courier
from bot.message import Message
from bot.platforms.sharing import ALONE, Sharing
from intents.turn import Reply
from storage.database import Database


class Answer(Protocol):
    @property
    def reply(self) -> Reply: ...


class TakesMessages(Protocol):
    """The desk, as far as a channel knows it."""

    async def take(self, message: Message) -> Answer: ...


@dataclass(frozen=True, slots=True)
class House:
    """What a connection works with. `session` has no cookies and is closed by the application;
    `jitter` is in [0, 1); `wake` tells the outbox that something new lies in it; `sharing` is how
    access tokens are had."""

    desk: TakesMessages
    db: Database
    session: ClientSession
    clock: Callable[[], datetime]
    jitter: Callable[[], float]
    wake: Callable[[], None]
    sharing: Sharing = ALONE


@dataclass(frozen=True, slots=True)
class Connection:
    """One platform. `loops` run from start to cancellation and never end by themselves."""

    name: str
    couriers: tuple[Courier, ...] = ()
    add_routes: Callable[[web.Application], None] | None = None
    loops: tuple[Callable[[], Awaitable[None]], ...] = ()
