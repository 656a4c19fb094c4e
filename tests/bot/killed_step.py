"""A member of staff accepts a demand, and the worker is killed before the commit."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from typing import Any, cast

from bot.staff.handling import step
from knowledge.snapshot import KnowledgeBase
from storage import audit, demands
from storage.database import Database
from storage.staff import StaffRow
from tests.data_key import KEYS


class NoNotices:
    """As much of a knowledge base as a note needs: to load a real one takes longer."""

    has_form = False

    def __init__(self) -> None:
        self.bureaus: dict[str, Any] = {}

    def get(self, id_: str) -> Any:
        return None


async def main(url: str) -> None:
    db = await Database.open(url, keys=KEYS)
    now = datetime.now(UTC)
    done = audit.record

    async def do_it_and_die(*args: Any) -> None:
        await done(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(audit, "record", do_it_and_die)  # noqa: B010
    async with db.transaction() as conn:
        [demand] = await demands.listing(conn)
        staff = StaffRow("wecom:lisi", "李四", "clerk", ("福建省",), now)
        await step(conn, cast(KnowledgeBase, NoNotices()), staff, demand, "accept", now)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
