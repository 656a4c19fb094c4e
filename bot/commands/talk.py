"""`zhixing talk`: dialogues as JSON lines through the same desk and storage as the channels."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated
from uuid import uuid4

from pydantic import AfterValidator

from bot.current import Current
from bot.desk import Desk
from bot.jsonl import Line, LineError, dumped, rows
from bot.message import Message, Sender
from bot.opening import open_database, open_desk
from bot.revisions.served import served
from bot.settings import Settings, SettingsError
from bot.start import clock_of, knowledge_of
from intents.turn import Said
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, LineError)
CHANNEL = "talk"


def run(args: argparse.Namespace, settings: Settings) -> int:
    drafts = knowledge_of(settings) if args.knowledge else None
    asyncio.run(_print_all(settings, drafts))
    return 0


async def _print_all(settings: Settings, drafts: KnowledgeBase | None) -> None:
    async for line in talk(sys.stdin.buffer, settings, drafts):
        print(line, flush=True)


def _in_any_zone(at: datetime) -> datetime:
    if at.year in (MINYEAR, MAXYEAR):
        raise ValueError("not a time that every zone has")
    return at


class Utterance(Line):
    """`at` is when it is said; a time without a zone is the bureau's local time."""

    user: str
    text: str
    at: Annotated[datetime, AfterValidator(_in_any_zone)] | None = None
    id: str | int | None = None


async def talk(
    lines: Iterable[bytes], settings: Settings, drafts: KnowledgeBase | None
) -> AsyncIterator[str]:
    """A line of JSON for each line of JSON, in order, out of the drafts or of what is served.

    Raises LineError, KnowledgeError, SettingsError, DatabaseError.
    """
    clock = clock_of(settings)
    moment = clock()

    def said_at() -> datetime:
        return moment

    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        current = Current(drafts) if drafts else await served(settings, db)
        desk = open_desk(opened, db, current, said_at, settings)
        for utterance in rows(lines, Utterance):
            moment = _local(utterance.at, clock())
            yield dumped(await _answered(desk, utterance, moment))


async def _answered(desk: Desk, utterance: Utterance, at: datetime) -> dict[str, object]:
    id_ = str(utterance.id) if utterance.id is not None else uuid4().hex
    sender = Sender(CHANNEL, utterance.user)
    answered = await desk.take(Message(id_, sender, Said(utterance.text), at.astimezone(UTC)))
    out: dict[str, object] = {
        "user": utterance.user,
        "id": utterance.id if utterance.id is not None else id_,
        "kind": answered.reply.kind,
        "text": answered.reply.plain,
    }
    return out if answered.demand is None else out | {"demand": answered.demand}


def _local(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    return at.replace(tzinfo=now.tzinfo) if at.tzinfo is None else at.astimezone(now.tzinfo)
