"""A reply, or its file, that cannot ride back on its request, as rows of the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.delivery.letters import REPLY, Letter, to_json
from bot.fitting import SHORTEST, parts_of
from bot.message import Message
from bot.taken import Taken
from intents.turn import Reply
from storage import outbox
from storage.outbox import OutboxRow


def posted(taken: Taken, reply: Reply, at: datetime) -> Iterator[OutboxRow]:
    """In their order; the same rows for the same message, however often it is taken."""
    message, staff = taken.message, taken.known.staff
    region = outbox.joined(staff.regions) if staff else taken.turn.conversation.region
    for number, letter in enumerate(_letters(message, reply), 1):
        yield OutboxRow(
            key=f"{REPLY}:{taken.key}:{number}",
            target=taken.sender,
            payload=to_json(letter),
            due=at,
            channel=message.sender.channel,
            queue=taken.sender,
            region=region,
        )


def _letters(message: Message, reply: Reply) -> list[Letter]:
    """The text rides back by itself where there is no route; a file never does."""
    if message.route is None:
        return [Letter(Reply(reply.kind, "", file=reply.file))] if reply.file else []
    if not reply.plain.strip():
        return []
    size = message.room.size if message.room else SHORTEST
    return [Letter(part, via=message.route.via) for part in parts_of(reply, size)]
