"""The list of open questions by groups, and one group with its answer."""

from __future__ import annotations

from collections.abc import Collection

from bot.console import browser
from bot.console.asked.grouping import Group
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.staff import handling
from bot.staff.counter.serving import Serving
from bot.staff.inert import masked
from intents.wording import staff as say
from storage import questions
from storage.questions import AlreadyAnswered, StoredQuestion

_MOST = 500
"""Groups on the page: the largest ones."""


async def question_list(visit: Visit) -> Answer:
    found = await visit.open_groups()
    groups = sorted(found, key=lambda group: (-len(group.questions), group.at))
    context = {"groups": groups[:_MOST], "total": len(groups), "told": visit.asked("told")[:6]}
    return Page("questions.html", context)


async def question(visit: Visit) -> Answer:
    return await _shown(visit)


async def answer(visit: Visit) -> Answer:
    """To those of the group that were ticked, each told as by chat."""
    text = visit.form.get("answer", "").strip()
    if not text or not visit.picked:
        return await _shown(visit, "nothing" if text else "lacking", text, status=400)
    wanted = {int(one) for one in visit.picked if one.isdecimal() and len(one) < 10}
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        theirs = [one for one in await open_to(at) if one.id in wanted]
        told = [one for one in theirs if await _answered(at, one, text)]
    if not told:
        return await _shown(visit, "answered", text, status=409)
    visit.console.wake()
    if visit.form.get("then") == "faq":
        return Elsewhere(f"{browser.PATH}/questions/{told[0].id}/faq?told={len(told)}")
    return Elsewhere(f"{browser.PATH}/questions?told={len(told)}")


async def open_to(at: Serving) -> list[StoredQuestion]:
    """The open questions of the member's regions, oldest first."""
    found = await questions.open_questions(at.conn)
    return [one for one in found if at.reach.has_region(one.region, at.kb)]


async def theirs(visit: Visit, at: Serving) -> StoredQuestion | Page:
    """The question of the address, or the page that says why they cannot have it."""
    one = await questions.find(at.conn, visit.number)
    if one is None or one.state == "erased":
        return Page("problem.html", {"status": 404}, 404)
    if not at.reach.has_region(one.region, visit.kb):
        await at.refuse(say.COMMAND["answer"], say.not_yours(one.id, at.staff.regions))
        return Page("refused.html", {"why": "region", "what": f"{one.id}号问题"}, 403)
    return one


async def group_of(visit: Visit, one: StoredQuestion) -> Group:
    """Of an open one those alike, else those that were answered with it. No transaction may be
    open: it may take a while."""
    found = await (visit.open_groups() if one.state == "open" else _answered_with(visit, one))
    ids = ((group, {other.id for other in group.questions}) for group in found)
    return next((group for group, of in ids if one.id in of), Group((one,)))


async def _answered_with(visit: Visit, one: StoredQuestion) -> list[Group]:
    async with visit.transaction() as conn:
        found = await questions.listing(conn, states=["answered"], answered=one.answered)
    same = [q for q in found if (q.answered_by, q.answer) == (one.answered_by, one.answer)]
    theirs = tuple(q for q in same if visit.reach.has_region(q.region, visit.kb))
    return [Group(theirs)] if theirs else []


def ticked(visit: Visit, group: Group) -> Collection[str]:
    """The numbers that are ticked: all of them, until somebody unticks one."""
    return visit.picked or tuple(str(one.id) for one in group.questions)


async def _answered(at: Serving, one: StoredQuestion, text: str) -> bool:
    try:
        await handling.answer(at.conn, at.staff, one.id, text, at.now, at.provided.pushable)
    except AlreadyAnswered:  # by another worker, at this moment
        return False
    return True


async def _shown(visit: Visit, problem: str = "", kept: str = "", status: int = 200) -> Answer:
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        one = await theirs(visit, at)
        if isinstance(one, Page):
            return one
        by = await at.name_of(one.answered_by) if one.answered_by else ""
    group = await group_of(visit, one)
    context = {
        "one": one,
        "group": group,
        "masked": masked,
        "ticked": () if problem == "nothing" else ticked(visit, group),
        "notice": visit.kb.get(one.nearest["notice"]) if one.nearest else None,
        "clause": one.nearest["clause"] if one.nearest else "",
        "by": by,
        "problem": problem,
        "kept": kept,
        "drafted": visit.asked("drafted")[:9],
    }
    return Page("question.html", context, status)
