"""A server that is killed while it makes the morning's digest: by `test_killed.py`, as a process.

`python -m tests.bot.push.killed_pusher URL STEP`: SIGKILL comes right after the step is done.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from importlib import import_module
from typing import Any

from knowledge.load import load_knowledge, shipped_dir
from storage.database import Database
from tests.bot.push.office import FANG, House, settings, subscribed
from tests.data_key import KEYS


async def main(url: str, step: str) -> None:
    db = await Database.open(url, keys=KEYS)
    kb = load_knowledge(shipped_dir(), golden=False)
    module, _, name = step.rpartition(".")
    place = import_module(module)
    done = getattr(place, name)

    async def do_it_and_die(*args: Any, **more: Any) -> None:
        await done(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(place, name, do_it_and_die)
    await House(db, kb, settings(subscribed(FANG, "daily"))).pusher().round()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
