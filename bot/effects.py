"""A batch of turns stored: what they want done, what was replied, where each talk stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import forgetting, rounds
from bot.answered import Answered, PastTurn, to_json
from bot.fitting import fitted
from bot.keeping import Keeping
from bot.posting import posted
from bot.taken import Taken
from bot.told import MOST, with_notes
from intents import conversation
from intents.conversation import Conversation
from intents.turn import (
    CancelDemand,
    Forget,
    KeepAttachment,
    NoteDemand,
    SaveDraft,
    SubmitDemand,
    Turn,
)
from storage import conversations, inbox, notes, outbox, windows
from storage.connection import AsyncConnection
from storage.conversations import ConversationRow
from storage.demands import Key
from storage.inbox import InboxRow
from storage.keys import storable
from storage.windows import WindowRow


async def apply(
    conn: AsyncConnection, batch: Sequence[Taken], at: datetime, revision: int, keeping: Keeping
) -> dict[str, Answered]:
    """Does what the turns want done, tells what waited to be told, and stores all of it.

    `batch` has one turn of a sender's at most, answered from the knowledge base's `revision`.
    Returns by message the reply that a repeat gets too, with the demand that it touched.
    """
    if not batch:
        return {}
    ids = await rounds.do(conn, batch, at)
    told = [(taken, _shown(taken)) for taken in batch]
    answers = {taken.key: Answered(turn.reply, _touched(taken, ids)) for taken, turn in told}
    await notes.told(conn, [n.id for taken in batch for n in taken.known.notes], at)
    await inbox.store(conn, [_lasting(t, answers[t.key], at, revision, keeping) for t in batch])
    talks = {taken.sender: _talk_after(taken, turn) for taken, turn in told}
    rows = [
        ConversationRow(sender, conversation.to_json(talk), at) for sender, talk in talks.items()
    ]
    await conversations.save(conn, rows)
    await windows.open_(conn, _opened(batch))
    await outbox.add(conn, [row for t in batch for row in posted(t, answers[t.key].reply, at)])
    return answers


def _shown(taken: Taken) -> Turn:
    """The turn with what waited to be told, as much as the platform carries."""
    room = taken.message.room
    most = room.size if room else MOST
    return fitted(with_notes(taken.turn, _notes(taken), most), room)


def _opened(batch: Sequence[Taken]) -> list[WindowRow]:
    """Who writes may be written to, where the platform counts."""
    return [
        WindowRow(t.sender, t.message.at + window.lasts, window.sends)
        for t in batch
        if (window := t.message.window) is not None
    ]


def _notes(taken: Taken) -> list[str]:
    """Who has just had everything erased is told nothing of it any more."""
    return [] if _forgets(taken.turn) else [note.text for note in taken.known.notes]


def _lasting(
    taken: Taken, answer: Answered, at: datetime, revision: int, keeping: Keeping
) -> InboxRow:
    """After a Forget neither what was said nor which demand it was."""
    said = taken.message.said
    past = PastTurn(answer.reply, answer.demand, storable(said.text), said.event, revision)
    if _forgets(taken.turn):
        past = PastTurn(answer.reply)
    staff, demand = taken.known.staff is not None, past.demand is not None
    until = keeping.until(at, staff=staff, demand=demand)
    return InboxRow(taken.key, taken.sender, at, to_json(past), until, answer.reply.kind)


def _talk_after(taken: Taken, turn: Turn) -> Conversation:
    after = turn.conversation
    return forgetting.left_of(taken.known.talk, after) if _forgets(turn) else after


def _touched(taken: Taken, ids: dict[Key, int]) -> int | None:
    """The last entry that the turn saved, called off, told of or sent something along with."""
    for effect in reversed(taken.turn.effects):
        match effect:
            case SaveDraft(entry) | SubmitDemand(entry):
                return ids.get((taken.sender, entry.number))
            case CancelDemand(number) | NoteDemand(number, _):
                return ids.get((taken.sender, number))
            case KeepAttachment(number, _):
                stored = (one.id for one in taken.known.own if one.number == number)
                return ids.get((taken.sender, number)) or next(stored, None)
    return None


def _forgets(turn: Turn) -> bool:
    return any(isinstance(effect, Forget) for effect in turn.effects)
