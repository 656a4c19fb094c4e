"""Typed with slips, in pinyin or with padding, a message is taken for what it was meant to be."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, turns

COMPANY = "三明示例木业有限公司"


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("帮住", "help"),
        ("bangzhu", "help"),
        ("转人功", "human"),
        ("zhuan rengong", "human"),
        ("领导好，取消[抱拳]", "cancel"),
    ],
)
def test_commands(kb: KnowledgeBase, typed: str, intent: str) -> None:
    reply = ask(kb, typed)
    assert (reply.kind, reply.intent) == ("command", intent)


@pytest.mark.parametrize(
    ("typed", "intent"),
    [("在见", "bye"), ("xiexie", "thanks"), ("nihao", "greet"), ("哈哈 你好", "greet")],
)
def test_small_talk(kb: KnowledgeBase, typed: str, intent: str) -> None:
    reply = ask(kb, typed)
    assert (reply.kind, reply.intent) == ("smalltalk", intent)


@pytest.mark.parametrize(
    "typed",
    [
        "2021年万里行的须求清单几好前报",
        "2021年萬里行的需求請單什么实候截止",
        "那个……2021年万里行的xuqiu清单几号前报～",
        "2021nian wanlixing de xuqiu qingdan ji hao qian bao",
    ],
)
def test_a_question(kb: KnowledgeBase, typed: str) -> None:
    reply = ask(kb, typed)
    assert "5月25日" in reply.text
    assert "cnipa-2021-51#六（一）" in cited(reply)


def test_a_need_in_pinyin_is_written_down_in_characters(kb: KnowledgeBase) -> None:
    turn = turns(kb, "women gongsi xiang zuo zhuanli zhiya rongzi")[-1]
    assert turn.reply.kind == "collect"
    form = turn.conversation.form
    assert form is not None
    assert "我们公司想做专利质押融资" in form.values.values()


def test_a_need_with_a_slip_is_written_down_as_typed(kb: KnowledgeBase) -> None:
    typed = "我们公司想做专利质鸭融资，求银行对接"
    turn = turns(kb, typed)[-1]
    assert turn.reply.kind == "collect"
    form = turn.conversation.form
    assert form is not None
    assert typed in form.values.values()


@pytest.mark.parametrize("name", ["屈晓", "范竹", "任功"])
def test_a_name_in_the_form_is_no_command_that_sounds_like_it(kb: KnowledgeBase, name: str) -> None:
    turn = turns(kb, "登记需求", COMPANY, f"联系人{name}", name)[-1]
    assert turn.reply.kind != "command"
    assert turn.conversation.form is not None
    assert name in turn.conversation.form.values.values()


def test_what_nothing_answers_is_read_once_more_with_what_may_be_slips(kb: KnowledgeBase) -> None:
    assert "62083921" in ask(kb, "裴松伟话").text
