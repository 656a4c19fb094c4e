"""Storage alone: messages through the real desk, with a stand-in for understanding."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.current import Current
from bot.desk import Desk
from bot.message import Message, Sender
from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from intents.conversation import Conversation, Topic
from intents.turn import Citation, Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from storage.key_text import KEY_BYTES
from storage.sealing import Keyring

SENDERS = 2_000
_REPLY = Reply(
    "answer",
    "2021年万里行的需求清单请在2021年5月25日前报送。\n依据：《2021年万里行通知》三（三）",
    citations=(Citation("cnipa-2021-51", "国知发运函字〔2021〕51号", "三（三）"),),
)
_TOPIC = Topic(question="需求清单什么时候报送", notices=("cnipa-2021-51",))


def measure(waiting: tuple[int, ...], messages: int) -> dict[int, float]:
    """Messages a second, for each number of messages that wait at a time."""
    return asyncio.run(_measure(waiting, messages))


async def _measure(waiting: tuple[int, ...], messages: int) -> dict[int, float]:
    settings = Settings()
    kb, clock = knowledge_of(settings), clock_of(settings)
    with TemporaryDirectory() as directory:
        url = f"sqlite+aiosqlite:///{Path(directory) / 'zhixing.db'}"
        db = await Database.open(url, keys=Keyring([bytes(KEY_BYTES)]))
        desk = Desk(db, Current(kb), clock, _stand_in)
        said = _messages(clock())
        try:
            await _per_second(desk, said, max(waiting), messages // 4)  # the warm-up
            return {n: await _per_second(desk, said, n, messages) for n in waiting}
        finally:
            await desk.close()
            await db.close()


async def _per_second(desk: Desk, said: Iterator[Message], waiting: int, messages: int) -> float:
    taken = itertools.islice(said, messages)

    async def talk() -> None:
        for message in taken:
            answered = await desk.take(message)
            assert answered.reply == _REPLY

    begun = time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(waiting)))
    return messages / (time.perf_counter() - begun)


def _messages(at: datetime) -> Iterator[Message]:
    for number in itertools.count():
        sender = Sender("wecom", f"user{number * 7919 % SENDERS}")
        yield Message(str(number), sender, Said("需求清单什么时候报送"), at)


def _stand_in(conversation: Conversation, _said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
    return Turn(_REPLY, replace(conversation, topic=_TOPIC, refusals=0))
