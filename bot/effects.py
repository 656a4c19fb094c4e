"""What turns want done, as rows: a whole batch at once, yet in each sender's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answered import Answered, to_json
from intents.conversation import FRESH, Conversation
from intents.turn import (
    CancelDemand,
    DemandEntry,
    Effect,
    Forget,
    HandOff,
    OpenQuestion,
    Reply,
    SaveDraft,
    SubmitDemand,
    Turn,
)
from storage import demands, inbox, questions
from storage.demands import DemandRow, Key
from storage.inbox import InboxRow
from storage.questions import QuestionRow


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn, and whose: the keys of the message and of its sender."""

    key: str
    sender: str
    channel: str
    turn: Turn


async def apply(conn: AsyncConnection, batch: Sequence[Taken], at: datetime) -> list[Answered]:
    """Does what the turns want done; returns each turn's reply with the demand it touched."""
    rounds = _Rounds()
    for taken in batch:
        for effect in taken.turn.effects:
            rounds.add(taken, effect, at)
    ids: dict[Key, int] = {}
    for one in rounds.all:
        ids |= await _store(conn, one, at)
    return [Answered(taken.turn.reply, _touched(taken, ids)) for taken in batch]


def inbox_rows(batch: Sequence[Taken], answers: Sequence[Answered], at: datetime) -> list[InboxRow]:
    """What repeats will be given. What a sender was told before a Forget is not kept."""
    forgotten: dict[str, Answered] = {}
    rows = []
    for taken, answer in zip(reversed(batch), reversed(answers), strict=True):
        if _forgets(taken.turn):
            forgotten.setdefault(taken.sender, Answered(taken.turn.reply))
        lasting = forgotten.get(taken.sender, answer)
        rows.append(InboxRow(taken.key, taken.sender, at, to_json(lasting)))
    return rows[::-1]


def conversation_after(before: Conversation, turn: Turn) -> Conversation:
    """Forgetting leaves only the count of demands, lest the next one take an old one's number."""
    after = turn.conversation
    if not _forgets(turn):
        return after
    return replace(FRESH, demands=max(before.demands, after.demands))


@dataclass(slots=True)
class _Round:
    """Changes that may be stored kind by kind, in this order, for all senders together."""

    forget: dict[str, Reply] = field(default_factory=dict)
    save: list[DemandRow] = field(default_factory=list)
    ask: list[QuestionRow] = field(default_factory=list)
    cancel: list[tuple[str, int, datetime]] = field(default_factory=list)


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
                self._at(taken, _CANCEL).cancel.append((taken.sender, number, at))
            case OpenQuestion() | HandOff():
                self._at(taken, _ADD).ask.append(_question(taken, effect, at))
            case Forget():
                self._at(taken, _FORGET).forget[taken.sender] = taken.turn.reply

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
        await demands.erase(conn, one.forget.keys(), at)
        await questions.blank(conn, one.forget.keys())
        stored = {sender: to_json(Answered(reply)) for sender, reply in one.forget.items()}
        await inbox.overwrite(conn, stored)
    saved = await demands.save(conn, one.save)
    await questions.add(conn, one.ask)
    return saved | await demands.cancel(conn, one.cancel)


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
    )


def _question(taken: Taken, effect: OpenQuestion | HandOff, at: datetime) -> QuestionRow:
    if isinstance(effect, HandOff):
        return QuestionRow(taken.sender, effect.said, "", None, at, kind="handoff")
    nearest = asdict(effect.nearest) if effect.nearest else None
    return QuestionRow(taken.sender, effect.question, effect.lacks, nearest, at)


def _touched(taken: Taken, ids: dict[Key, int]) -> int | None:
    """The last entry that the turn saved or called off."""
    for effect in reversed(taken.turn.effects):
        match effect:
            case SaveDraft(entry) | SubmitDemand(entry):
                return ids.get((taken.sender, entry.number))
            case CancelDemand(number):
                return ids.get((taken.sender, number))
    return None


def _forgets(turn: Turn) -> bool:
    return any(isinstance(effect, Forget) for effect in turn.effects)
