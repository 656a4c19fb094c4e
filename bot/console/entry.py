"""One demand in full, which goes on record; and a step with it."""

from __future__ import annotations

from typing import Any

from bot.console import browser
from bot.console.doing import Done, Wanted, do, version_of
from bot.console.listing import refresh, row
from bot.console.talk import as_attached, talk_of
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.staff.about import about
from bot.staff.counter.matching import fits
from bot.staff.counter.reached import known
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Serving
from bot.staff.counter.steps import may_hand_to
from bot.staff.counter.whole import STEPS, Whole, form_of, whole
from intents.wording import staff as say
from intents.wording.handover import KINDS
from storage import demands
from storage.events import StoredEvent
from storage.life import FROM

_ELSEWHERE = 403


async def entry(visit: Visit) -> Answer:
    done = next((step for step in STEPS if step == visit.asked("done")), "")
    return await _shown(visit, {"done": done})


async def act(visit: Visit) -> Answer:
    """One step; a reload of the page behind it repeats nothing."""
    step = next((one for one in STEPS if one == visit.form.get("step")), None)
    if step is None:
        return await _shown(visit, {"problem": "lacking"}, 400)
    wanted = Wanted(
        step,
        visit.form.get("why", "").strip(),
        visit.kb.bureaus.get(visit.form.get("bureau", "")) if step == "transfer" else None,
        visit.kb.resource(visit.form.get("resource", "")) if step == "match" else None,
        visit.form.get("named", "").strip() if step == "match" else "",
    )
    async with visit.transaction() as conn:
        done = await do(visit.serving(conn), visit.number, visit.form.get("version", ""), wanted)
    if done.outcome == "done":
        visit.console.wake()
        return Elsewhere(_after(visit, done))
    said = {"problem": done.outcome, "kept": wanted, "seen": visit.form.get("version", "")}
    status = 409 if done.outcome in ("changed", "not-now") else 400
    return await _shown(visit, said, status)


def _after(visit: Visit, done: Done) -> str:
    """The demand, or the list once it is no longer theirs."""
    if done.demand is not None and not visit.reach.has(done.demand.bureau):
        return f"{browser.PATH}/demands?gone={done.number}"
    return f"{browser.PATH}/demands/{done.number}?done={visit.form['step']}"


async def _shown(visit: Visit, said: dict[str, Any], status: int = 200) -> Answer:
    number = visit.number
    await refresh(visit)
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        demand = await known(at, number)
        if demand is None:
            return Page("problem.html", {"status": 404}, 404)
        if not visit.reach.has(demand.bureau):
            await at.refuse(say.COMMAND["show"], say.not_yours(number, at.staff.regions), number)
            return Page("refused.html", {"why": "region", "what": f"{number}号"}, _ELSEWHERE)
        await at.record("look", number)
        company = about(demand, visit.kb).company
        akin = visit.console.ledger.akin(company, visit.reach.bureaus, visit.kb)
        found = await whole(at, demand, await demands.some(conn, akin))
        context = await _context(at, visit, found)
    return Page("demand.html", {**_NOTHING_SAID, **context, **said}, status)


_NOTHING_SAID: dict[str, Any] = {"done": "", "problem": "", "kept": None, "seen": ""}


async def _context(at: Serving, visit: Visit, found: Whole) -> dict[str, Any]:
    demand = found.demand
    form = form_of(demand, visit.kb)
    matchable = demand.status in FROM["match"] and may(visit.staff.role, "match")
    return {
        "row": row(at, demand),
        "company": about(demand, visit.kb).company,
        "whole": found,
        "form": form,
        "notice": visit.kb.get(demand.notice),
        "events": [await _event(at, one, demand.sender) for one in found.history],
        "talk": await talk_of(at, demand, found.history, found.attached),
        "attached": [as_attached(one, visit.now) for one in found.attached],
        "ATTACHED": KINDS,
        "steps": [step for step in found.steps if may(visit.staff.role, step)],
        "fits": await fits(at, demand) if matchable else (),
        "others": [
            (b.id, b.short)
            for b in visit.kb.bureaus.all
            if b.id != demand.bureau and may_hand_to(at, b)
        ],
        "version": version_of(demand),
    }


async def _event(at: Serving, event: StoredEvent, sender: str) -> dict[str, Any]:
    actor = event.actor or sender
    return {
        "step": event.step,
        "at": event.at,
        "who": "" if actor == sender else await at.name_of(actor),
        "why": event.why,
        "resource": event.resource,
        "new": event.at.isoformat(),
    }
