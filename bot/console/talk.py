"""What an enterprise, the assistant and staff said about a demand; what was sent along with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.answered import PastTurn, from_json
from bot.console.handed import words_about
from bot.staff.counter.serving import Serving
from storage import inbox
from storage.attachments import AttachmentRow
from storage.demands import StoredDemand
from storage.events import StoredEvent
from storage.inbox import InboxRow
from storage.tickets import StoredWord

_MOST_WHILE_FILLING, _MOST_AFTER = 200, 300
_MOMENT = timedelta(microseconds=1)
_KEPT_FOR = timedelta(days=3)
"""So long WeCom, its 微信客服 and a 公众号 give a picture or a file out."""
_KEPT_THERE = frozenset(("wecom", "wechat", "kf"))

By = Literal["enterprise", "assistant", "staff"]
How = Literal["by id", "by code", "gone"]
"""How what was sent can still be had: by its media id | by its download code | no more."""


@dataclass(frozen=True, slots=True)
class Attached:
    """`until` is how long the platform gives it out, None where that is not known."""

    kind: str
    name: str
    at: datetime
    how: How
    ref: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said. `name` is of staff, `step` what they did with it; `key` is of the
    message that the assistant answers; `sent` came along; `ticket` is of the talk with people in
    which it was said."""

    by: By
    at: datetime
    text: str
    name: str = ""
    step: str = ""
    key: str = ""
    sent: tuple[AttachmentRow, ...] = ()
    ticket: int = 0


async def talk_of(
    at: Serving,
    demand: StoredDemand,
    history: Sequence[StoredEvent],
    attached: Sequence[AttachmentRow],
) -> list[Line]:
    """Oldest first: all from when the entry was begun until it was handed in, then what touched
    it, what staff wrote to the enterprise, and what was said live about it."""
    handed_in = handed_in_at(demand, history)
    rows = await inbox.of_sender(
        at.conn, demand.sender, demand.created, handed_in, _MOST_WHILE_FILLING
    )
    later = await inbox.of_sender(at.conn, demand.sender, handed_in + _MOMENT, at.now, _MOST_AFTER)
    turns = [(row, from_json(row.reply)) for row in rows]
    turns += [pair for row in later if (pair := (row, from_json(row.reply)))[1].demand == demand.id]
    lines = [line for row, past in turns for line in _lines(row, past, attached)]
    touched = [row.at for row, past in turns if past.demand == demand.id]
    touched += [one.at for one in history if one.actor]
    there = {(line.at, line.text) for line in lines}
    lines += [await _of_staff(at, one) for one in history if _is_said(one, demand)]
    spoken = await words_about(at, demand, handed_in, touched)
    lines += [await _live(at, word, demand) for word in spoken if (word.at, word.text) not in there]
    return sorted(lines, key=lambda line: line.at)


def handed_in_at(demand: StoredDemand, history: Sequence[StoredEvent]) -> datetime:
    """When it was submitted first; of what was given up before, when that was."""
    return next((one.at for one in history if one.step == "submit"), demand.moved)


def is_of(
    demand: StoredDemand, history: Sequence[StoredEvent], row: InboxRow, past: PastTurn
) -> bool:
    """Whether the message belongs to the talk about the demand."""
    if row.sender != demand.sender:
        return False
    filling = demand.created <= row.at <= handed_in_at(demand, history)
    return filling or past.demand == demand.id


def as_attached(one: AttachmentRow, now: datetime) -> Attached:
    """With how it is to be had. Of a 智能机器人 the address was good for five minutes."""
    channel = one.sender.partition(":")[0]
    if channel == "dingtalk":
        return Attached(one.kind, one.name, one.at, "by code", one.ref)
    until = one.at + _KEPT_FOR
    if channel in _KEPT_THERE and now < until:
        return Attached(one.kind, one.name, one.at, "by id", one.ref, until)
    return Attached(one.kind, one.name, one.at, "gone")


def is_erased(past: PastTurn) -> bool:
    """Whether nothing is left of it but that there was a message."""
    return past == PastTurn(past.reply)


def _lines(row: InboxRow, past: PastTurn, attached: Sequence[AttachmentRow]) -> list[Line]:
    if is_erased(past):
        return []
    sent = tuple(one for one in attached if one.at == row.at)
    lines = []
    if past.said or past.event == "attachment":
        lines.append(Line("enterprise", row.at, past.said, sent=sent))
    if past.reply.plain.strip():
        lines.append(Line("assistant", row.at, past.reply.plain, key=row.key))
    return lines


def _is_said(one: StoredEvent, demand: StoredDemand) -> bool:
    """Whether staff said something by it to the enterprise."""
    return bool(one.why) and one.step != "note" and one.actor not in (None, demand.sender)


async def _live(at: Serving, word: StoredWord, demand: StoredDemand) -> Line:
    if word.by == demand.sender:
        return Line("enterprise", word.at, word.text, ticket=word.ticket)
    return Line("staff", word.at, word.text, await at.name_of(word.by), ticket=word.ticket)


async def _of_staff(at: Serving, one: StoredEvent) -> Line:
    name = await at.name_of(one.actor) if one.actor else ""
    return Line("staff", one.at, one.why, name, one.step)
