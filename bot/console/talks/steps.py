"""A step in a talk, as at the counter in chat: taken, said, passed on, given back."""

from __future__ import annotations

import secrets

from bot.console import browser
from bot.console.talks.pages import at_the_talk, may_see, shown
from bot.console.visit import Answer, Data, Elsewhere, Page, Visit
from bot.handover.telling import word_key
from bot.staff.counter import live
from bot.staff.counter.people import take_up
from bot.staff.counter.serving import Serving
from bot.staff.members import everyone
from knowledge.late import late
from storage import notes
from storage.staff import StaffRow

LONGEST = 2_000
_ONCE = late("[0-9a-f]{16}")


async def act(visit: Visit) -> Answer:
    if "insert" in visit.form:
        return await shown(visit, {"kept": _with_canned(visit)})
    match visit.form.get("step"):
        case "take":
            return await _take(visit)
        case "pass":
            return await _pass(visit)
        case "end":
            return await _end(visit)
    return await _say(visit)


async def _take(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        at = await at_the_talk(visit, conn, f"console:{secrets.token_hex(8)}")
        ticket = await may_see(at, visit.number)
        if isinstance(ticket, Page):
            return ticket
        taking = await take_up(at, ticket, visit.number)
        held = at.holding.id if at.holding else 0
    if taking in ("taken", "theirs"):
        visit.console.wake()
        return _back(visit)
    return await shown(visit, {"problem": taking, "held": held}, 409)


async def _say(visit: Visit) -> Answer:
    """Once, however often it is sent; what was not taken is shown again."""
    text = visit.form.get("text", "").strip()
    if not text or len(text) > LONGEST:
        return await _not_done(visit, "too-long" if text else "lacking", 400)
    once = visit.form.get("once", "")
    once = once if _ONCE.fullmatch(once) else secrets.token_hex(8)
    async with visit.transaction() as conn:
        at = await at_the_talk(visit, conn, f"console:{once}")
        ticket = await may_see(at, visit.number)
        if isinstance(ticket, Page):
            return ticket
        mine = at.holding is not None and at.holding.id == ticket.id
        if mine and not await notes.known(conn, word_key(ticket.id, at.message)):
            await live.pass_words(at, ticket, text)
    if not mine:
        return await _not_done(visit, "over", 409)
    visit.console.wake()
    return Data({"taken": True}) if "live" in visit.form else _back(visit)


async def _pass(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        at = await at_the_talk(visit, conn, f"console:{secrets.token_hex(8)}")
        ticket = await may_see(at, visit.number)
        if isinstance(ticket, Page):
            return ticket
        mine = at.holding is not None and at.holding.id == ticket.id
        colleague = await _colleague(at, visit.form.get("to", "")) if mine else None
        why = await live.hand_to(at, ticket, colleague) if colleague else ""
    if colleague is None:
        return await _not_done(visit, "nobody" if mine else "over", 400 if mine else 409)
    if why:
        return await shown(visit, {"problem": "why", "why": why}, 409)
    visit.console.wake()
    return Elsewhere(f"{browser.PATH}/talks?passed={visit.number}")


async def _end(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        at = await at_the_talk(visit, conn)
        ticket = await may_see(at, visit.number)
        if isinstance(ticket, Page):
            return ticket
        mine = at.holding is not None and at.holding.id == ticket.id
        if mine:
            await live.hand_back(at, ticket)
    if not mine:
        return await _not_done(visit, "over", 409)
    visit.console.wake()
    return Elsewhere(f"{browser.PATH}/talks?ended={visit.number}")


async def _colleague(at: Serving, sender: str) -> StaffRow | None:
    people = await everyone(at.conn, at.provided.listed)
    others = (one for one in people if one.sender != at.staff.sender)
    return next((one for one in others if one.sender == sender), None)


async def _not_done(visit: Visit, problem: str, status: int) -> Answer:
    if "live" in visit.form:
        return Data({"problem": problem}, status)
    return await shown(visit, {"problem": problem, "kept": visit.form.get("text", "")}, status)


def _with_canned(visit: Visit) -> str:
    """What was typed, with the canned answer behind it."""
    wanted = visit.form.get("insert", "")
    canned = visit.kb.canned
    chosen = canned[int(wanted)].answer if wanted.isdecimal() and int(wanted) < len(canned) else ""
    return "\n".join(filter(None, (visit.form.get("text", "").strip(), chosen)))


def _back(visit: Visit) -> Elsewhere:
    return Elsewhere(f"{browser.PATH}/talks/{visit.number}#last")
