"""A question asked as a user would ask it, and timed: how it is answered, and why."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.console.trying.views import View, views
from intents.conversation import FRESH
from intents.respond import decided, respond
from intents.trace import Trace, trace
from intents.turn import Reply, Said
from knowledge.snapshot import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Tried:
    """`before` are earlier messages with what each was answered; `ms` is how long it took."""

    before: tuple[tuple[str, Reply], ...]
    reply: Reply
    views: tuple[View, ...]
    trace: Trace
    ms: float


async def tried(
    kb: KnowledgeBase, text: str, now: datetime, region: str | None, before: Sequence[str]
) -> Tried:
    """`text` said at `now` after all of `before`, by somebody from `region`.

    Between two of them whoever writes to the assistant is answered.
    """
    talk, earlier = replace(FRESH, region=region), []
    for said in before:
        turn = respond(talk, Said(said), kb, now)
        earlier.append((said, turn.reply))
        talk = turn.conversation
        await asyncio.sleep(0)
    begun = time.perf_counter()
    found = decided(talk, Said(text), kb, now)
    ms = (time.perf_counter() - begun) * 1000
    shown = tuple(views(found.turn, kb, now))
    return Tried(tuple(earlier), found.turn.reply, shown, trace(found), ms)
