"""A question in a conversation of its own: for scripts, and for golden questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

from intents.conversation import FRESH, Conversation
from intents.respond import respond
from intents.turn import Reply, Said
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase

_NOON = time_of_day(12)

Ask = Callable[[KnowledgeBase, Golden, datetime], Reply]
"""How a golden question is answered by a knowledge base, asked at a moment."""


def asked(kb: KnowledgeBase, text: str, now: datetime, context: Iterable[str] = ()) -> Reply:
    """The reply to `text` after `context`, all said at `now`."""
    return respond(talked(kb, context, now), Said(text), kb, now).reply


def talked(kb: KnowledgeBase, context: Iterable[str], now: datetime) -> Conversation:
    """The conversation in which all that was said at `now`."""
    conversation = FRESH
    for before in context:
        conversation = respond(conversation, Said(before), kb, now).conversation
    return conversation


def golden_reply(kb: KnowledgeBase, golden: Golden, now: datetime) -> Reply:
    """How a golden question is answered, on its own day if it names one."""
    at = noon(golden.today, now) if golden.today else now
    return asked(kb, golden.q, at, golden.context)


def once() -> Ask:
    """`golden_reply`, that remembers: for who asks the same questions for several reasons."""
    told: dict[tuple[int, Golden, datetime], Reply] = {}

    def ask(kb: KnowledgeBase, golden: Golden, now: datetime) -> Reply:
        key = (id(kb), golden, now)
        if key not in told:
            told[key] = golden_reply(kb, golden, now)
        return told[key]

    return ask


def noon(day: date, now: datetime) -> datetime:
    """The day's noon, in the zone of `now`."""
    return datetime.combine(day, _NOON, now.tzinfo or ZoneInfo("Asia/Shanghai"))
