"""A worker that serves customers and is killed right after one step: run with the database's URL,
WeCom's address, the step, and how many times that step is done before."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any

from aiohttp import ClientSession

from bot.channels.kf import account, courier
from bot.desk import Desk
from storage import arrivals, claims, leases, outbox
from storage.database import Database
from tests.bot.kf.office import NOW, Office
from tests.clock import Clock
from tests.data_key import KEYS

STEPS: dict[str, tuple[Any, str]] = {
    "leases.hold": (leases, "hold"),
    "account.page": (account, "page"),
    "arrivals.keep": (arrivals, "keep"),
    "outbox.add": (outbox, "add"),
    "Desk.take": (Desk, "take"),
    "arrivals.taken": (arrivals, "taken"),
    "leases.release": (leases, "release"),
    "claims.claim": (claims, "claim"),
    "KfCourier.deliver": (courier.KfCourier, "deliver"),
    "claims.sent": (claims, "sent"),
}


async def main(url: str, base: str, step: str, before: str) -> None:
    module, name = STEPS[step]
    done, left = getattr(module, name), int(before)

    async def do_it_and_die(*args: Any, **named: Any) -> Any:
        nonlocal left
        result = await done(*args, **named)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return result

    setattr(module, name, do_it_and_die)
    db = await Database.open(url, keys=KEYS)
    async with ClientSession() as session:
        await Office(base, db, session, Clock(NOW)).settle()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
