"""删除我的信息: nothing personal of the senders is left, but that they once entered something."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.answered import PastTurn, to_json
from bot.handover.telling import unsaid
from bot.staff.inert import (
    HIDDEN_MAIL,
    HIDDEN_NAME,
    HIDDEN_NUMBER,
    PATENT,
    known_values,
    masked,
)
from intents.conversation import FRESH, Conversation
from intents.conversation import from_json as from_state
from intents.conversation import to_json as to_state
from intents.turn import Reply
from intents.wording.steps import shown_no_more
from knowledge.late import late
from storage import (
    audit,
    conversations,
    demands,
    inbox,
    notes,
    outbox,
    questions,
    reminders,
    tickets,
)
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.conversations import ConversationRow

SHOWN_NO_MORE = Reply("command", shown_no_more())

_NUMBER_OR_MAIL = late(r"\d|@")


def left_of(*talks: Conversation) -> Conversation:
    """Only the count of demands stays, lest the next one take an old one's number."""
    return replace(FRESH, demands=max(talk.demands for talk in talks))


def without_personal(text: str, known: Collection[str]) -> str:
    """`text` as it is where it tells nobody's name, number or mail; else without them.

    A patent's number is nobody's.
    """
    names = known_values(value for value in known if not _NUMBER_OR_MAIL.search(value))
    pieces = PATENT.split(text)
    return "".join(
        piece if place % 2 else _hidden(piece, names) for place, piece in enumerate(pieces)
    )


def _hidden(text: str, names: frozenset[str]) -> str:
    hidden = masked(text, names)
    signs = (HIDDEN_NUMBER, HIDDEN_MAIL, HIDDEN_NAME)
    return hidden if any(hidden.count(sign) > text.count(sign) for sign in signs) else text


async def unsay(conn: AsyncConnection, replies: Mapping[str, Reply]) -> None:
    """What was told before is in no stored reply any more: a repeat too gets this one."""
    told = {sender: to_json(PastTurn(reply)) for sender, reply in replies.items()}
    await inbox.overwrite(conn, told)


async def forget(conn: AsyncConnection, replies: Mapping[str, Reply], at: datetime) -> None:
    """Erases what each sender entered, asked, was told and is to be sent.

    `replies` is what each is told of it, which from now on is all that they were ever told. Their
    demands stay as a count, without what is personal. What staff were shown of them is not shown
    again.
    """
    senders = replies.keys()
    ids = await demands.erase(conn, senders, at, without_personal)
    await questions.blank(conn, senders)
    await notes.blank(conn, senders)
    await reminders.blank(conn, senders)
    await outbox.blank(conn, senders)
    talks = await tickets.lookers(conn, senders)
    await tickets.blank(conn, senders, at)
    await unsaid(conn, talks)
    lookers = sorted({*await audit.lookers(conn, ids), *chain(*talks.values())})
    await _without_pages(conn, lookers, at)
    shown = {looker: SHOWN_NO_MORE for looker in lookers}
    await unsay(conn, {**shown, **replies})
    await audit.record(conn, [AuditRow(at, sender, "erase") for sender in senders])


async def _without_pages(conn: AsyncConnection, staff: Collection[str], at: datetime) -> None:
    """What was left to be shown of an entry (更多) is shown no more either."""
    talks = await conversations.load(conn, staff)
    rows = [
        ConversationRow(member, to_state(replace(talk, more=())), at)
        for member, state in talks.items()
        if (talk := from_state(state)).more
    ]
    await conversations.save(conn, rows)
