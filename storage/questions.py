"""What waits for staff: questions without an answer, and people who want a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import questions

Kind = Literal["question", "handoff"]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`lacks` says what no notice holds; `nearest` is the citation of the nearest known thing."""

    sender: str
    question: str
    lacks: str
    nearest: dict[str, Any] | None
    at: datetime
    kind: Kind = "question"


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    id: int
    sender: str
    question: str
    lacks: str
    nearest: dict[str, Any] | None
    at: datetime
    kind: Kind


_COLUMNS = [questions.c[name] for name in StoredQuestion.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[QuestionRow]) -> None:
    if rows:
        await conn.execute(insert(questions), [{**asdict(row), "state": "open"} for row in rows])


async def open_questions(
    conn: AsyncConnection, *, since: datetime | None = None
) -> list[StoredQuestion]:
    """Those still open, oldest first; with `since`, only those asked at or after it."""
    statement = select(*_COLUMNS).where(questions.c.state == "open")
    if since is not None:
        statement = statement.where(questions.c.at >= since)
    found = await conn.execute(statement.order_by(questions.c.at, questions.c.id))
    return [StoredQuestion(**row) for row in found.mappings()]


async def blank(conn: AsyncConnection, senders: Collection[str]) -> None:
    """Empties what the senders asked; what is left has nothing to answer and is not open."""
    if senders:
        statement = update(questions).where(questions.c.sender.in_(list(senders)))
        await conn.execute(statement.values(question="", lacks="", nearest=None, state="erased"))
