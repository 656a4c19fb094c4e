"""Who writes faster than anybody can is told so once, and not heard for a while."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.answered import Answered
from bot.care.counts import TakesMessages
from bot.limits.allowance import Allowance
from bot.message import Message
from intents.turn import Reply, Said

log = logging.getLogger(__name__)

UNHEARD = Answered(Reply("command", ""))
"""Nothing is said, nothing is stored."""


class LimitedDesk:
    """The desk, for those who keep within `allowance`, counted by sender.

    The first message beyond it is answered like any other, but for its words, which nobody looks
    at; those that follow within a minute are acknowledged and dropped.
    """

    def __init__(self, desk: TakesMessages, allowance: Allowance, telling: Allowance) -> None:
        """`telling` is how often a sender is told."""
        self._desk = desk
        self._allowance = allowance
        self._telling = telling

    async def take(self, message: Message) -> Answered:
        """As `Desk.take`."""
        sender = message.sender.key
        if self._allowance.spend(sender):
            return await self._desk.take(message)
        if not self._telling.spend(sender):
            return UNHEARD
        log.warning("%s: a sender writes too fast", message.sender.channel)
        return await self._desk.take(replace(message, said=Said(event="hurried")))
