"""Talks that were handed to people: who waits, who holds which, and what was said meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import RowMapping, and_, delete, func, insert, or_, select, union_all, update

from storage.connection import AsyncConnection
from storage.schema import ticket_words as words
from storage.schema import tickets
from storage.sealing import Keyring, keyring_of

State = Literal["waiting", "held", "closed"]
Why = Literal["staff", "sender", "silence", "erased"]
"""Who or what ended it."""

OPEN: tuple[State, ...] = ("waiting", "held")
ABOUT, TEXT = "tickets.about", "ticket_words.text"


@dataclass(frozen=True, slots=True)
class TicketRow:
    """`about` is what the sender asked last; `region` is where they are from, None if unknown."""

    sender: str
    about: str
    at: datetime
    region: str | None = None


@dataclass(frozen=True, slots=True)
class StoredTicket:
    """`staff` holds it, or held it last; `last` is when somebody last said something in it."""

    id: int
    sender: str
    region: str | None
    about: str
    state: State
    staff: str | None
    at: datetime
    last: datetime
    closed: datetime | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class WordRow:
    """`by` is a sender's key, of the enterprise or of staff. Who took the ticket said nothing."""

    ticket: int
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredWord:
    """Of two of one ticket the later one has the higher `id`."""

    id: int
    ticket: int
    by: str
    text: str
    at: datetime


_COLUMNS = [tickets.c[name] for name in StoredTicket.__dataclass_fields__]
_WORDS = [words.c[name] for name in StoredWord.__dataclass_fields__]


async def open_(conn: AsyncConnection, row: TicketRow) -> int:
    """Its number. That a sender has one open ticket at most is for the caller to see to."""
    values = {
        "sender": row.sender,
        "region": row.region,
        "about": keyring_of(conn).seal(row.about, ABOUT),
        "state": "waiting",
        "at": row.at,
        "last": row.at,
    }
    statement = insert(tickets).values(**values).returning(tickets.c.id)
    return int((await conn.execute(statement)).scalar_one())


async def find(conn: AsyncConnection, id_: int) -> StoredTicket | None:
    found = (await conn.execute(select(*_COLUMNS).where(tickets.c.id == id_))).mappings()
    row = found.one_or_none()
    return _opened(row, keyring_of(conn)) if row else None


async def concerning(conn: AsyncConnection, people: Collection[str]) -> list[StoredTicket]:
    """The open tickets that one of the people opened or holds; nobody else changes them until
    the commit."""
    if not people:
        return []
    # By the indexes of who is in it: else SQLite takes that of the state and reads every open one.
    of_them = (
        select(tickets.c.id).where(whose.in_(list(people)), tickets.c.state.in_(OPEN))
        for whose in (tickets.c.sender, tickets.c.staff)
    )
    theirs, still = tickets.c.id.in_(union_all(*of_them)), func.coalesce(tickets.c.state, "")
    statement = select(*_COLUMNS).where(still.in_(OPEN), theirs).order_by(tickets.c.id)
    keys = keyring_of(conn)
    found = (await conn.execute(statement.with_for_update())).mappings()
    return [_opened(row, keys) for row in found]


async def listing(
    conn: AsyncConnection,
    *,
    states: Collection[State] | None = None,
    before: datetime | None = None,
) -> list[StoredTicket]:
    """Oldest first; with `before`, those in which nothing was said since."""
    statement = select(*_COLUMNS).order_by(tickets.c.id)
    if states is not None:
        statement = statement.where(tickets.c.state.in_(list(states)))
    if before is not None:
        statement = statement.where(tickets.c.last < before)
    keys = keyring_of(conn)
    return [_opened(row, keys) for row in (await conn.execute(statement)).mappings()]


async def waiting(conn: AsyncConnection) -> dict[str | None, int]:
    """How many wait, by where they are from."""
    statement = select(tickets.c.region, func.count()).where(tickets.c.state == "waiting")
    found = await conn.execute(statement.group_by(tickets.c.region))
    return {region: count for region, count in found}


async def take(conn: AsyncConnection, id_: int, staff: str, at: datetime) -> bool:
    """Whether it is now theirs: of all who try at once, one gets it."""
    statement = update(tickets).where(tickets.c.id == id_, tickets.c.state == "waiting")
    taken = await conn.execute(statement.values(state="held", staff=staff, last=at))
    if taken.rowcount:
        await say(conn, [WordRow(id_, staff, "", at)])
    return bool(taken.rowcount)


async def pass_on(conn: AsyncConnection, id_: int, from_: str, to: str, at: datetime) -> bool:
    """From who holds it to another; False where it is not theirs any more."""
    held = (tickets.c.id == id_) & (tickets.c.state == "held") & (tickets.c.staff == from_)
    passed = await conn.execute(update(tickets).where(held).values(staff=to, last=at))
    if passed.rowcount:
        await say(conn, [WordRow(id_, to, "", at)])
    return bool(passed.rowcount)


async def release(conn: AsyncConnection, ids: Collection[int]) -> None:
    """Nobody has them any more: they wait again."""
    if ids:
        held = (tickets.c.id.in_(list(ids))) & (tickets.c.state == "held")
        await conn.execute(update(tickets).where(held).values(state="waiting", staff=None))


async def close(
    conn: AsyncConnection, id_: int, why: Why, at: datetime, *, silent_since: datetime | None = None
) -> bool:
    """False where it was closed before, or, with `silent_since`, something was said since then."""
    statement = update(tickets).where(tickets.c.id == id_, tickets.c.state.in_(OPEN))
    if silent_since is not None:
        statement = statement.where(tickets.c.last < silent_since)
    closed = await conn.execute(statement.values(state="closed", closed=at, why=why))
    return bool(closed.rowcount)


async def say(conn: AsyncConnection, rows: Sequence[WordRow]) -> None:
    """Adds to what was said, which nobody may take for silence."""
    if not rows:
        return
    keys = keyring_of(conn)
    values = [{**asdict(row), "text": keys.seal(row.text, TEXT)} for row in rows]
    await conn.execute(insert(words), values)
    for row in rows:
        spoken = update(tickets).where(tickets.c.id == row.ticket, tickets.c.last < row.at)
        await conn.execute(spoken.values(last=row.at))


async def said(conn: AsyncConnection, id_: int, last: int) -> list[StoredWord]:
    """What was said last in the ticket, oldest first; who took it has said nothing by that."""
    return await heard(conn, {id_: 0}, last)


async def heard(
    conn: AsyncConnection, after: Mapping[int, int], last: int | None = None
) -> list[StoredWord]:
    """What was said in each ticket behind the word of that id (0: all), oldest first; with `last`
    only so many of the last ones. Who took it has said nothing by that."""
    if not after:
        return []
    newer = or_(*(and_(words.c.ticket == id_, words.c.id > word) for id_, word in after.items()))
    statement = select(*_WORDS).where(newer, words.c.text != "").order_by(words.c.id.desc())
    found = (await conn.execute(statement.limit(last))).mappings()
    keys = keyring_of(conn)
    return [StoredWord(**{**row, "text": keys.open(row["text"], TEXT)}) for row in found][::-1]


async def some(conn: AsyncConnection, ids: Collection[int]) -> list[StoredTicket]:
    """Those of the ids, in no order; nobody is kept from changing them."""
    if not ids:
        return []
    keys = keyring_of(conn)
    found = await conn.execute(select(*_COLUMNS).where(tickets.c.id.in_(list(ids))))
    return [_opened(row, keys) for row in found.mappings()]


async def of_sender(conn: AsyncConnection, sender: str, since: datetime) -> list[StoredTicket]:
    """Those that the sender opened and that were not over by then, oldest first."""
    lasting = or_(tickets.c.closed.is_(None), tickets.c.closed >= since)
    statement = select(*_COLUMNS).where(tickets.c.sender == sender, lasting)
    keys = keyring_of(conn)
    found = await conn.execute(statement.order_by(tickets.c.id))
    return [_opened(row, keys) for row in found.mappings()]


async def lookers(conn: AsyncConnection, senders: Collection[str]) -> dict[int, set[str]]:
    """Of each ticket that the senders ever opened: who of the staff was ever in it."""
    if not senders:
        return {}
    statement = select(tickets.c.id, words.c.by).outerjoin(
        words, (words.c.ticket == tickets.c.id) & (words.c.by != tickets.c.sender)
    )
    found: dict[int, set[str]] = {}
    for id_, by in await conn.execute(statement.where(tickets.c.sender.in_(list(senders)))):
        found.setdefault(id_, set()).update([by] if by else [])
    return found


async def blank(conn: AsyncConnection, senders: Collection[str], at: datetime) -> None:
    """Nothing is left of what was said in the senders' tickets; those still open end."""
    if senders:
        await _erase(conn, tickets.c.sender.in_(list(senders)), at)


async def purge(conn: AsyncConnection, before: datetime, at: datetime) -> int:
    """`blank` for those in which nothing was said since `before`; how many had any words."""
    return await _erase(conn, (tickets.c.last < before) & (tickets.c.about != ""), at)


async def _erase(conn: AsyncConnection, which: Any, at: datetime) -> int:
    ids = select(tickets.c.id).where(which)
    await conn.execute(delete(words).where(words.c.ticket.in_(ids)))
    ended: dict[str, Any] = {"state": "closed", "closed": at, "why": "erased"}
    await conn.execute(update(tickets).where(which, tickets.c.state.in_(OPEN)).values(**ended))
    return (await conn.execute(update(tickets).where(which).values(about=""))).rowcount


def _opened(row: RowMapping, keys: Keyring) -> StoredTicket:
    return StoredTicket(**{**row, "about": keys.open(row["about"], ABOUT)})
