"""The checks, in the order in which one thing rests on another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.doctor.callbacks import of_callbacks
from bot.doctor.finding import Finding
from bot.doctor.house import of_calendar, of_database, of_knowledge, of_pushes, of_settings
from bot.doctor.patient import Patient
from bot.doctor.reach import of_hosts
from bot.doctor.secrets import of_secrets

Check = Callable[[Patient], AsyncIterator[Finding]]

CHECKS: tuple[Check, ...] = (
    of_settings,
    of_database,
    of_knowledge,
    of_hosts,
    of_secrets,
    of_callbacks,
    of_pushes,
    of_calendar,
)


async def examine(patient: Patient) -> AsyncIterator[Finding]:
    """Each finding as soon as it is made."""
    for check in CHECKS:
        async for finding in check(patient):
            yield finding
