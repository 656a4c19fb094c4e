"""A desk that only notes what it is given, for tests of what comes before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.connection import Answer, TakesMessages
from bot.message import Message
from intents.turn import Reply

REPLY = Reply("answer", "5月25日前报送。")


@dataclass(frozen=True)
class Told:
    reply: Reply


@dataclass
class NotingDesk:
    """Answers each message with `reply`, or as the desk `behind` does. `troubles` are raised first,
    one a message; while `open` is not set, nobody is answered."""

    reply: Reply = REPLY
    behind: TakesMessages | None = None
    taken: list[Message] = field(default_factory=list)
    answered: int = 0
    troubles: list[Exception] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.open.set()

    async def take(self, message: Message) -> Answer:
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message)
        await self._tell()
        await self.open.wait()
        answer = await self.behind.take(message) if self.behind else Told(self.reply)
        self.answered += 1
        await self._tell()
        return answer

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def until(self, what: Callable[[], bool]) -> None:
        """Waits until that is so; it is looked at after every message and every answer."""
        async with self._news:
            await self._news.wait_for(what)

    @property
    def texts(self) -> list[str]:
        return [message.said.text for message in self.taken]
