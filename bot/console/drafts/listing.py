"""The drafts that are worked on, and a new one."""

from __future__ import annotations

from bot.console import browser
from bot.console.drafts.adding import begun
from bot.console.visit import Answer, Elsewhere, Page, Visit
from storage import drafts
from storage.keys import storable

LONGEST_NOTE = 200
_CLOSED = 10


async def draft_list(visit: Visit) -> Answer:
    """Open ones, and the last that were closed."""
    async with visit.transaction() as conn:
        found = await drafts.listing(conn)
        closed = (await drafts.listing(conn, ["published", "discarded"]))[:_CLOSED]
        at = visit.serving(conn)
        authors = {one.author for one in (*found, *closed)}
        names = {author: await at.name_of(author) for author in authors}
    context = {"rows": found, "closed": closed, "names": names, "gone": visit.asked("gone")[:9]}
    return Page("drafts.html", context)


async def begin(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        number = await begun(visit, conn, note_of(visit) or "未命名的草稿")
    return Elsewhere(f"{browser.PATH}/drafts/{number}")


def note_of(visit: Visit, field: str = "note") -> str:
    """What was written of a draft or a revision, in one line."""
    return " ".join(storable(visit.form.get(field, "")).split())[:LONGEST_NOTE]
