"""Reminders of deadlines to staff: 7, 3 and 1 days before, on working days.

What falls on a day off is told on the last working day before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.push.dialects import Dialect, dialect_of
from bot.push.digest_text import source, what, when
from bot.push.digests import letter, robots_of
from bot.push.notices import notices_for
from bot.push.subscribers import Subscriber
from bot.settings import Settings
from bot.workdays import Workdays
from intents.due import STAGES, Due, stage_on, upcoming
from intents.wording import digest as say
from storage.outbox import OutboxRow, joined

_LONGEST_REST = timedelta(days=15)
"""No holidays are longer."""


def reminders_for(
    reader: Subscriber, now: datetime, workdays: Workdays, settings: Settings
) -> list[OutboxRow]:
    """What the reader is to be told by `now`, in the bureau's zone; each key once for all time.

    Nothing on days off and before the reader's time of day; nothing whose day was past when they
    subscribed.
    """
    today = now.date()
    if now.time() < reader.at or not workdays.has(today):
        return []
    since = reader.row.at.astimezone(now.tzinfo).date()
    dialect = dialect_of(reader.target, robots_of(settings))
    return [
        _letter(due, stage, reader, now, dialect)
        for due, stage in _come(reader, today, workdays, since)
    ]


def _come(
    reader: Subscriber, today: date, workdays: Workdays, since: date
) -> Iterator[tuple[Due, int]]:
    def on(day: date) -> date:
        days = (day - timedelta(days=back) for back in range(_LONGEST_REST.days))
        return next((one for one in days if workdays.has(one)), day)

    notices = notices_for(reader.regions, reader.kb)
    for due in upcoming(notices, reader.kb, today, timedelta(days=STAGES[0]) + _LONGEST_REST):
        stage = stage_on(due.day, today, on)
        if stage is not None and on(due.day - timedelta(days=stage)) >= since:
            yield due, stage


def _letter(due: Due, stage: int, reader: Subscriber, now: datetime, dialect: Dialect) -> OutboxRow:
    """A deadline that was moved is another one."""
    key = f"reminder:{due.name}:{due.day.isoformat()}:{stage}:{reader.target}"
    days = due.days(now.date())
    lines = say.reminder(when(due), days, what(due), source(due)).split("\n")
    text = dialect.newline.join(lines)
    region = joined(reader.regions)
    return letter(key, reader.target, say.reminder_title(days), text, dialect, now, region)
