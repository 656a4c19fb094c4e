"""`zhixing demand list`: what has been entered, for scripts in full and for a screen masked."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from typing import Any

from bot.account import actor
from bot.jsonl import dumped_list
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.staff.inert import masked
from bot.start import clock_of, knowledge_of
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import audit, demands
from storage.audit import AuditRow
from storage.database import DatabaseError
from storage.demands import StoredDemand
from storage.sealing import SealError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, SealError)
_HIDDEN = "***"


def run(args: argparse.Namespace, settings: Settings) -> int:
    kb, found = knowledge_of(settings), asyncio.run(stored(settings, in_full=args.json))
    lines = [as_json(found, kb)] if args.json else as_lines(found, kb)
    print(*lines, sep="\n")
    return 0


async def stored(settings: Settings, *, in_full: bool) -> list[StoredDemand]:
    """All demands, drafts included; that they are shown `in_full` goes into the audit log.

    Raises DatabaseError, also for a file that is not there.
    """
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            found = await demands.listing(conn)
            if in_full:
                detail = f"demand list, {len(found)} in full"
                row = AuditRow(clock_of(settings)(), actor(), "export", detail=detail)
                await audit.record(conn, [row])
            return found


def as_json(found: list[StoredDemand], kb: KnowledgeBase) -> str:
    """The contract of DESIGN.md 5: every field of the form, null where nothing was given."""
    return dumped_list([_entry(demand, kb) for demand in found])


def as_lines(found: list[StoredDemand], kb: KnowledgeBase) -> list[str]:
    """One line a demand; personal fields are masked."""
    return [_line(demand, kb) for demand in found]


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
        return masked(value)
    return "是" if value else "否"
