"""Pictures and files go with the demand that they belong to, or wait until there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from intents.conversation import Attachment
from intents.turn import KeepAttachment, Said, Turn
from knowledge.snapshot import KnowledgeBase
from tests.intents.desk import Desk

NOW = datetime(2024, 5, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PICTURE = Attachment("image", "media-1")
CONTRACT = Attachment("file", "media-2", "合同.pdf")
NEED = (
    "我们是厦门一诺科技有限公司，想用商标质押贷款300万元，联系人林小燕，"
    "手机13900000001，没有邮箱，不需要国家局协调"
)


def kept(turn: Turn) -> list[tuple[int, Attachment]]:
    return [(e.number, e.attachment) for e in turn.effects if isinstance(e, KeepAttachment)]


def test_a_picture_goes_with_the_form_that_is_open_which_asks_again(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    asked = desk.all("登记需求", "厦门一诺科技有限公司")
    turn = desk.send(PICTURE)
    assert kept(turn) == [(1, PICTURE)]
    assert "收到图片，已附在需求1上" in turn.reply.text
    assert "联系人" in asked.reply.text
    assert "联系人" in turn.reply.text
    assert turn.conversation.form == asked.conversation.form


def test_before_consent_it_waits_and_goes_with_the_form_after_it(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    desk.say("登记需求")
    assert kept(desk.send(PICTURE)) == []
    turn = desk.say("厦门一诺科技有限公司")
    assert kept(turn) == [(1, PICTURE)]
    assert turn.conversation.kept == ()


def test_a_file_goes_with_the_newest_demand_that_is_not_closed(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    desk.all(NEED, "提交")
    assert kept(desk.send(CONTRACT)) == [(1, CONTRACT)]
    desk.staff("accepted", 1)
    assert kept(desk.send(CONTRACT)) == [(1, CONTRACT)]
    desk.staff("closed", 1)
    turn = desk.send(CONTRACT)
    assert kept(turn) == []
    assert turn.conversation.kept == (CONTRACT,)


def test_what_came_before_any_demand_waits_for_it_and_the_sender_is_told_what_to_do(
    kb: KnowledgeBase,
) -> None:
    desk = Desk(kb)
    first = desk.send(PICTURE)
    assert "登记需求" in first.reply.text
    desk.send(CONTRACT)
    desk.say("2021年万里行的总结几号交")
    told = [kept(desk.say(text)) for text in (NEED, "提交")]
    assert [one for turn in told for one in turn] == [(1, PICTURE), (1, CONTRACT)]


def test_no_more_than_nine_wait(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    for n in range(9):
        desk.send(replace(PICTURE, ref=str(n)))
    assert "没有留下" in desk.send(PICTURE).reply.text
    assert len(desk.conversation.kept) == 9


def test_what_waited_goes_when_its_form_is_called_off(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    desk.send(PICTURE)
    desk.say("登记需求")
    assert desk.say("取消").conversation.kept == ()


def test_words_that_come_with_a_picture_are_answered(kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    turn = desk.take(Said("2021年万里行的总结几号交", attachment=PICTURE))
    assert turn.reply.kind == "answer"
    assert "10月30日" in turn.reply.text
    assert turn.conversation.kept == (PICTURE,)
