"""Who is on the staff."""

from __future__ import annotations

from dataclasses import replace

from storage import attention, notes, staff
from storage.database import Database
from storage.notes import NoteRow
from storage.staff import StaffRow
from tests.storage.rows import NOW

ZHANG = StaffRow("wecom:zhangsan", "张三", "clerk", ("厦门市", "泉州市"), NOW)
LI = StaffRow("dingtalk:li", "李四", "admin", (), NOW)


async def test_members_of_the_staff_are_found_by_the_key_under_which_they_write(
    db: Database,
) -> None:
    async with db.transaction() as conn:
        await staff.put(conn, ZHANG)
        await staff.put(conn, LI)
        assert await staff.of(conn, ["wecom:zhangsan", "wecom:x"]) == {"wecom:zhangsan": ZHANG}
        assert await staff.of(conn, []) == {}
        assert await staff.everyone(conn) == [LI, ZHANG]


async def test_who_is_put_again_is_changed_and_who_leaves_is_gone(db: Database) -> None:
    head = replace(ZHANG, role="head", regions=("福建省",))
    async with db.transaction() as conn:
        await staff.put(conn, ZHANG)
        await staff.put(conn, head)
        assert await staff.everyone(conn) == [head]
        assert await staff.remove(conn, "wecom:zhangsan")
        assert not await staff.remove(conn, "wecom:zhangsan")
        assert await staff.everyone(conn) == []


async def test_one_question_tells_who_is_staff_and_who_has_a_note_waiting(db: Database) -> None:
    async with db.transaction() as conn:
        await staff.put(conn, ZHANG)
        await notes.add(conn, [NoteRow("wecom:zhangsan", "一", NOW), NoteRow("web:a", "二", NOW)])
        [[told]] = (await notes.waiting(conn, ["web:a"])).values()
        senders = ["wecom:zhangsan", "web:a", "web:b"]
        before = await attention.of(conn, senders)
        await notes.told(conn, [told.id], NOW)
        after = await attention.of(conn, senders)
        nobody = await attention.of(conn, ["web:b"])
    assert before.staff == {"wecom:zhangsan"}
    assert before.notes == {"wecom:zhangsan", "web:a"}
    assert after.notes == {"wecom:zhangsan"}
    assert not nobody.staff | nobody.notes
