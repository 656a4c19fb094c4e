"""What could not be sent, to be sent again."""

from __future__ import annotations

from bot.console import browser
from bot.console.pushes.people import People, people_of
from bot.console.pushes.reasons import reason
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.delivery.letters import kind_of
from storage import outbox
from storage.outbox import Sending, Sought, StoredMessage

_SHOWN = 100


async def push_list(visit: Visit) -> Answer:
    """The newest first, without words."""
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        regions = await visit.reach.outbox_regions(conn, visit.kb)
        sought = Sought(states=["dead"], regions=regions)
        dead = await outbox.search(conn, sought, _SHOWN + 1)
    context = {
        "failed": [shown(one, people) for one in dead[:_SHOWN]],
        "total": f"{_SHOWN}条以上" if len(dead) > _SHOWN else f"{len(dead)}条",
        "again": visit.asked("again")[:6],
    }
    return Page("pushes.html", context)


async def send_again(visit: Visit) -> Answer:
    ids = [int(one) for one in visit.picked[:_SHOWN] if one.isdecimal() and len(one) < 10]
    async with visit.transaction() as conn:
        regions = await visit.reach.outbox_regions(conn, visit.kb)
        anew = await outbox.revive(conn, ids, visit.now, regions)
        at = visit.serving(conn)
        for id_ in anew:
            await at.record("send-again", None, f"outbox {id_}")
    visit.console.wake()
    return Elsewhere(f"{browser.PATH}/pushes?again={len(anew)}")


def shown(one: Sending | StoredMessage, people: People) -> dict[str, object]:
    """As lists show it: why it failed in words, and beside it what the outbox noted."""
    return {
        "id": one.id,
        "kind": kind_of(one.key),
        "channel": one.channel,
        "to": people.name(one.target),
        "state": one.state,
        "due": one.due,
        "attempts": one.attempts,
        "why": reason(one.error),
        "error": one.error or "",
    }
