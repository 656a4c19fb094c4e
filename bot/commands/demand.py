"""`zhixing demand list`: what has been entered, for scripts in full and for a screen masked."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from typing import Any

from bot.jsonl import dumped
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.start import knowledge_of
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import demands
from storage.database import DatabaseError
from storage.demands import StoredDemand

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError)
_HIDDEN = "***"


def run(args: argparse.Namespace, settings: Settings) -> int:
    kb, found = knowledge_of(settings), asyncio.run(stored(settings))
    lines = [as_json(found, kb)] if args.json else as_lines(found, kb)
    print(*lines, sep="\n")
    return 0


async def stored(settings: Settings) -> list[StoredDemand]:
    """All demands, drafts included. Raises DatabaseError, also for a file that is not there."""
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            return await demands.listing(conn)


def as_json(found: list[StoredDemand], kb: KnowledgeBase) -> str:
    """The contract of DESIGN.md 5: every field of the form, null where nothing was given."""
    return dumped_list([_entry(demand, kb) for demand in found])


def as_lines(found: list[StoredDemand], kb: KnowledgeBase) -> list[str]:
    """One line a demand; personal fields are masked."""
    return [_line(demand, kb) for demand in found]


def dumped_list(entries: list[dict[str, Any]]) -> str:
    return "[" + ",\n ".join(map(dumped, entries)) + "]"


def _entry(demand: StoredDemand, kb: KnowledgeBase) -> dict[str, Any]:
    return {
        "id": demand.id,
        "user": demand.sender.partition(":")[2],
        "status": demand.status,
        "region": demand.region,
        "bureau": demand.bureau,
        "campaign": demand.campaign,
        "channel": demand.channel,
        "created": demand.created.isoformat(),
        "fields": {name: None for name in _slots(demand, kb)} | demand.fields,
    }


def _line(demand: StoredDemand, kb: KnowledgeBase) -> str:
    personal = _slots(demand, kb)
    shown = "；".join(
        f"{name}：{_HIDDEN if personal.get(name) else _said(value)}"
        for name, value in demand.fields.items()
        if value is not None
    )
    return f"{demand.id}  {demand.status}  {demand.region or '-'}  {shown}"


def _slots(demand: StoredDemand, kb: KnowledgeBase) -> dict[str, bool]:
    """The names of the form's slots, with whether they are personal data."""
    try:
        form = kb.notice(demand.notice).form
    except KeyError:
        form = None
    return {slot.name: slot.personal for slot in form.slots} if form else {}


def _said(value: str | bool) -> str:
    if isinstance(value, str):
        return value
    return "是" if value else "否"
