"""Who of some senders needs more than an answer, in one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, literal, select, union_all

from storage.connection import AsyncConnection
from storage.schema import notes, staff, tickets
from storage.tickets import OPEN

_SENDERS: BindParameter[Any] = bindparam("senders", expanding=True)
_ASK = union_all(
    select(literal("staff"), staff.c.sender).where(staff.c.sender.in_(_SENDERS)),
    select(literal("note"), notes.c.sender).where(
        notes.c.sender.in_(_SENDERS), notes.c.told.is_(None)
    ),
    select(literal("ticket"), tickets.c.sender).where(
        tickets.c.sender.in_(_SENDERS), tickets.c.state.in_(OPEN)
    ),
    select(literal("ticket"), tickets.c.staff).where(
        tickets.c.staff.in_(_SENDERS), tickets.c.state == "held"
    ),
)


@dataclass(frozen=True, slots=True)
class Attention:
    """`staff`: those on the staff. `notes`: those who must still be told something. `tickets`:
    those who opened a ticket or hold one."""

    staff: frozenset[str]
    notes: frozenset[str]
    tickets: frozenset[str]


async def of(conn: AsyncConnection, senders: Collection[str]) -> Attention:
    found = (await conn.execute(_ASK, {"senders": list(senders)})).all()
    return Attention(
        staff=frozenset(sender for kind, sender in found if kind == "staff"),
        notes=frozenset(sender for kind, sender in found if kind == "note"),
        tickets=frozenset(sender for kind, sender in found if kind == "ticket"),
    )
