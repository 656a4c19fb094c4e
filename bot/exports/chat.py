"""`导出 …`, said by staff in chat: the file is put into the folder of exports."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.exports.entries import Scope
from bot.exports.files import write
from bot.exports.making import make_within
from bot.exports.order import CannotExport, Order, Reporters
from bot.exports.places import below
from bot.exports.reading import Wanted, read
from bot.staff.counter.reach import UNKNOWN, reach_of
from bot.staff.members import everyone
from intents.wording import exports as wording
from knowledge.bureaus import Bureau
from knowledge.snapshot import KnowledgeBase
from storage.connection import AsyncConnection
from storage.outside import goes_with
from storage.staff import StaffRow

__all__ = ["CannotExport", "export", "order_of"]

_NOBODY: Reporters = {}
_NO_MEMBERS: Mapping[str, StaffRow] = {}


async def export(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    staff: StaffRow,
    what: str,
    now: datetime,
    *,
    folder: Path = Path("exports"),
    reporters: Reporters = _NOBODY,
    members: Mapping[str, StaffRow] = _NO_MEMBERS,
) -> Path:
    """Where the new file is, once the transaction is committed, which puts it on record.

    `what` is what was said behind 导出; `now` is in the bureau's zone; `members` are those whom
    the settings name. A member of staff exports what is of their own regions. Raises CannotExport.
    """
    wanted = read(what, kb, now.date())
    order = order_of(wanted, kb, staff, reporters)
    known = {row.sender: row for row in await everyone(conn, {**members, staff.sender: staff})}
    made = await make_within(conn, kb, order, actor=staff.sender, staff=known, now=now)
    written = await asyncio.to_thread(write, folder / made.name, made.content)
    goes_with(conn, written)
    return written.path


def order_of(wanted: Wanted, kb: KnowledgeBase, staff: StaffRow, reporters: Reporters) -> Order:
    """What is wanted, of the regions of the member of staff alone. Raises CannotExport."""
    reach = reach_of(staff, kb).bureaus
    if not reach:
        raise CannotExport(wording.without_region())
    bureau = wanted.bureau or _own(kb, staff)
    if wanted.bureau and wanted.bureau.id not in reach:
        raise CannotExport(wording.not_yours(wanted.bureau.name))
    bureaus = set(below(kb, bureau)) & reach if bureau else reach
    together = len(bureaus - {UNKNOWN}) > 1
    scope = Scope(bureau, wanted.since, wanted.until, together)
    return Order(wanted.form, wanted.format, scope, bureaus, wanted.notice.id, reporters)


def _own(kb: KnowledgeBase, staff: StaffRow) -> Bureau | None:
    """The bureau of the one region that a member of staff works for; None where there are several.

    Who works for everything works for the bureau's own division, where the settings name it.
    """
    if not staff.regions:
        return kb.bureaus.serving(kb.home) if kb.home else None
    return kb.bureaus.serving(staff.regions[0]) if len(staff.regions) == 1 else None
