"""What could not be sent, to be sent again; and who is pushed what."""

from __future__ import annotations

from bot.channels.robot import CHANNEL as ROBOT
from bot.console import browser
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.delivery.letters import kind_of
from bot.push.subscribers import Subscribers
from storage import outbox
from storage.outbox import ERASED, StoredMessage

_SHOWN = 100


async def push_list(visit: Visit) -> Answer:
    """Of what failed no words and no names but those of groups' robots; the newest first."""
    subscribers = Subscribers(visit.console.settings)
    async with visit.transaction() as conn:
        dead = [one for one in await outbox.listing(conn, ["dead"]) if one.error != ERASED]
        at = visit.serving(conn)
        subscribed = [
            {
                "who": one.target.removeprefix(f"{ROBOT}:")
                if one.member is None
                else await at.name_of(one.target),
                "kind": one.row.kind,
                "at": one.row.time or "09:00",
                "weekday": one.row.weekday,
                "regions": one.regions,
                "tasks": one.row.tasks,
            }
            for one in await subscribers.all(conn, visit.kb)
        ]
    context = {
        "failed": [_shown(one) for one in dead[::-1][:_SHOWN]],
        "total": len(dead),
        "subscribed": subscribed,
        "again": visit.asked("again")[:6],
    }
    return Page("pushes.html", context)


async def send_again(visit: Visit) -> Answer:
    ids = [int(one) for one in visit.picked[:_SHOWN] if one.isdecimal() and len(one) < 10]
    async with visit.transaction() as conn:
        anew = await outbox.revive(conn, ids, visit.now)
        at = visit.serving(conn)
        for id_ in anew:
            await at.record("send-again", None, f"outbox {id_}")
    visit.console.wake()
    return Elsewhere(f"{browser.PATH}/pushes?again={len(anew)}")


def _shown(one: StoredMessage) -> dict[str, object]:
    robot = one.target.removeprefix(f"{ROBOT}:") if one.channel == ROBOT else ""
    return {
        "id": one.id,
        "kind": kind_of(one.key),
        "channel": one.channel,
        "robot": robot,
        "due": one.due,
        "attempts": one.attempts,
        "error": one.error or "",
    }
