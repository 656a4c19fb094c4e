"""Who is on the staff: by the settings, and by the database for those whom they do not name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.settings import Settings
from storage import staff
from storage.connection import AsyncConnection
from storage.keys import key_of
from storage.staff import StaffRow

_CONSOLE = "console:"


def has_chat(sender: str) -> bool:
    """Whether they can be told anything: who has only an account of the console is told there."""
    return not sender.startswith(_CONSOLE)


def listed(settings: Settings, at: datetime) -> dict[str, StaffRow]:
    """Those whom the settings name, by the key under which they write."""
    rows = [
        StaffRow(key_of(member.sender), member.name, member.role, member.regions, at)
        for member in settings.staff
    ]
    return {row.sender: row for row in rows}


async def everyone(conn: AsyncConnection, listed: Mapping[str, StaffRow]) -> list[StaffRow]:
    """In the order of their keys; the settings win."""
    stored = {row.sender: row for row in await staff.everyone(conn)}
    rows = stored | dict(listed)
    return [rows[sender] for sender in sorted(rows)]
