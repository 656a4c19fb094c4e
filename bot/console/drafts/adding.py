"""Files that a page has made, put into a new draft."""

from __future__ import annotations

from collections.abc import Mapping

from bot.console.drafts.names import plain
from bot.console.visit import Visit
from storage import drafts, revisions
from storage.connection import AsyncConnection
from storage.drafts import DraftRow
from storage.keys import storable

_NO_SOURCES: Mapping[str, str] = {}


async def begun(visit: Visit, conn: AsyncConnection, note: str) -> int:
    """The number of a new, empty draft from what is in force; goes on record."""
    row = DraftRow(note, visit.staff.sender, visit.now, await revisions.newest(conn))
    number = await drafts.begin(conn, row)
    await visit.serving(conn).record("draft", None, f"草稿{number}：新建")
    return number


async def add_to_draft(
    visit: Visit,
    conn: AsyncConnection,
    files: Mapping[str, str],
    note: str,
    *,
    sources: Mapping[str, str] = _NO_SOURCES,
) -> int:
    """Begins a draft from what is in force, with these files in it; its number.

    Names are as revisions have them: `<notice>.yaml`, `golden/<any>.yaml`, `lexicon.yaml`. `note`
    says what the draft is for. `sources` holds, by the same names, what a file was read out of.
    Texts and sources are stored without what nobody sees (`storage.keys.storable`).
    """
    number = await begun(visit, conn, note)
    for name, text in files.items():
        source = sources.get(name)
        await drafts.put(
            *(conn, number, plain(name), storable(text), visit.now),
            seen=None,
            source=None if source is None else storable(source),
        )
    return number
