"""Which messages state a need, and which only ask or chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.needs import looks_like_question, read_need, wants_form
from knowledge.model import DemandForm

_TABLE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("needs.yaml").read_text(encoding="utf-8")
)
_BY_TASK = [(t, said) for t, all_said in _TABLE["tasks"].items() for said in all_said]


@pytest.mark.parametrize(("task", "said"), _BY_TASK)
def test_need_is_taken_for_its_key_task(task: str, said: str, shipped_form: DemandForm) -> None:
    need = read_need(said, shipped_form)
    assert need is not None
    if task != "unsettled":
        assert need.task == task
        assert need.cue


@pytest.mark.parametrize("said", _TABLE["none"])
def test_question_command_or_chat_is_no_need(said: str, shipped_form: DemandForm) -> None:
    assert read_need(said, shipped_form) is None
    assert not wants_form(said)


@pytest.mark.parametrize(
    "said",
    [
        "登记需求",
        "我要提需求",
        "想报个需求",
        "还想报个需求",
        "你好，我要登记一个需求",
        "我要登记需求：商标想做质押",
        "需求登记",
        "我們要登記需求",
    ],
)
def test_command_opens_the_form(said: str) -> None:
    assert wants_form(said)


@pytest.mark.parametrize("said", ["需求清单怎么填", "登记需求要什么材料？", "提交需求的截止时间"])
def test_question_about_registering_is_no_command(said: str) -> None:
    assert not wants_form(said)


@pytest.mark.parametrize(
    "said",
    [
        "万里行什么时候结束？",
        "需求清单报到哪里",
        "质押登记要收多少手续费",
        "审查员会来我们这里辅导吗",
        "请把通知的附件发我一下",
        "福建优秀案例还来得及报吗",
    ],
)
def test_request_for_information_looks_like_a_question(said: str) -> None:
    assert looks_like_question(said)


@pytest.mark.parametrize(
    "said",
    [
        "有没有人能帮忙牵线，我们的商标想贷款",
        "我们想申请地理标志，不知道怎么弄",
        "我们的商标被抢注了怎么办",
        "三明示例木业有限公司",
        "陈一 13900000001",
        "不用国家局",
    ],
)
def test_call_for_help_and_answers_do_not_look_like_questions(said: str) -> None:
    assert not looks_like_question(said)


def test_two_tasks_in_one_need_are_not_guessed_confidently(shipped_form: DemandForm) -> None:
    need = read_need("我们想招人，也想做专利导航", shipped_form)
    assert need is not None
    assert not need.confident


def test_denied_cue_does_not_count(shipped_form: DemandForm) -> None:
    need = read_need("我们不是质押，是想把专利转让出去", shipped_form)
    assert need is not None
    assert need.task == "开展知识产权转移转化行动"
