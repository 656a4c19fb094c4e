"""The list of notices, and one notice whole."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.console.notices.facts import groups_of
from bot.console.notices.shelf import STANDING, Wanted, shelf_of
from bot.console.visit import Answer, Page, Visit, is_at_least
from knowledge.inforce import standing_in

_ON_A_PAGE = 50


async def notice_list(visit: Visit) -> Answer:
    names = ("words", "stands", "region", "year")
    given = {name: said for name in names if (said := visit.asked(name)[:100])}
    shelf = shelf_of(visit.kb)
    wanted = Wanted(**given)
    found = shelf.found(wanted, visit.kb, visit.now.date())
    at = visit.asked("page")
    page = int(at) if at.isascii() and at.isdigit() and 0 < len(at) < 6 else 1
    first = max(page - 1, 0) * _ON_A_PAGE
    more = first + _ON_A_PAGE < len(found)
    context = {
        "rows": found[first : first + _ON_A_PAGE],
        "total": len(found),
        "wanted": wanted,
        "given": given,
        "shelf": shelf,
        "standing": STANDING,
        "next": f"?{urlencode({**given, 'page': page + 1})}" if more else "",
        "before": f"?{urlencode({**given, 'page': page - 1})}" if page > 1 else "",
        "may_import": is_at_least(visit.staff.role, "admin"),
    }
    return Page("notices.html", context)


async def notice(visit: Visit) -> Answer:
    found = visit.kb.get(visit.request.match_info["id"])
    if found is None:
        return Page("problem.html", {"status": 404}, 404)
    shelf = shelf_of(visit.kb)
    stands = standing_in(visit.kb, found, visit.now.date())
    context = {
        "notice": found,
        "stands": stands,
        "standing": STANDING[stands],
        "groups": groups_of(found),
        "labels": {clause.label for clause in found.clauses},
        "successor": visit.kb.get(found.superseded_by) if found.superseded_by else None,
        "replaced": shelf.replaced.get(found.id, ()),
        "cited": [(one, shelf.by_number.get(one.doc_number or "")) for one in found.cites],
        "in_use": visit.kb.has_form and visit.kb.form_notice().id == found.id,
        "may_change": is_at_least(visit.staff.role, "admin"),
    }
    return Page("notice.html", context)
