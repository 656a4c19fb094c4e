"""Reminders of deadlines to those who asked for them: 7, 3 and 1 days before, each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.push.notes import tell
from intents.conversation import from_json
from intents.due import STAGES, Due, named, stage_on
from intents.reminding.telling import told
from intents.wording import reminding as say
from knowledge.snapshot import KnowledgeBase
from storage import conversations, notes, reminders
from storage.connection import AsyncConnection
from storage.keys import key_of
from storage.notes import NoteRow
from storage.reminders import ReminderRow

AT = time(9)
"""The time of day: nobody is written to earlier."""


async def remind(
    conn: AsyncConnection, kb: KnowledgeBase, now: datetime, pushable: Collection[str]
) -> bool:
    """Tells what is to be told by `now`, in the bureau's zone; whether there was anything.

    A deadline that was moved is told once, and reminded of by its new day; one that is gone is
    told once, and forgotten. An earlier reminder that nobody has read yet is not told beside.
    """
    rows = [
        row for one in await reminders.listing(conn) for row in await _of_one(conn, one, kb, now)
    ]
    await tell(conn, await _with_regions(conn, rows), now, pushable)
    return bool(rows)


async def _with_regions(conn: AsyncConnection, rows: Sequence[NoteRow]) -> list[NoteRow]:
    """Where each sender is from, as far as they told."""
    states = await conversations.glance(conn, {row.sender for row in rows})
    told = {sender: from_json(state).region for sender, state in states.items()}
    return [replace(row, region=told.get(row.sender)) for row in rows]


async def _of_one(
    conn: AsyncConnection, one: ReminderRow, kb: KnowledgeBase, now: datetime
) -> list[NoteRow]:
    today = now.date()
    due = named(one.deadline, kb, today)
    if due is None:
        await reminders.remove(conn, [(one.sender, one.deadline)])
        return [_note(one, "gone", say.gone(*_last_known(one, kb)), now)]
    rows = []
    if due.day.isoformat() != one.due:
        await reminders.move(conn, one, due.day.isoformat())
        before = say.day(date.fromisoformat(one.due))
        what, when, source = told(due)
        text = say.moved(what, before, when, source)
        rows.append(_note(one, f"moved:{due.day.isoformat()}", text, now))
    if due.day < today:
        await reminders.remove(conn, [(one.sender, one.deadline)])
        await notes.withdraw(conn, [_key(one, _mark(due, days)) for days in STAGES])
        return rows
    stage = stage_on(due.day, today)
    if stage is not None and due.day - timedelta(days=stage) > _asked_on(one, now):
        earlier = [_key(one, _mark(due, days)) for days in STAGES if days > stage]
        await notes.withdraw(conn, earlier)
        rows.append(_note(one, _mark(due, stage), say.due(*told(due)), now))
    return rows


def _asked_on(one: ReminderRow, now: datetime) -> date:
    return one.at.astimezone(now.tzinfo).date()


def _last_known(one: ReminderRow, kb: KnowledgeBase) -> tuple[str, str]:
    id_, clause = one.deadline.split("#", 2)[:2]
    notice = kb.get(id_)
    source = f"{notice.short}{clause}" if notice else clause
    return source, say.day(date.fromisoformat(one.due))


def _mark(due: Due, stage: int) -> str:
    return f"{due.day.isoformat()}:{stage}"


def _key(one: ReminderRow, mark: str) -> str:
    return key_of(f"reminder:{mark}:{one.sender}:{one.deadline}")


def _note(one: ReminderRow, mark: str, text: str, now: datetime) -> NoteRow:
    return NoteRow(one.sender, text, now, key=_key(one, mark))
