"""A worker that is killed once the desk has stored a message, before DingTalk is told that it was
taken: run with the database's URL and DingTalk's address."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from typing import Any

from bot.channels.dingtalk.link import Link
from storage.database import Database
from tests.bot.at_work import at_work
from tests.bot.dingtalk.conftest import NOW
from tests.bot.dingtalk.test_talk import connected
from tests.clock import Clock
from tests.data_key import KEYS


async def main(url: str, base: str) -> None:
    async def die(*_: Any, **__: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Link, "_ack", die)  # noqa: B010
    db = await Database.open(url, keys=KEYS)
    async with at_work(partial(connected, base), db, Clock(NOW), delivers=False):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
