"""Subscriptions: one's own, by admins anybody's; and what the next digest would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.robot import CHANNEL as ROBOT
from bot.console import browser
from bot.console.listing import tasks
from bot.console.pushes.marked import marked
from bot.console.pushes.people import People, people_of
from bot.console.visit import Answer, Elsewhere, Page, Visit, is_at_least
from bot.push.dialects import dialect_of
from bot.push.digest_text import render
from bot.push.digests import frame_of, robots_of, so_far
from bot.push.previewing import NoReader, reader_of
from bot.push.schedule import next_run
from bot.push.subscribers import Subscriber, Subscribers
from bot.staff.counter.reach import everywhere, reach_of
from bot.staff.counter.subscribing import KINDS, fitted, outside_of
from bot.workdays import workdays_of
from intents.wording import staff_subscriptions as say
from knowledge.late import late
from storage import subscriptions
from storage.connection import AsyncConnection
from storage.subscriptions import Kind, SubscriptionRow

_TIME = late(r"([01]\d|2[0-3]):[0-5]\d")
_WEEKDAY = late(r"[1-7]")
_USUAL = "09:00"
_DIGESTS: tuple[Kind, ...] = ("daily", "weekly")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent."""

    to: str = ""
    kind: str = "daily"
    time: str = _USUAL
    weekday: str = "1"
    empty: bool = False
    regions: Sequence[str] = field(default_factory=tuple)
    tasks: Sequence[str] = field(default_factory=tuple)


async def subscription_list(visit: Visit) -> Answer:
    return await _shown(visit)


async def subscribe(visit: Visit) -> Answer:
    """What was subscribed to of the same kind before is changed as a whole."""
    typed = _typed(visit)
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        row = _row(visit, people, typed)
        if isinstance(row, SubscriptionRow):
            await subscriptions.put(conn, row)
            await visit.serving(conn).record("subscription", None, f"{row.kind} {row.target}")
            return Elsewhere(f"{browser.PATH}/subscriptions?done=put")
    return await _shown(visit, row, typed, 400)


async def unsubscribe(visit: Visit) -> Answer:
    to = visit.form.get("to") or visit.staff.sender
    kind = next((one for one in KINDS if one == visit.form.get("kind")), None)
    if kind is None:
        return await _shown(visit, "end-what", status=400)
    if not _may_change(visit, to):
        return await _shown(visit, "end-others", status=403)
    async with visit.transaction() as conn:
        gone = await subscriptions.remove(conn, to, [kind])
        if gone:
            await visit.serving(conn).record("subscription", None, f"removed {kind} {to}")
    return Elsewhere(f"{browser.PATH}/subscriptions?done={'gone' if gone else 'none'}")


async def preview(visit: Visit) -> Answer:
    """What the next digest would say if it went now, and when it goes."""
    to = visit.asked("to") or visit.staff.sender
    kind: Kind = "weekly" if visit.asked("kind") == "weekly" else "daily"
    settings = visit.console.settings
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        if not people.may_be_read(to, visit):
            return Page("refused.html", {"why": "region", "what": "这份简报"}, 403)
        try:
            reader = await reader_of(conn, visit.kb, settings, to, kind, visit.now)
        except NoReader:
            return Page("problem.html", {"status": 404}, 404)
        digest = await so_far(conn, reader, visit.now, settings)
        asked = await Subscribers(settings).all(conn, visit.kb, [kind])
    dialect = dialect_of(to, robots_of(settings))
    texts = render(digest, frame_of(reader, dialect, settings))
    context = {
        "to": people.name(to),
        "kind": kind,
        "subscribed": any(one.target == to for one in asked),
        "goes": next_run(visit.now, reader.timetable(workdays_of(settings), settings)),
        "held_back": digest.empty and not reader.row.empty,
        "texts": [marked(text, dialect.markdown) for text in texts],
    }
    return Page("digest-preview.html", context)


async def _shown(
    visit: Visit, problem: str = "", typed: Typed | None = None, status: int = 200
) -> Answer:
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        listed = await _listed(conn, visit, people)
    context = {
        "rows": listed,
        "mine": _may_be_pushed(visit, visit.staff.sender),
        "targets": _targets(visit, people),
        "kinds": KINDS,
        "what": {kind: say.option(kind) for kind in KINDS},
        "regions": _regions(visit),
        "tasks": tasks(visit.kb),
        "typed": typed or Typed(to=visit.staff.sender),
        "problem": problem,
        "done": visit.asked("done"),
    }
    return Page("pushes-subscriptions.html", context, status)


async def _listed(conn: AsyncConnection, visit: Visit, people: People) -> list[dict[str, object]]:
    """All of them for heads and admins, one's own for clerks."""
    every = is_at_least(visit.staff.role, "head")
    stored = {(row.target, row.kind) for row in await subscriptions.listing(conn)}
    found = await Subscribers(visit.console.settings).all(conn, visit.kb)
    return [
        _line(one, people, visit, given=(one.target, one.row.kind) not in stored)
        for one in found
        if every or one.target == visit.staff.sender
    ]


def _line(one: Subscriber, people: People, visit: Visit, *, given: bool) -> dict[str, object]:
    row = one.row
    return {
        "target": one.target,
        "who": people.name(one.target),
        "kind": row.kind,
        "when": say.when(row.kind, row.time or _USUAL, row.weekday or 1),
        "regions": row.regions,
        "tasks": row.tasks,
        "empty": row.empty,
        "given": given,
        "may_end": not given and _may_change(visit, one.target),
        "readable": row.kind in _DIGESTS and people.may_be_read(one.target, visit),
    }


def _row(visit: Visit, people: People, typed: Typed) -> SubscriptionRow | str:
    """Else what is wrong with it, as the template names it."""
    kind = next((one for one in KINDS if one == typed.kind), None)
    if kind is None:
        return "what"
    if not _may_change(visit, typed.to):
        return "others"
    if typed.to not in dict(people.known) or not _may_be_pushed(visit, typed.to):
        return "unreachable"
    if not _TIME.fullmatch(typed.time) or not _WEEKDAY.fullmatch(typed.weekday):
        return "time"
    member = people.members.get(typed.to)
    reach = reach_of(member, visit.kb) if member else everywhere(visit.kb)
    known = {region for region, _ in _regions(visit)}
    if set(typed.regions) - known or outside_of(reach, typed.regions, visit.kb):
        return "region"
    if set(typed.tasks) - set(tasks(visit.kb)):
        return "task"
    moment: datetime = visit.now
    return fitted(
        SubscriptionRow(
            typed.to,
            kind,
            moment,
            typed.time,
            int(typed.weekday),
            tuple(typed.regions),
            tuple(typed.tasks),
            typed.empty,
        )
    )


def _typed(visit: Visit) -> Typed:
    """Regions and key tasks are ticked under one name."""
    form: Mapping[str, str] = visit.form
    ticked = [one.partition(":")[::2] for one in visit.picked]
    return Typed(
        form.get("to") or visit.staff.sender,
        form.get("kind", ""),
        form.get("time", "").strip() or _USUAL,
        form.get("weekday") or "1",
        bool(form.get("empty")),
        tuple(name for what, name in ticked if what == "region"),
        tuple(name for what, name in ticked if what == "task"),
    )


def _may_change(visit: Visit, target: str) -> bool:
    return target == visit.staff.sender or visit.staff.role == "admin"


def _may_be_pushed(visit: Visit, target: str) -> bool:
    channel = target.partition(":")[0]
    return channel == ROBOT or channel in visit.console.provided.pushable


def _targets(visit: Visit, people: People) -> list[tuple[str, str]]:
    """Whom an admin may choose; nobody else chooses."""
    if visit.staff.role != "admin":
        return []
    return [(to, name) for to, name in people.known if _may_be_pushed(visit, to)]


def _regions(visit: Visit) -> list[tuple[str, str]]:
    """Those of the bureaus within reach, by full and short name."""
    found = [bureau for bureau in visit.kb.bureaus.all if visit.reach.has(bureau.id)]
    return list(dict.fromkeys((bureau.region, bureau.short) for bureau in found))
