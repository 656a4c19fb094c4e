"""`导出 …`, said by staff in chat: the file is put into the folder of exports."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.exports.entries import Scope
from bot.exports.making import make
from bot.exports.order import CannotExport, Order, Reporters
from bot.exports.places import below
from bot.exports.reading import Wanted, read
from bot.staff.counter.reach import UNKNOWN, reach_of
from bot.staff.members import everyone
from intents.wording import exports as wording
from knowledge.bureaus import Bureau
from knowledge.snapshot import KnowledgeBase
from storage.staff import StaffRow

__all__ = ["CannotExport", "export"]

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
    """Where the new file is. `what` is what was said behind 导出; `now` is in the bureau's zone;
    `members` are those whom the settings name.

    A member of staff exports what is of their own regions. Raises CannotExport.
    """
    wanted = read(what, kb, now.date())
    order = _order(wanted, kb, staff, reporters)
    known = {row.sender: row for row in await everyone(conn, {**members, staff.sender: staff})}
    made = await make(conn, kb, order, actor=staff.sender, staff=known, now=now)
    return put(_free(folder / made.name), made.content)


def _free(path: Path) -> Path:
    """`path`, or the like of it where two were made in one second."""
    further = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], further) if not one.exists())


def put(path: Path, content: bytes) -> Path:
    """Writes what only the account that runs this may read. Raises CannotExport."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as opened:
            opened.write(content)
    except OSError as problem:
        raise CannotExport(wording.cannot_write(problem.strerror or "")) from None
    return path


def _order(wanted: Wanted, kb: KnowledgeBase, staff: StaffRow, reporters: Reporters) -> Order:
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
