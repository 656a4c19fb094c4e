"""Who looked at or changed what: searched, and altered by nobody."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from bot.console.visit import Answer, Page, Visit
from bot.console.wanting import day_of
from bot.console.wording import ACT, noted
from bot.staff.members import everyone
from storage import audit

_ON_A_PAGE = 100


async def trail(visit: Visit) -> Answer:
    names = ("actor", "act", "demand", "since", "until")
    asked = {name: visit.asked(name) for name in names}
    since, until = day_of(asked["since"]), day_of(asked["until"])
    zone = visit.now.tzinfo
    async with visit.transaction() as conn:
        found = await audit.search(
            conn,
            actor=asked["actor"] or None,
            act=asked["act"] or None,
            demand=_number(asked["demand"]),
            since=datetime.combine(since, time(), zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
            before=_number(visit.asked("before")),
            limit=_ON_A_PAGE + 1,
        )
        people = await everyone(conn, visit.console.provided.listed)
    page = found[:_ON_A_PAGE]
    chosen = {name: value for name, value in asked.items() if value}
    more = f"?{urlencode({**chosen, 'before': page[-1].id})}" if len(found) > _ON_A_PAGE else ""
    context = {
        "rows": page,
        "names": {one.sender: one.name for one in people},
        "asked": asked,
        "chosen": chosen,
        "next": more,
        "acts": ACT,
        "noted": noted,
    }
    return Page("audit.html", context)


def _number(text: str) -> int | None:
    """None for what is none, or larger than a column holds."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
