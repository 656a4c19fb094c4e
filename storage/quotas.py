"""What a platform sells by the month: how much of it was used."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import quotas


async def use(conn: AsyncConnection, name: str, period: str, limit: int) -> bool:
    """Counts one more of `name` in `period`; False, and nothing counted, where that is too many.

    Exact among any number of workers.
    """
    if limit < 1:
        return False
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    first = dialect.insert(quotas).values(name=name, period=period, used=1)
    one_more = first.on_conflict_do_update(
        index_elements=["name", "period"],
        set_={"used": quotas.c.used + 1},
        where=quotas.c.used < limit,
    )
    return bool((await conn.execute(one_more)).rowcount)
