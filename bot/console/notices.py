"""The notices as they are served: how each stands, its clauses and what was read out of them."""

from __future__ import annotations

from bot.console.visit import Answer, Page, Visit
from knowledge.inforce import standing_in

_STANDING = {
    "in force": "有效",
    "to come": "未发布",
    "over": "已到期",
    "superseded": "已被替代",
}


async def notice_list(visit: Visit) -> Answer:
    today = visit.now.date()
    rows = [(notice, standing_in(visit.kb, notice, today)) for notice in visit.kb.notices]
    rows.sort(key=lambda row: row[0].issued or today.min, reverse=True)
    return Page("notices.html", {"rows": rows, "standing": _STANDING, "kb": visit.kb})


async def notice(visit: Visit) -> Answer:
    found = visit.kb.get(visit.request.match_info["id"])
    if found is None:
        return Page("problem.html", {"status": 404}, 404)
    context = {
        "notice": found,
        "standing": _STANDING[standing_in(visit.kb, found, visit.now.date())],
        "successor": visit.kb.get(found.superseded_by) if found.superseded_by else None,
    }
    return Page("notice.html", context)
