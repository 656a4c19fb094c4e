"""What a platform sells by the month: how much of it was used."""

from __future__ import annotations

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import quotas


async def use(conn: AsyncConnection, name: str, period: str, limit: int) -> bool:
    """Counts one more of `name` in `period`; False, and nothing counted, where that is too many.

    Exact among any number of workers.
    """
    if limit < 1:
        return False
    first = insert_into(conn, quotas).values(name=name, period=period, used=1)
    one_more = first.on_conflict_do_update(
        index_elements=["name", "period"],
        set_={"used": quotas.c.used + 1},
        where=quotas.c.used < limit,
    )
    return bool((await conn.execute(one_more)).rowcount)
