"""Days between two dates of a notice, and how long something takes: with the dates told."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices

W2021, FUJIAN, OPINION = "cnipa-2021-51", "fujian-2023-10", "cnipa-2024-22"


@pytest.mark.parametrize(
    ("question", "told", "places"),
    [
        (
            "21年万里行通知发出来到活动开始隔了几天",
            ["13天", "2021年4月13日", "2021年4月26日"],
            [f"{W2021}#落款", f"{W2021}#二"],
        ),
        (
            "福建活动结束到交总结中间隔几天",
            ["4天", "2023年10月26日", "2023年10月30日"],
            [f"{FUJIAN}#二", f"{FUJIAN}#五（四）"],
        ),
        (
            "福建推荐案例的截止比交总结早多少天",
            ["73天", "2023年8月18日", "2023年10月30日"],
            [f"{FUJIAN}#五（四）"],
        ),
        (
            "22号文落款跟发布差几天",
            ["6天", "2024年7月24日", "2024年7月30日"],
            [f"{OPINION}#落款"],
        ),
    ],
)
def test_days_between_two_days_of_a_notice(
    kb: KnowledgeBase, question: str, told: list[str], places: list[str]
) -> None:
    reply = ask(kb, question)
    assert all(value in reply.text for value in told)
    assert cited(reply) == places


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("福建2023万里行前后一共搞多少天", "共184天"),
        ("2021年需求调研给了多少天时间", "共25天"),
        ("福建服务资源配置总共几天", "共15天"),
    ],
)
def test_both_days_of_a_period_count(kb: KnowledgeBase, question: str, days: str) -> None:
    assert days in ask(kb, question).text


def test_days_from_today_are_told_as_ever(kb: KnowledgeBase) -> None:
    reply = ask(kb, "离51号文的总结截止还有多少天", on="2021-10-20")
    assert "还剩10天" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "2021工作指引印发到报成效之间多少天",
        "24年任务清单发文到6月30日有几天",
        "2022年万里行一共搞了多少天",
    ],
)
def test_a_day_that_no_notice_gives_is_not_reckoned_with(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


def test_a_second_question_is_not_taken_for_a_period(kb: KnowledgeBase) -> None:
    reply = ask(kb, "51号文发了之后多少天要交方案")
    assert "42天" in reply.text
    assert notices(reply) == [W2021]
