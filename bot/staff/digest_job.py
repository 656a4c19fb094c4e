"""From what is stored to what is sent: reads a period, composes its digest, queues or shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.delivery.plan import Plan, plan_of
from bot.delivery.robots import Robot
from bot.settings import Settings, SettingsError
from bot.staff.digest import Digest, Notices, Rows, compose
from bot.staff.digest_wording import DIALECTS, render, title
from bot.staff.schedule import last_run, period_key, run_before
from knowledge.load import load_knowledge, shipped_dir
from storage import demands, outbox, questions
from storage.database import Database
from storage.outbox import OutboxRow, StoredMessage

_UNTIL = "until"
"""Key in the payload of a scheduled digest: the end of its period, ISO and UTC."""


async def queue_period(db: Database, kb: Notices, plan: Plan, run: datetime) -> bool:
    """Puts `run`'s digest into the outbox, once a robot however often it is called.

    Its period begins where the last told one ended. False where there is nothing to tell.
    """
    rows, messages = await _read(db)
    since = _told_until(messages, run) or run_before(run, plan.table)
    digest = compose(rows, kb, run, since)
    if digest.empty and not plan.empty:
        return False
    period = {_UNTIL: run.astimezone(UTC).isoformat()}
    await _queue(db, [_row(digest, r, period_key(run, r.name), period) for r in plan.robots])
    return True


async def preview(settings: Settings, now: datetime) -> str:
    """The markdown that a WeCom robot would get now; nothing is stored or sent.

    Raises DatabaseError, KnowledgeError.
    """
    db = await Database.open(settings.database)
    try:
        return render(await _so_far(db, settings, now))
    finally:
        await db.close()


async def push(settings: Settings, now: datetime) -> tuple[str, ...]:
    """Puts what `preview` shows into the outbox; the scheduled digest is told it all the same.

    Returns the names of the robots, to which a running server sends it. Raises SettingsError
    where there are none, DatabaseError, KnowledgeError.
    """
    robots = plan_of(settings).robots
    if not robots:
        raise SettingsError("settings: digest.targets: names no robot")
    db = await Database.open(settings.database)
    try:
        digest = await _so_far(db, settings, now)
        stamp = f"{digest.at:%Y-%m-%dT%H:%M:%S}"
        await _queue(db, [_row(digest, r, f"digest:{stamp}:{r.name}", {}) for r in robots])
    finally:
        await db.close()
    return tuple(robot.name for robot in robots)


async def _so_far(db: Database, settings: Settings, now: datetime) -> Digest:
    """What has come since the last scheduled digest."""
    kb = load_knowledge(shipped_dir(), *([settings.knowledge] if settings.knowledge else []))
    table = plan_of(settings).table
    rows, messages = await _read(db)
    since = _told_until(messages, now) or last_run(now, table)
    return compose(rows, kb, now.astimezone(table.zone), since)


async def _read(db: Database) -> tuple[Rows, list[StoredMessage]]:
    async with db.transaction() as conn:
        rows = Rows(await demands.listing(conn), await questions.open_questions(conn))
        return rows, await outbox.listing(conn)


async def _queue(db: Database, rows: Sequence[OutboxRow]) -> None:
    async with db.transaction() as conn:
        await outbox.add(conn, rows)


def _told_until(messages: Sequence[StoredMessage], now: datetime) -> datetime | None:
    """The end of the last scheduled digest's period before `now`."""
    ends = (datetime.fromisoformat(m.payload[_UNTIL]) for m in messages if _UNTIL in m.payload)
    return max((end for end in ends if end < now), default=None)


def _row(digest: Digest, robot: Robot, key: str, more: dict[str, str]) -> OutboxRow:
    text = render(digest, DIALECTS[robot.kind])
    payload = {"title": title(digest), "text": text, **more}
    return OutboxRow(key=key, target=robot.name, payload=payload, due=digest.at)
