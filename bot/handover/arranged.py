"""Handing over as the settings have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from bot.channels.kf.handover import row as to_their_queue
from bot.handover.hours import OfficeHours
from bot.handover.setup import Elsewhere, Handover, OnDuty
from bot.push.subscribers import Subscribers
from bot.settings import Settings
from knowledge.snapshot import KnowledgeBase
from storage.connection import AsyncConnection


def handover_of(settings: Settings, subscribers: Subscribers) -> Handover:
    own = settings.handover
    opens, closes = time.fromisoformat(own.opens), time.fromisoformat(own.closes)
    return Handover(
        OfficeHours(opens, closes, subscribers.workdays),
        timedelta(minutes=own.silence_minutes),
        _on_duty(subscribers),
        _elsewhere(settings),
    )


def _on_duty(subscribers: Subscribers) -> OnDuty:
    """Who subscribed to it and serves the region; of who is from nobody knows where, all."""

    async def on_duty(conn: AsyncConnection, region: str | None, kb: KnowledgeBase) -> list[str]:
        found = await subscribers.all(conn, kb, ["handoff"])
        return [one.target for one in found if region is None or one.reach.has_region(region, kb)]

    return on_duty


def _elsewhere(settings: Settings) -> Mapping[str, Elsewhere]:
    queues = settings.kf is not None and settings.kf.human == "queue"
    return {"kf": to_their_queue} if queues else {}
