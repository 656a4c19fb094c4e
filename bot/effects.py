"""What turns want done, as rows: a whole batch at once, yet in each sender's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forgetting
from bot.answered import Answered, to_json
from bot.fitting import fitted
from bot.known import Known
from bot.message import Message
from bot.posting import posted
from bot.told import MOST, with_notes
from intents import conversation
from intents.conversation import Conversation
from intents.turn import (
    CancelDemand,
    DemandEntry,
    Effect,
    EndTalk,
    Forget,
    HandOff,
    KeepAttachment,
    NoteDemand,
    OpenQuestion,
    PassOn,
    Remind,
    Reply,
    SaveDraft,
    SubmitDemand,
    Turn,
    Unremind,
)
from storage import (
    attachments,
    conversations,
    demands,
    inbox,
    notes,
    outbox,
    questions,
    reminders,
    windows,
)
from storage.attachments import AttachmentRow
from storage.conversations import ConversationRow
from storage.demands import DemandRow, Key
from storage.handling import Handled, handle
from storage.inbox import InboxRow
from storage.questions import QuestionRow
from storage.reminders import ReminderRow
from storage.windows import WindowRow


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn, and whose: the keys of the message and of its sender, what was known of them."""

    key: str
    sender: str
    message: Message
    known: Known
    turn: Turn

    @property
    def channel(self) -> str:
        return self.message.sender.channel


async def apply(conn: AsyncConnection, batch: Sequence[Taken], at: datetime) -> dict[str, Answered]:
    """Does what the turns want done, tells what waited to be told, and stores all of it.

    `batch` has one turn of a sender's at most. Returns by message the reply that a repeat gets too,
    with the demand that it touched.
    """
    if not batch:
        return {}
    ids = await _do(conn, batch, at)
    told = [(taken, _shown(taken)) for taken in batch]
    answers = {taken.key: Answered(turn.reply, _touched(taken, ids)) for taken, turn in told}
    await notes.told(conn, [n.id for taken in batch for n in taken.known.notes], at)
    lasting = [InboxRow(t.key, t.sender, at, to_json(_lasting(t, answers[t.key]))) for t in batch]
    await inbox.store(conn, lasting)
    talks = {taken.sender: _talk_after(taken, turn) for taken, turn in told}
    rows = [
        ConversationRow(sender, conversation.to_json(talk), at) for sender, talk in talks.items()
    ]
    await conversations.save(conn, rows)
    await windows.open_(conn, _opened(batch, at))
    await outbox.add(conn, [row for t in batch for row in posted(t, answers[t.key].reply, at)])
    return answers


def _shown(taken: Taken) -> Turn:
    """The turn with what waited to be told, as much as the platform carries."""
    room = taken.message.room
    most = room.size if room else MOST
    return fitted(with_notes(taken.turn, _notes(taken), most), room)


def _opened(batch: Sequence[Taken], at: datetime) -> list[WindowRow]:
    """Who writes may be written to, where the platform counts."""
    return [
        WindowRow(t.sender, at + window.lasts, window.sends)
        for t in batch
        if (window := t.message.window) is not None
    ]


async def _do(conn: AsyncConnection, batch: Sequence[Taken], at: datetime) -> dict[Key, int]:
    rounds = _Rounds()
    for taken in batch:
        for effect in taken.turn.effects:
            rounds.add(taken, effect, at)
    ids: dict[Key, int] = {}
    for one in rounds.all:
        ids |= await _store(conn, one, at)
    return ids


def _notes(taken: Taken) -> list[str]:
    """Who has just had everything erased is told nothing of it any more."""
    return [] if _forgets(taken.turn) else [note.text for note in taken.known.notes]


def _lasting(taken: Taken, answer: Answered) -> Answered:
    """What a repeat is given: after a Forget not even which demand it was."""
    return Answered(answer.reply) if _forgets(taken.turn) else answer


def _talk_after(taken: Taken, turn: Turn) -> Conversation:
    after = turn.conversation
    return forgetting.left_of(taken.known.talk, after) if _forgets(turn) else after


@dataclass(slots=True)
class _Round:
    """Changes that may be stored kind by kind, in this order, for all senders together."""

    forget: dict[str, Reply] = field(default_factory=dict)
    save: list[DemandRow] = field(default_factory=list)
    ask: list[QuestionRow] = field(default_factory=list)
    note: dict[Key, Handled] = field(default_factory=dict)
    keep: list[tuple[Taken, KeepAttachment]] = field(default_factory=list)
    remind: list[ReminderRow] = field(default_factory=list)
    unremind: list[tuple[str, str]] = field(default_factory=list)
    cancel: list[tuple[str, int, datetime]] = field(default_factory=list)
    unsay: dict[str, Reply] = field(default_factory=dict)


_FORGET, _ADD, _CANCEL = range(3)


class _Rounds:
    """As few rounds as keep what each sender wants in order: nearly always one."""

    def __init__(self) -> None:
        self.all: list[_Round] = []
        self._last: dict[str, tuple[int, int]] = {}

    def add(self, taken: Taken, effect: Effect, at: datetime) -> None:
        match effect:
            case SaveDraft(entry):
                self._at(taken, _ADD).save.append(_demand(taken, entry, "draft", at))
            case SubmitDemand(entry):
                self._at(taken, _ADD).save.append(_demand(taken, entry, "submitted", at))
            case CancelDemand(number):
                one = self._at(taken, _CANCEL)
                one.cancel.append((taken.sender, number, at))
                if _without_consent(taken):
                    one.unsay[taken.sender] = taken.turn.reply
            case NoteDemand(number, told):
                handled = Handled(_id(taken, number), "note", taken.sender, at, told)
                self._at(taken, _ADD).note[taken.sender, number] = handled
            case OpenQuestion():
                self._at(taken, _ADD).ask.append(_question(taken, effect, at))
            case Remind(deadline, due):
                row = ReminderRow(taken.sender, deadline, due.isoformat(), at)
                self._at(taken, _ADD).remind.append(row)
            case Unremind(deadlines):
                pairs = [(taken.sender, deadline) for deadline in deadlines]
                self._at(taken, _CANCEL).unremind.extend(pairs)
            case KeepAttachment():
                self._at(taken, _ADD).keep.append((taken, effect))
            case Forget():
                self._at(taken, _FORGET).forget[taken.sender] = taken.turn.reply
            case HandOff() | PassOn() | EndTalk():
                pass  # `bot.handover.turns`

    def _at(self, taken: Taken, step: int) -> _Round:
        number, last = self._last.get(taken.sender, (0, _FORGET))
        if step < last:
            number += 1
        self._last[taken.sender] = (number, step)
        if number == len(self.all):
            self.all.append(_Round())
        return self.all[number]


async def _store(conn: AsyncConnection, one: _Round, at: datetime) -> dict[Key, int]:
    if one.forget:
        await forgetting.forget(conn, one.forget, at)
    saved = await demands.save(conn, one.save)
    await questions.add(conn, one.ask)
    for handled in one.note.values():  # one now and then
        await handle(conn, handled)
    saved |= {key: handled.demand for key, handled in one.note.items()}
    await attachments.add(conn, [_attachment(*kept, saved, at) for kept in one.keep])
    await reminders.add(conn, one.remind)
    await reminders.remove(conn, one.unremind)
    await forgetting.unsay(conn, one.unsay)
    return saved | await demands.cancel(conn, one.cancel)


def _id(taken: Taken, number: int) -> int:
    """Of one of the sender's own demands."""
    return next(demand.id for demand in taken.known.own if demand.number == number)


def _demand(
    taken: Taken, entry: DemandEntry, status: Literal["draft", "submitted"], at: datetime
) -> DemandRow:
    return DemandRow(
        sender=taken.sender,
        number=entry.number,
        notice=entry.notice,
        campaign=entry.campaign,
        region=entry.region,
        channel=taken.channel,
        status=status,
        fields=dict(entry.fields),
        at=at,
        personal=entry.personal,
        bureau=entry.bureau,
        national=entry.national,
    )


def _attachment(
    taken: Taken, effect: KeepAttachment, saved: dict[Key, int], at: datetime
) -> AttachmentRow:
    """It belongs to a demand that the turn saved, or to one that lay there before."""
    demand = saved.get((taken.sender, effect.number)) or _id(taken, effect.number)
    sent = effect.attachment
    return AttachmentRow(taken.sender, demand, sent.kind, sent.ref, sent.name, at)


def _question(taken: Taken, effect: OpenQuestion, at: datetime) -> QuestionRow:
    nearest = asdict(effect.nearest) if effect.nearest else None
    asked, lacks = effect.question, effect.lacks
    return QuestionRow(taken.sender, asked, lacks, nearest, at, region=effect.region)


def _touched(taken: Taken, ids: dict[Key, int]) -> int | None:
    """The last entry that the turn saved, called off or told of."""
    for effect in reversed(taken.turn.effects):
        match effect:
            case SaveDraft(entry) | SubmitDemand(entry):
                return ids.get((taken.sender, entry.number))
            case CancelDemand(number) | NoteDemand(number, _):
                return ids.get((taken.sender, number))
    return None


def _without_consent(taken: Taken) -> bool:
    """What is called off is a form of which nothing personal may be kept yet."""
    form = taken.known.talk.form
    return form is not None and not form.consented


def _forgets(turn: Turn) -> bool:
    return any(isinstance(effect, Forget) for effect in turn.effects)
