"""`zhixing outbox list | retry ID…`: what waits to be sent, and what was given up.

Nothing of a message's words or of whom it is for is shown, but for the names of group robots.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from bot.channels.robot import CHANNEL as ROBOT
from bot.delivery.letters import kind_of
from bot.jsonl import dumped_list
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.start import clock_of
from storage import outbox
from storage.database import DatabaseError
from storage.outbox import State, StoredMessage

_EXCEPT_SENT: tuple[State, ...] = ("waiting", "dead")


class NotGivenUp(Exception):
    """No message of that number was given up."""


BAD_INPUT = (SettingsError, DatabaseError, NotGivenUp)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "retry":
        again = asyncio.run(_retried(settings, args.ids, clock_of(settings)()))
        print(f"tried again: {', '.join(map(str, again))}")
        return 0
    states: tuple[State, ...] = (args.state,) if args.state else _EXCEPT_SENT
    found = [_shown(one, settings) for one in asyncio.run(_stored(settings, states))]
    lines = [dumped_list(found)] if args.json else [_line(one) for one in found]
    print(*(lines or ["nothing waits, nothing was given up"]), sep="\n")
    return 0


async def _stored(settings: Settings, states: tuple[State, ...]) -> list[StoredMessage]:
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            return await outbox.listing(conn, states)


async def _retried(settings: Settings, ids: list[int], now: datetime) -> list[int]:
    """All of them or none. Raises NotGivenUp."""
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            again = await outbox.revive(conn, ids, now)
            if unknown := sorted(set(ids) - set(again)):
                raise NotGivenUp(f"{', '.join(map(str, unknown))}: not among what was given up")
            return again


def _shown(one: StoredMessage, settings: Settings) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": kind_of(one.key),
        "channel": one.channel,
        "robot": one.target.removeprefix(f"{ROBOT}:") if one.channel == ROBOT else None,
        "state": one.state,
        "due": one.due.astimezone(settings.zone).isoformat(timespec="seconds"),
        "attempts": one.attempts,
        "error": one.error,
    }


def _line(one: dict[str, Any]) -> str:
    to = f"{one['channel']} {one['robot']}" if one["robot"] else one["channel"]
    when = f"{one['state']} {one['due']}"
    error = one["error"] or ""
    return f"{one['id']}  {one['kind']}  {to}  {when}  attempts {one['attempts']}  {error}".rstrip()
