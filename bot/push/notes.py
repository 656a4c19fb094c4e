"""What a sender must be told: at once where their channel can push, else with the next reply.

Told once, whichever comes first: the push marks its note as told when it sets out
(`bot.delivery.taking`), a reply when it is stored (`bot.effects`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.channels.render import split
from bot.delivery.letters import NOTE, Letter, to_json
from bot.fitting import SHORTEST
from intents.turn import Reply
from storage import notes, outbox
from storage.connection import AsyncConnection
from storage.notes import NoteRow
from storage.outbox import OutboxRow


async def tell(
    conn: AsyncConnection, rows: Sequence[NoteRow], now: datetime, pushable: Collection[str]
) -> None:
    """Adds the notes; `pushable` names the channels whose people can be written to first.

    Nothing is added under a key that is known. A long text becomes several notes, each of which
    one message carries. Where the platform takes nothing now, the note stays to be told.
    """
    parts = [part for row in rows for part in _parts(row)]
    ids = await notes.add(conn, parts)
    letters = [
        _letter(part, id_, now)
        for part, id_ in zip(parts, ids, strict=True)
        if id_ is not None and _channel(part) in pushable
    ]
    await outbox.add(conn, letters)


def _parts(row: NoteRow) -> list[NoteRow]:
    texts = split(row.text, SHORTEST)
    keys = [row.key if n == 1 else f"{row.key}:{n}" for n in range(1, len(texts) + 1)]
    return [
        replace(row, text=text, key=key if row.key else None)
        for text, key in zip(texts, keys, strict=True)
    ]


def _letter(row: NoteRow, id_: int, now: datetime) -> OutboxRow:
    return OutboxRow(
        key=row.key or f"{NOTE}:{id_}",
        target=row.sender,
        payload=to_json(Letter(Reply("command", row.text), note=id_)),
        due=now,
        channel=_channel(row),
        queue=row.sender,
        region=row.region,
    )


def _channel(row: NoteRow) -> str:
    return row.sender.partition(":")[0]
