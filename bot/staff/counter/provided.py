"""What the settings provide for staff's commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.handover.setup import Handover
from knowledge.snapshot import KnowledgeBase
from storage.connection import AsyncConnection
from storage.staff import StaffRow
from storage.subscriptions import SubscriptionRow

Announce = Callable[[AsyncConnection, Sequence[Any], KnowledgeBase, datetime], Awaitable[bool]]
"""Of `bot.taken.Taken`, in the transaction that stores them, at a moment."""


async def _nothing(
    _conn: AsyncConnection, _batch: Sequence[Any], _kb: KnowledgeBase, _now: datetime
) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Provided:
    """`drafts`: the bureau's knowledge directory, which 入库 adds to; None where there is none.
    `exports`: the folder of what 导出 makes. `listed`: the staff whom the settings name, by their
    senders' keys. `reporters`: what each bureau's forms say of it, by the bureau's id. `pushable`:
    the channels whose people can be written to first. `handover`: see there. `announce` tells
    others what they are to know at once, and whether there was anything. `subscriptions` are those
    that the settings give."""

    drafts: Path | None = None
    exports: Path = Path("exports")
    listed: Mapping[str, StaffRow] = field(default_factory=dict)
    reporters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pushable: Collection[str] = frozenset()
    handover: Handover = field(default_factory=Handover)
    announce: Announce = _nothing
    subscriptions: Sequence[SubscriptionRow] = ()
