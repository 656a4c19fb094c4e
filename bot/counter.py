"""The staff's side of the desk: who is served there, and by what."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.staff.counter.provided import Provided
from bot.staff.counter.serving import Serving
from intents.conversation import Conversation
from intents.turn import Reply, Turn
from intents.wording.talk import apology
from storage.database import is_conflict
from storage.outside import savepoint
from storage.staff import StaffRow

log = logging.getLogger(__name__)


Serve = Callable[[Serving, str, Conversation], Awaitable[Turn | None]]
"""`bot.staff.counter.serve.serve`: None for what is no command of staff's."""


async def _shipped(at: Serving, text: str, talk: Conversation) -> Turn | None:
    """Imported when the first of the staff writes: no command but a server needs all of it."""
    from bot.staff.counter.serve import serve

    return await serve(at, text, talk)


@dataclass(frozen=True, slots=True)
class Counter:
    """`listed` are those whom the settings name, by their senders' keys."""

    listed: Mapping[str, StaffRow] = field(default_factory=dict)
    provided: Provided = field(default_factory=Provided)
    serve: Serve = _shipped

    async def turn(self, at: Serving, text: str, talk: Conversation) -> Turn | None:
        """As `serve`; what a command that breaks has done is undone, and that alone.

        Raises what lets the whole transaction be tried again.
        """
        try:
            async with savepoint(at.conn):
                return await self.serve(at, text, talk)
        except Exception as problem:  # a named border: one bad message must not fail the others
            if is_conflict(problem):
                raise
            log.error("a message of staff was not answered: %r", type(problem))
            return Turn(Reply("refuse", apology()), talk)
