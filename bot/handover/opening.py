"""A ticket for who wants a person, and those who are there told of it."""

from __future__ import annotations

from bot.delivery.letters import Letter, to_json
from bot.handover.setup import Handover
from bot.handover.telling import Wire, wanted_key
from bot.staff.inert import inert, masked
from intents.turn import Reply
from intents.wording import staff_talks as say
from knowledge.snapshot import KnowledgeBase
from storage import outbox, tickets
from storage.outbox import OutboxRow
from storage.tickets import TicketRow

_SHOWN = 60
_ROBOT = "robot"


async def open_ticket(wire: Wire, kb: KnowledgeBase, setup: Handover, row: TicketRow) -> int:
    """Its number. Who is told of it is told without personal data."""
    id_ = await tickets.open_(wire.conn, row)
    where = row.region or say.nowhere()
    about = inert(masked(row.about), _SHOWN)
    for target in await setup.on_duty(wire.conn, row.region, kb):
        key = wanted_key(id_, target)
        here = target.partition(":")[0] != _ROBOT
        text = say.wanted(id_, where, about, here=here)
        if not here:
            letter = Letter(Reply("command", text), title=say.wanted_title(id_))
            await _to_robot(wire, target, letter, key, row.region)
        else:
            await wire.tell(target, text, key, row.region)
    return id_


async def _to_robot(wire: Wire, target: str, letter: Letter, key: str, region: str | None) -> None:
    row = OutboxRow(key, target, to_json(letter), wire.now, _ROBOT, target, region)
    await outbox.add(wire.conn, [row])
