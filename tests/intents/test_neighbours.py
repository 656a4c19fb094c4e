"""What people ask who never read a notice: in their own words, and of things no notice holds."""

from __future__ import annotations

import pytest

from intents.turn import OpenQuestion
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, turns

W2021, FUJIAN, TASKS = "cnipa-2021-51", "fujian-2023-10", "cnipa-2024-tasks"


def test_a_question_is_answered_though_another_beside_it_asks_for_what_no_notice_holds(
    kb: KnowledgeBase,
) -> None:
    turn = turns(kb, "活动几号开始 找谁报名")[-1]

    assert "4月26日" in turn.reply.plain
    assert any(isinstance(effect, OpenQuestion) for effect in turn.effects)


def test_the_contact_is_told_though_the_name_of_a_head_is_asked_for_as_well(
    kb: KnowledgeBase,
) -> None:
    assert "62083921" in ask(kb, "联系电话多少 处长叫什么").plain


@pytest.mark.parametrize(
    "question",
    [
        "三明市的万里行方案什么时候印的",  # Fujian's was issued by the province
        "省局促进处的电话是多少",  # only the nation's department has one in a notice
        "福建方案里版权局做什么",
        "万里行招聘会在哪个大学办",
        "保护中心全国现在有几家",
        "万里行为什么叫万里行",
    ],
)
def test_what_no_notice_holds_is_refused_however_near_its_words(
    kb: KnowledgeBase, question: str
) -> None:
    assert ask(kb, question).kind == "refuse"


def test_the_day_of_issue_is_told_of_the_place_that_issued_it(kb: KnowledgeBase) -> None:
    assert "4月23日" in ask(kb, "福建的方案什么时候印的").plain


@pytest.mark.parametrize("words", ["可以不做", "不一定要做", "不强制"])
def test_a_task_that_need_not_be_done_is_a_choice(kb: KnowledgeBase, words: str) -> None:
    reply = ask(kb, f"2024年任务清单哪些{words}")

    assert {f"{TASKS}#附件 任务4", f"{TASKS}#附件 任务20"} <= set(cited(reply))


def test_who_says_this_year_and_names_one_means_the_one_that_is_named(kb: KnowledgeBase) -> None:
    reply = ask(kb, "示范区今年要干嘛 24年那个", on="2026-11-22")

    assert cited(reply)[:1] == [f"{TASKS}#附件 任务12"]


def test_whether_a_form_has_a_field_is_told_by_its_fields(kb: KnowledgeBase) -> None:
    reply = ask(kb, "需求清单要写手机号吗")

    assert cited(reply)[:1] == [f"{W2021}#附件1"]
    assert "手机" in reply.plain


def test_the_item_in_which_a_thing_stands_is_told(kb: KnowledgeBase) -> None:
    assert cited(ask(kb, "福建贴息的事写在第几项行动里"))[:1] == [f"{FUJIAN}#三（四）"]
