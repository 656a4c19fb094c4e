"""A worker that is killed at its second message: run with a URL, a file and a step.

What its courier carries is written into the file, as what has arrived.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.delivery.courier import Parcel
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.worker import Worker
from storage import claims, notes
from storage.database import Database
from tests.bot.delivery.carrying import NOW
from tests.data_key import KEYS

STEPS = ("claimed", "taken up", "before it is sent", "after it is sent", "recorded", "next claim")


class FileCourier:
    channel = "wecom"
    rates = ()
    windowed = False

    def __init__(self, file: Path) -> None:
        self._file = file

    async def deliver(self, parcel: Parcel) -> Outcome:
        with self._file.open("a", encoding="utf-8") as file:
            print(parcel.letter.reply.text, file=file, flush=True)
        return Sent()


def dying(
    act: Callable[..., Awaitable[Any]], after: int, *, first: bool = False
) -> Callable[..., Awaitable[Any]]:
    """Does it, and is killed by the last time: behind it, or right before."""
    left = after

    async def do_it_or_die(*args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and first:
            os.kill(os.getpid(), signal.SIGKILL)
        done = await act(*args)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return do_it_or_die


def _claims_of_something(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Kills with the second claim that finds something."""
    found = 0

    async def claim(*args: Any) -> Any:
        nonlocal found
        claimed = await act(*args)
        found += bool(claimed)
        if found == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return claimed

    return claim


async def main(url: str, file: str, step: str) -> None:
    db = await Database.open(url, keys=KEYS)
    courier = FileCourier(Path(file))
    deliver = courier.deliver
    match step:
        case "claimed":
            setattr(claims, "claim", _claims_of_something(claims.claim))  # noqa: B010
        case "taken up":
            setattr(notes, "take", dying(notes.take, 2))  # noqa: B010
        case "before it is sent":
            setattr(courier, "deliver", dying(deliver, 2, first=True))  # noqa: B010
        case "after it is sent":
            setattr(courier, "deliver", dying(deliver, 2))  # noqa: B010
        case "recorded":
            setattr(claims, "sent", dying(claims.sent, 2))  # noqa: B010
        case "next claim":
            setattr(courier, "deliver", dying(deliver, 3, first=True))  # noqa: B010
    await Worker(db, [courier], lambda: NOW).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
