"""Publishes, and is killed after so many statements: run with a URL and a number."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.revisions.publishing import Signed, publish
from storage.database import Database

NEW = {"demo-2030-1.yaml": "新的一份\n", "demo-2031-1.yaml": "又一份\n"}
DONE = "done"


async def main(url: str, statements: int) -> None:
    db = await Database.open(url)
    left = [statements]

    def die(*_of_the_statement: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", die)
    await publish(db, NEW, Signed("改", None, datetime.now(UTC)))
    print(DONE)  # noqa: T201
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
