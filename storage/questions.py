"""What waits for staff: questions without an answer, and people who want a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update

from storage.connection import AsyncConnection
from storage.schema import questions
from storage.sealing import Keyring, keyring_of

Kind = Literal["question", "handoff"]
State = Literal["open", "answered", "erased"]

SEALED = ("question", "lacks", "answer")


class UnknownQuestion(Exception):
    """There is no question of that id."""


class AlreadyAnswered(Exception):
    """Somebody answered it before, or its sender had it erased."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`lacks` says what no notice holds; `nearest` is the citation of the nearest known thing.

    `region` is where the sender is from, None where that is not known.
    """

    sender: str
    question: str
    lacks: str
    nearest: dict[str, Any] | None
    at: datetime
    kind: Kind = "question"
    region: str | None = None


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    id: int
    sender: str
    question: str
    lacks: str
    nearest: dict[str, Any] | None
    at: datetime
    kind: Kind
    region: str | None = None
    state: State = "open"
    answer: str | None = None
    answered_by: str | None = None
    answered: datetime | None = None


_COLUMNS = [questions.c[name] for name in StoredQuestion.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[QuestionRow]) -> None:
    if rows:
        keys = keyring_of(conn)
        await conn.execute(insert(questions), [_new(row, keys) for row in rows])


async def find(conn: AsyncConnection, id_: int) -> StoredQuestion | None:
    found = await conn.execute(select(*_COLUMNS).where(questions.c.id == id_))
    row = found.mappings().one_or_none()
    return _opened(row, keyring_of(conn)) if row else None


async def left_by(conn: AsyncConnection, sender: str, at: datetime) -> StoredQuestion | None:
    """The one that the sender's message of that moment left to people."""
    theirs = (questions.c.sender == sender) & (questions.c.at == at)
    found = await conn.execute(select(*_COLUMNS).where(theirs).order_by(questions.c.id).limit(1))
    row = found.mappings().one_or_none()
    return _opened(row, keyring_of(conn)) if row else None


async def open_questions(
    conn: AsyncConnection, *, since: datetime | None = None
) -> list[StoredQuestion]:
    """Those still open, oldest first; with `since`, only those asked at or after it."""
    return await listing(conn, since=since, states=["open"])


async def open_places(conn: AsyncConnection) -> list[tuple[int, str | None]]:
    """Of those still open, oldest first: the ids, and where each sender is from."""
    places = select(questions.c.id, questions.c.region).where(questions.c.state == "open")
    found = await conn.execute(places.order_by(questions.c.at, questions.c.id))
    return [(row.id, row.region) for row in found]


async def waiting(conn: AsyncConnection, until: datetime) -> dict[str | None, int]:
    """How many questions asked before `until` are open, by where they are from."""
    statement = select(questions.c.region, func.count()).where(*_waiting(until))
    found = await conn.execute(statement.group_by(questions.c.region))
    return {region: count for region, count in found}


async def newest(
    conn: AsyncConnection, regions: Collection[str | None], until: datetime, limit: int
) -> list[StoredQuestion]:
    """The last `limit` of those that `waiting` counts for the regions, newest first."""
    named = questions.c.region.in_([region for region in regions if region is not None])
    theirs = or_(named, questions.c.region.is_(None)) if None in regions else named
    statement = select(*_COLUMNS).where(*_waiting(until), theirs)
    statement = statement.order_by(questions.c.at.desc(), questions.c.id.desc()).limit(limit)
    keys = keyring_of(conn)
    return [_opened(row, keys) for row in (await conn.execute(statement)).mappings()]


def _waiting(until: datetime) -> tuple[ColumnElement[bool], ...]:
    asked = questions.c.kind == "question"
    return (questions.c.state == "open", asked, questions.c.at < until)


async def listing(
    conn: AsyncConnection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    states: Collection[State] | None = None,
    answered: datetime | None = None,
) -> list[StoredQuestion]:
    """Oldest first, by when they were asked: `since` is included, `until` is not. `answered` is
    the moment at which they were answered."""
    statement = select(*_COLUMNS).order_by(questions.c.at, questions.c.id)
    if states is not None:
        statement = statement.where(questions.c.state.in_(list(states)))
    if since is not None:
        statement = statement.where(questions.c.at >= since)
    if until is not None:
        statement = statement.where(questions.c.at < until)
    if answered is not None:
        statement = statement.where(questions.c.answered == answered)
    keys = keyring_of(conn)
    return [_opened(row, keys) for row in (await conn.execute(statement)).mappings()]


async def counts(conn: AsyncConnection, since: datetime) -> dict[str | None, int]:
    """How many were asked since then, answered or not, by where they are from."""
    statement = select(questions.c.region, func.count()).where(questions.c.at >= since)
    found = await conn.execute(statement.group_by(questions.c.region))
    return {region: count for region, count in found}


async def answer(
    conn: AsyncConnection, id_: int, text: str, actor: str, at: datetime
) -> StoredQuestion:
    """The question with its answer. Raises UnknownQuestion, AlreadyAnswered."""
    statement = (
        update(questions)
        .where(questions.c.id == id_, questions.c.state == "open")
        .values(
            state="answered",
            answer=keyring_of(conn).seal(text, _place("answer")),
            answered_by=actor,
            answered=at,
        )
    )
    changed = (await conn.execute(statement)).rowcount
    found = await find(conn, id_)
    if found is None:
        raise UnknownQuestion(id_)
    if not changed:
        raise AlreadyAnswered(id_)
    return found


async def blank(conn: AsyncConnection, senders: Collection[str]) -> None:
    """Empties what the senders asked; what is left has nothing to answer and is not open."""
    if senders:
        await _erase(conn, questions.c.sender.in_(list(senders)))


async def purge(conn: AsyncConnection, before: datetime) -> int:
    """`blank` for what was asked before `before`, answered or not; how many."""
    old = (questions.c.at < before) & (questions.c.state != "erased")
    return await _erase(conn, old)


async def _erase(conn: AsyncConnection, which: Any) -> int:
    emptied = {"question": "", "lacks": "", "nearest": None, "answer": None, "state": "erased"}
    return (await conn.execute(update(questions).where(which).values(**emptied))).rowcount


def _new(row: QuestionRow, keys: Keyring) -> dict[str, Any]:
    values = {**asdict(row), "state": "open"}
    for name in ("question", "lacks"):
        values[name] = keys.seal(values[name], _place(name))
    return values


def _opened(row: RowMapping, keys: Keyring) -> StoredQuestion:
    values = dict(row)
    for name in SEALED:
        if values[name] is not None:
            values[name] = keys.open(values[name], _place(name))
    return StoredQuestion(**values)


def _place(column: str) -> str:
    return f"questions.{column}"
