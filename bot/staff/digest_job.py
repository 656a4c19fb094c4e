"""From what is stored to what is sent: reads a period, composes its digest, queues it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.channels.robot import CHANNEL as ROBOT
from bot.channels.robot import target_of
from bot.delivery.letters import Letter, to_json
from bot.delivery.plan import Plan
from bot.platforms.robots import Robot
from bot.staff.digest import Digest, Notices, Rows, compose
from bot.staff.digest_wording import DIALECTS, render, title
from bot.staff.schedule import last_run, period_key, run_before
from intents.turn import Reply
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


async def queue_extra(db: Database, kb: Notices, plan: Plan, now: datetime) -> Sequence[str]:
    """Puts what has come so far into the outbox, for the robots whose names it returns.

    The scheduled digest tells it all the same.
    """
    digest = await so_far(db, kb, plan, now)
    stamp = f"{digest.at:%Y-%m-%dT%H:%M:%S}"
    await _queue(db, [_row(digest, r, f"digest:{stamp}:{r.name}", {}) for r in plan.robots])
    return [robot.name for robot in plan.robots]


async def so_far(db: Database, kb: Notices, plan: Plan, now: datetime) -> Digest:
    """What has come since the last scheduled digest."""
    rows, messages = await _read(db)
    since = _told_until(messages, now) or last_run(now, plan.table)
    return compose(rows, kb, now.astimezone(plan.table.zone), since)


async def _read(db: Database) -> tuple[Rows, list[StoredMessage]]:
    async with db.transaction() as conn:
        rows = Rows(await demands.listing(conn), await questions.open_questions(conn))
        return rows, await outbox.listing(conn)


async def _queue(db: Database, rows: Sequence[OutboxRow]) -> None:
    async with db.transaction() as conn:
        await outbox.add(conn, rows)


def _told_until(messages: Sequence[StoredMessage], now: datetime) -> datetime | None:
    """The end of the last scheduled digest's period before `now`."""
    payloads = (message.payload or {} for message in messages)
    ends = (datetime.fromisoformat(p[_UNTIL]) for p in payloads if _UNTIL in p)
    return max((end for end in ends if end < now), default=None)


def _row(digest: Digest, robot: Robot, key: str, more: dict[str, str]) -> OutboxRow:
    reply = Reply("command", render(digest, DIALECTS[robot.kind]))
    letter = Letter(reply, title=title(digest), markdown=True)
    target = target_of(robot.name)
    return OutboxRow(key, target, {**to_json(letter), **more}, digest.at, ROBOT, target)
