"""删除我的信息: nothing personal of the senders is left, but that they once entered something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answered import Answered, to_json
from intents.turn import Reply
from storage import audit, demands, inbox, notes, outbox, questions
from storage.audit import AuditRow


async def forget(conn: AsyncConnection, replies: Mapping[str, Reply], at: datetime) -> None:
    """Erases what each sender entered, asked, was told and is to be sent.

    `replies` is what each is told of it, which from now on is all that they were ever told. Their
    demands stay as a count, without what is personal.
    """
    senders = replies.keys()
    await demands.erase(conn, senders, at)
    await questions.blank(conn, senders)
    await notes.blank(conn, senders)
    await outbox.blank(conn, senders)
    await inbox.overwrite(
        conn, {sender: to_json(Answered(reply)) for sender, reply in replies.items()}
    )
    await audit.record(conn, [AuditRow(at, sender, "erase") for sender in senders])
