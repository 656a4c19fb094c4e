"""What staff write is read as the command they mean, however they put it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.counter.commands import Command
from bot.staff.counter.reading import read
from knowledge.golden import questions
from knowledge.snapshot import KnowledgeBase

CASES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("read_as.yaml").read_text(encoding="utf-8")
)


def written(command: Command | None) -> str:
    if command is None:
        return "-"
    return " ".join([command.name, *map(str, command.numbers), command.rest]).strip()


@pytest.mark.parametrize(
    ("message", "meant"), [(str(said), meant) for meant, said_ in CASES.items() for said in said_]
)
def test_a_message_is_read_as_what_is_meant(message: str, meant: str) -> None:
    assert written(read(message)) == meant


def test_a_question_about_notices_is_no_command(kb: KnowledgeBase) -> None:
    asked = [g.q for g, _ in questions(kb) if g.kind != "command" and not g.context]
    assert len(asked) > 500
    assert [q for q in asked if read(q) is not None] == []


@given(st.integers(1, 9_999_999), st.sampled_from(["受理", "退回", "匹配", "办结", "转办", "答"]))
def test_a_number_is_never_changed(number: int, verb: str) -> None:
    for message in (f"{verb}{number}", f"{verb} {number} ", f"{number}号 {verb}"):
        command = read(message)
        assert command is not None
        assert command.numbers == (number,)


@given(st.text(max_size=40))
def test_whatever_is_written_is_read_without_a_mishap(text: str) -> None:
    command = read(text)
    assert command is None or all(number > 0 for number in command.numbers)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("退回 17 请补充" + " " * 1500 + "专利号", "return"),
        ("受理" + "17、" * 600, "accept"),
        ("记活动 " + "3次" * 900, "activity"),
        ("待办" + "的" * 1900, "todo"),
        ("统计" + "2023年5月" * 300 + "号", None),
        ("2023年5月" * 300, None),
        ("导出" + "附件1 " * 300 + "吧", None),
        ("，" * 1900 + "谢谢", None),
        ("请帮我" * 600, None),
        ("转" + "，" * 1900, None),
        ("受理 17" + "，请尽快" * 600, None),
    ],
)
def test_long_messages_are_read_without_trying_their_parts_in_every_way(
    message: str, name: str | None
) -> None:
    command = read(message)
    assert (command and command.name) == name


@pytest.mark.parametrize("verb", ["受理", "退回", "办结", "匹配", "回复", "答"])
def test_a_phone_or_an_amount_is_no_number_of_a_demand(verb: str) -> None:
    for counted in ("13800138000", "300万元", "3次", "2023年", "12.5%"):
        command = read(f"{verb} {counted}")
        assert command is None or not command.numbers
