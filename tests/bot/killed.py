"""A worker that is killed in the middle of its second message: run with a URL and a step."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any

from storage import conversations, demands, inbox
from storage.database import Database
from tests.bot.stand_in import a_desk, message
from tests.data_key import KEYS

STEPS = {
    "demands.save": (demands, "save"),
    "inbox.store": (inbox, "store"),
    "conversations.save": (conversations, "save"),
}


async def main(url: str, step: str) -> None:
    db = await Database.open(url, keys=KEYS)
    desk = a_desk(db)
    await desk.take(message("1", "需求 商标"))
    module, name = STEPS[step]
    done = getattr(module, name)

    async def do_it_and_die(*args: Any) -> None:
        await done(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, do_it_and_die)
    await desk.take(message("2", "需求 专利"))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
