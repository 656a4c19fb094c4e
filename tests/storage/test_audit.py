"""The audit log: what is in it stays as it is, which the database itself sees to."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit
from storage.audit import AuditRow
from storage.database import Conflict, Database
from tests.storage.rows import LATER, NOW

LOOKED = AuditRow(NOW, "wecom:lisi", "look", 17)
REFUSED = AuditRow(LATER, "wecom:wangwu", "refused", 18, "办结 18：不是本地区的需求")


async def test_it_tells_who_did_what_when_oldest_first(db: Database) -> None:
    async with db.transaction() as conn:
        await audit.record(conn, [LOOKED, REFUSED])
        await audit.record(conn, [])
        both = await audit.listing(conn)
        late = await audit.listing(conn, since=LATER)
        of_one = await audit.listing(conn, demand=17)
    assert [(a.at, a.actor, a.act, a.demand, a.detail) for a in both] == [
        (NOW, "wecom:lisi", "look", 17, ""),
        (LATER, "wecom:wangwu", "refused", 18, "办结 18：不是本地区的需求"),
    ]
    assert late == both[1:]
    assert of_one == both[:1]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'somebody else'",
        "UPDATE audit SET demand = NULL WHERE act = 'look'",
        "UPDATE audit SET at = '2020-01-01', act = 'nothing'",
    ],
)
async def test_nobody_takes_anything_out_or_makes_it_say_something_else(
    db: Database, statement: str
) -> None:
    async with db.transaction() as conn:
        await audit.record(conn, [LOOKED, REFUSED])
    with pytest.raises((Conflict, DBAPIError)):
        async with db.transaction() as conn:
            await conn.execute(text(statement))
    async with db.transaction() as conn:
        assert [a.act for a in await audit.listing(conn)] == ["look", "refused"]
