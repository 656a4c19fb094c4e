"""What bureaus did for enterprises, as staff recorded it."""

from __future__ import annotations

from dataclasses import replace

from storage import activities
from storage.activities import ActivityRow
from storage.database import Database
from tests.storage.rows import LATER, NOW

HELD = ActivityRow("wecom:lisi", "xiamen", "质押融资", "银企对接会", 3, 56, "授信2亿元", NOW)


async def test_activities_are_listed_by_bureau_and_period_until_they_are_removed(
    db: Database,
) -> None:
    async with db.transaction() as conn:
        here = await activities.add(conn, HELD)
        late = await activities.add(conn, replace(HELD, at=LATER))
        nowhere = await activities.add(conn, replace(HELD, bureau=None))

        async def ids(**asked: object) -> list[int]:
            return [a.id for a in await activities.listing(conn, **asked)]  # type: ignore[arg-type]

        assert await ids() == [here, nowhere, late]
        assert await ids(bureaus=["xiamen"]) == [here, late]
        assert await ids(bureaus=[""]) == [nowhere]
        assert await ids(since=LATER) == [late]
        assert await ids(until=LATER) == [here, nowhere]
        assert await activities.remove(conn, here)
        assert not await activities.remove(conn, here)
        [first, *_] = await activities.listing(conn, bureaus=["xiamen"])
    assert (first.task, first.form, first.times, first.enterprises) == (
        "质押融资",
        "银企对接会",
        3,
        56,
    )
    assert (first.id, first.other, first.actor) == (late, "授信2亿元", "wecom:lisi")
