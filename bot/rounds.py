"""What turns want done, in rounds: kind by kind for all senders, yet in each sender's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from bot import forgetting
from bot.keeping import REPEATED
from bot.taken import Taken
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
    Unremind,
)
from storage import attachments, demands, inbox, questions, reminders
from storage.attachments import AttachmentRow
from storage.connection import AsyncConnection
from storage.demands import DemandRow, Key
from storage.handling import Handled, handle
from storage.questions import QuestionRow
from storage.reminders import ReminderRow


async def do(conn: AsyncConnection, batch: Sequence[Taken], at: datetime) -> dict[Key, int]:
    """The ids of the demands that the turns touched, by whose they are and their numbers."""
    rounds = _Rounds()
    for taken in batch:
        for effect in taken.turn.effects:
            rounds.add(taken, effect, at)
    ids: dict[Key, int] = {}
    for one in rounds.all:
        ids |= await _store(conn, one, at)
    return ids


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
    called_off = {sender for sender, _, _ in one.cancel}
    if called_off:  # what was said of the entry need not be known any more
        await inbox.keep_until(conn, called_off, at + REPEATED)
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


def _without_consent(taken: Taken) -> bool:
    """What is called off is a form of which nothing personal may be kept yet."""
    form = taken.known.talk.form
    return form is not None and not form.consented
