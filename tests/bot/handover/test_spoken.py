"""What who speaks with somebody writes: for that person, or for the assistant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.counter.reading import read
from bot.staff.counter.spoken import WORDS, spoken
from intents.conversation import MenuItem

OFFERED = (MenuItem("发给T1", f"{WORDS}待办"), MenuItem("当作指令", "#待办"))


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("您好，请讲", "words", "您好，请讲"),
        ("受理您的申请要3天", "words", "受理您的申请要3天"),
        ("回复您：材料已收到", "words", "回复您：材料已收到"),
        ("转账给我们就行", "words", "转账给我们就行"),
        ("？", "words", "？"),
        ("好的，结束时间我再告诉您", "words", "好的，结束时间我再告诉您"),
        ("受理 17", "command", "受理 17"),
        ("退回17 请补充专利号", "command", "退回17 请补充专利号"),
        ("需求 17", "command", "需求 17"),
        ("接 6", "command", "接 6"),
        ("#统计 本月", "command", "统计 本月"),
        ("＃ 17", "command", "17"),
        ("需求17 我看过了", "which", "需求17 我看过了"),
        ("请受理17", "which", "请受理17"),
        ("17", "which", "17"),
        ("待办", "which", "待办"),
        ("先别受理17", "which", "先别受理17"),
        ("结束", "end", ""),
        ("结束对话了。", "end", ""),
        ("结束 T5", "end", "5"),
        ("转给 李四", "pass", "李四"),
        ("转给李四吧", "pass", "李四"),
        ("交给：王芳", "pass", "王芳"),
    ],
)
def test_it_is_told_apart(said: str, kind: str, text: str) -> None:
    heard = spoken(said)
    assert (heard.kind, heard.text) == (kind, text)


@pytest.mark.parametrize(
    ("picked", "kind"),
    [("1", "words"), ("第一个", "words"), ("2", "command"), ("当作指令", "command")],
)
def test_what_was_asked_is_answered_by_number_or_label(picked: str, kind: str) -> None:
    heard = spoken(picked, OFFERED)
    assert (heard.kind, heard.text) == (kind, "待办")


def test_options_of_the_assistants_are_not_picked_in_a_talk() -> None:
    starters = (MenuItem("总结什么时候交", "总结什么时候交"), MenuItem("登记需求", "登记需求"))
    assert spoken("好的", starters).kind == "words"
    assert spoken("2", starters).text == "2"


@given(st.text(max_size=30).filter(lambda text: "#" not in text and "＃" not in text))
def test_what_goes_to_the_person_is_no_command_and_goes_unchanged(text: str) -> None:
    heard = spoken(text)
    if heard.kind == "words":
        assert heard.text in text
        assert heard.text.strip() == text.strip() or text.strip().startswith(WORDS)
        assert read(text) is None or not any(char.isalnum() for char in text)
