"""Pictures and files of an enterprise's: with its demand, for staff to see, and gone with it."""

from __future__ import annotations

import pytest

from bot.message import Message, Sender
from intents.turn import Attachment, Said
from storage import attachments
from storage.attachments import AttachmentRow
from tests.bot.handover.office import Office

NEED = (
    "我们是厦门一诺科技有限公司，想用商标质押贷款300万元，联系人林小燕，"
    "手机13900000001，没有邮箱，不需要国家局协调"
)
PICTURE, CONTRACT = Attachment("image", "media-1"), Attachment("file", "media-2", "合同.pdf")


async def stored(office: Office, demand: int = 1) -> list[AttachmentRow]:
    async with office.db.transaction() as conn:
        return await attachments.of_demand(conn, demand)


async def test_what_came_before_within_and_after_the_form_lies_with_the_demand(
    office: Office,
) -> None:
    assert "登记需求" in await office.say("林小燕", PICTURE)
    await office.say("林小燕", NEED)
    await office.say("林小燕", CONTRACT)
    await office.say("林小燕", "提交")
    await office.say("林小燕", Attachment("image", "media-3"))
    sent = await stored(office)
    assert [(one.kind, one.ref, one.name) for one in sent] == [
        ("image", "media-1", ""),
        ("file", "media-2", "合同.pdf"),
        ("image", "media-3", ""),
    ]
    assert {one.sender for one in sent} == {"kf:林小燕"}
    assert "附件3个：图片、合同.pdf、图片" in await office.say("王芳", "需求 1")


async def test_a_repeated_picture_lies_there_once(office: Office) -> None:
    await office.all("林小燕", NEED, "提交")
    message = office.message("林小燕", PICTURE)
    first = await office.desk.take(message)
    again = await office.desk.take(message)
    assert first.reply == again.reply
    assert len(await stored(office)) == 1


async def test_a_picture_with_words_is_kept_and_the_words_are_answered(office: Office) -> None:
    await office.all("林小燕", NEED, "提交")
    said = Said("2021年万里行的总结几号交", attachment=PICTURE)
    reply = await office.desk.take(Message("both", Sender("kf", "林小燕"), said, office.now))
    assert "10月30日" in reply.reply.text
    assert len(await stored(office)) == 1


@pytest.mark.parametrize("end", ["删除我的信息", "撤回需求1"])
async def test_they_go_with_what_is_personal_in_the_demand(office: Office, end: str) -> None:
    await office.all("林小燕", NEED, "提交")
    await office.say("林小燕", PICTURE)
    assert len(await stored(office)) == 1
    told = await office.say("林小燕", end)
    if "确" in told:
        await office.say("林小燕", "确定")
    assert await stored(office) == []
    assert "附件1个" not in await office.say("王芳", "需求 1")


async def test_in_a_talk_with_staff_they_go_over_and_are_not_kept_with_a_demand(
    office: Office,
) -> None:
    await office.all("林小燕", NEED, "提交", "人工")
    await office.say("王芳", "接 1")
    await office.say("林小燕", PICTURE)
    assert office.pushed("王芳")[-1] == "【T1】[图片]"
    assert await stored(office) == []
