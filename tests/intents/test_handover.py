"""A talk that people have, or are waited for: what goes to them, what the assistant answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents.conversation import FRESH, Attachment, Conversation
from intents.respond import respond
from intents.turn import EndTalk, Forget, Handed, HandOff, PassOn, Said, Turn
from knowledge.snapshot import KnowledgeBase

NOW = datetime(2024, 5, 17, 18, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Friday evening."""
MONDAY = datetime(2024, 5, 20, 9, 0, tzinfo=NOW.tzinfo)
WAITING, HELD = Handed(), Handed("李四")
QUESTION = "2021年万里行的总结几号交"
UNKNOWN = ("公共服务网的网址是什么", "优秀案例要写多少字")


def turns(kb: KnowledgeBase, *messages: str | Said, handed: Handed | None = None) -> list[Turn]:
    talk, done = FRESH, []
    for message in messages:
        said = message if isinstance(message, Said) else Said(message)
        turn = respond(talk, replace(said, handed=handed), kb, NOW)
        talk = turn.conversation
        done.append(turn)
    return done


def one(kb: KnowledgeBase, said: Said, talk: Conversation = FRESH) -> Turn:
    return respond(talk, said, kb, NOW)


def handed_off(turn: Turn) -> list[str]:
    return [effect.said for effect in turn.effects if isinstance(effect, HandOff)]


def passed(turn: Turn) -> list[str]:
    return [effect.said for effect in turn.effects if isinstance(effect, PassOn)]


# Who wants a person


@pytest.mark.parametrize(
    ("opens", "told"),
    [
        (None, "请稍候"),
        (MONDAY, "周一（5月20日）9:00后"),
        (MONDAY.replace(day=18, hour=8, minute=30), "明天（周六）8:30后"),
        (NOW.replace(hour=19), "今天19:30后"),
    ],
)
def test_who_wants_a_person_is_told_when_one_answers(
    kb: KnowledgeBase, opens: datetime | None, told: str
) -> None:
    turn = one(kb, Said("转人工", opens=opens))
    assert told in turn.reply.text
    assert handed_off(turn) == ["转人工"]


def test_who_asks_again_while_waiting_is_not_handed_over_twice(kb: KnowledgeBase) -> None:
    [turn] = turns(kb, "怎么还没有人，转人工", handed=WAITING)
    assert handed_off(turn) == []
    assert "不用重复发" in turns(kb, "转人工", handed=WAITING)[0].reply.text


def test_two_questions_without_an_answer_in_a_row_go_to_people(kb: KnowledgeBase) -> None:
    first, second = turns(kb, *UNKNOWN)
    assert handed_off(first) == []
    [about] = handed_off(second)
    assert all(question in about for question in UNKNOWN)
    assert second.reply.kind == "refuse"
    assert "已为您转给工作人员" in second.reply.text


def test_an_answer_in_between_keeps_the_talk_with_the_assistant(kb: KnowledgeBase) -> None:
    talk = turns(kb, UNKNOWN[0], QUESTION, UNKNOWN[1])
    assert [handed_off(turn) for turn in talk] == [[], [], []]


def test_who_waits_already_is_not_handed_over_for_two_refusals(kb: KnowledgeBase) -> None:
    talk = turns(kb, *UNKNOWN, handed=WAITING)
    assert [handed_off(turn) for turn in talk] == [[], []]


@pytest.mark.parametrize("said", ["不用转人工了", "取消人工", "我不要人工", "结束人工"])
def test_who_wants_no_person_gets_none(kb: KnowledgeBase, said: str) -> None:
    [turn] = turns(kb, said)
    assert turn.effects == ()
    assert "没有转人工" in turn.reply.text


# While people are waited for


def test_who_waits_is_answered_and_what_they_say_is_kept_for_the_people(kb: KnowledgeBase) -> None:
    [turn] = turns(kb, QUESTION, handed=WAITING)
    assert "10月30日" in turn.reply.text
    assert passed(turn) == [QUESTION]


@pytest.mark.parametrize(
    "said",
    [
        *("取消人工", "不用转人工了", "不用了，谢谢", "没事了", "结束人工"),
        *("算了不要人工了", "还是不转人工了吧", "算了不等了", "不用等了"),
    ],
)
def test_who_waits_may_think_better_of_it(kb: KnowledgeBase, said: str) -> None:
    [turn] = turns(kb, said, handed=WAITING)
    assert EndTalk() in turn.effects


@pytest.mark.parametrize("said", ["我电话13900001111，急", "139 0000 1111", "打我手机13900001111"])
def test_the_number_that_who_waits_leaves_is_for_the_people(kb: KnowledgeBase, said: str) -> None:
    [turn] = turns(kb, said, handed=WAITING)
    assert "转告" in turn.reply.text
    assert passed(turn) == [said]


def test_a_question_beside_a_number_is_answered(kb: KnowledgeBase) -> None:
    [turn] = turns(kb, "我是13900001111，总结几号交", handed=WAITING)
    assert turn.reply.kind != "command"


def test_what_answers_an_open_form_does_not_end_the_waiting(kb: KnowledgeBase) -> None:
    talk = turns(kb, "登记需求", "厦门一诺科技有限公司", "不用了", handed=WAITING)
    assert not any(EndTalk() in turn.effects for turn in talk)


# While people have the talk


@pytest.mark.parametrize("said", [QUESTION, "登记需求", "1", "人工", "好的", "取消", "你好"])
def test_what_is_said_goes_to_the_people_and_the_assistant_is_silent(
    kb: KnowledgeBase, said: str
) -> None:
    [turn] = turns(kb, said, handed=HELD)
    assert (turn.reply.text, turn.effects) == ("", (PassOn(said),))


def test_the_open_form_is_as_it_was_after_the_talk(kb: KnowledgeBase) -> None:
    form = turns(kb, "登记需求", "厦门一诺科技有限公司")[-1].conversation
    told = one(kb, Said("我的电话13900000001", handed=HELD), form)
    assert told.conversation == form
    ended = one(kb, Said("结束人工", handed=HELD), form)
    assert ended.conversation == form
    assert "联系人" in ended.reply.text


@pytest.mark.parametrize(
    "said",
    [
        "结束人工",
        "退出人工服务",
        "人工服务结束",
        "人工结束了",
        "不用了",
        "不用了，谢谢您",
        "回到机器人",
        "转回自动回复",
        "结束对话",
    ],
)
def test_the_talk_comes_back_when_its_sender_says_so(kb: KnowledgeBase, said: str) -> None:
    [turn] = turns(kb, said, handed=HELD)
    assert turn.effects == (PassOn(said), EndTalk())
    assert "我继续为您服务" in turn.reply.text


@pytest.mark.parametrize("said", ["不用了营业执照可以吗", "结束时间是几号", "我不用人工智能"])
def test_words_that_only_begin_like_it_do_not_end_the_talk(kb: KnowledgeBase, said: str) -> None:
    [turn] = turns(kb, said, handed=HELD)
    assert EndTalk() not in turn.effects


def test_who_comes_back_into_the_chat_is_not_greeted_by_the_assistant(kb: KnowledgeBase) -> None:
    assert one(kb, Said(event="welcome", handed=HELD)).reply.text == ""
    assert one(kb, Said(event="welcome", handed=WAITING)).reply.text != ""


def test_to_be_forgotten_is_for_the_assistant_also_then(kb: KnowledgeBase) -> None:
    [turn] = turns(kb, "删除我的信息", handed=HELD)
    assert turn.effects == (Forget(),)
    assert "人工对话也已结束" in turn.reply.text


def test_who_is_forgotten_while_waiting_is_told_that_nobody_comes(kb: KnowledgeBase) -> None:
    [turn] = turns(kb, "删除我的信息", handed=WAITING)
    assert "不再转人工" in turn.reply.text


def test_who_cannot_be_written_to_is_told_when_the_reply_shows(kb: KnowledgeBase) -> None:
    turn = one(kb, Said("在吗", handed=Handed("李四", reaches=False)))
    assert "下次发消息时显示" in turn.reply.text


def test_a_picture_goes_over_as_a_word_for_it(kb: KnowledgeBase) -> None:
    sent = Attachment("file", "ref", "合同.pdf")
    assert passed(one(kb, Said(event="attachment", attachment=sent, handed=HELD))) == [
        "[文件：合同.pdf]"
    ]
    both = Said("您看下", attachment=Attachment("image", "ref"), handed=HELD)
    assert passed(one(kb, both)) == ["您看下\n[图片]"]
