"""What the settings say of handing over: when people are there, who is told, for how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.handover.hours import OfficeHours
from knowledge.snapshot import KnowledgeBase
from storage.connection import AsyncConnection
from storage.outbox import OutboxRow

OnDuty = Callable[[AsyncConnection, str | None, KnowledgeBase], Awaitable[list[str]]]
"""Whom to tell of somebody from a region (None: not known) who wants a person: their targets."""

Elsewhere = Callable[[str, datetime, str, str | None], OutboxRow]
"""How a platform takes a sender to its own people: from the sender's key, now, a key and where the
sender is from."""


async def _nobody(_conn: AsyncConnection, _region: str | None, _kb: KnowledgeBase) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Handover:
    """`silence`: a talk in which nobody said anything for so long goes back to the assistant.
    `elsewhere`: by channel, where its platform hands over by itself."""

    hours: OfficeHours = field(default_factory=OfficeHours)
    silence: timedelta = timedelta(minutes=30)
    on_duty: OnDuty = _nobody
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
