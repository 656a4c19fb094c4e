"""发送失败: what was given up in the outbox, without words and names."""

from __future__ import annotations

from bot.channels.robot import CHANNEL as ROBOT
from bot.delivery.letters import kind_of
from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Outcome, Serving
from intents.wording import staff_failed as say
from storage import outbox
from storage.outbox import ERASED, StoredMessage

_SHOWN = 20


async def failures(at: Serving, _command: Command) -> Outcome:
    """The newest first, of the member's regions."""
    dead = await outbox.listing(at.conn, ["dead"])
    found = [one for one in reversed(dead) if _is_theirs(at, one)]
    if not found:
        return Outcome(say.none_failed())
    return Outcome(say.failed(len(found), [_line(at, one) for one in found[:_SHOWN]]))


def _is_theirs(at: Serving, one: StoredMessage) -> bool:
    return one.error != ERASED and at.reach.has_all(one.region, at.kb)


def _line(at: Serving, one: StoredMessage) -> str:
    robot = one.target.removeprefix(f"{ROBOT}:") if one.channel == ROBOT else ""
    kind, when = kind_of(one.key), at.when(one.due)
    return say.line(one.id, kind, one.channel, robot, when, one.error or "")
