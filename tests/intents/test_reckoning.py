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
        (
            "22号文签发几天后挂的网",
            ["6天", "2024年7月24日", "2024年7月30日"],
            [f"{OPINION}#落款"],
        ),
        (
            "2021万里行最后一天到交总结的期限中间留了几天",
            ["4天", "2021年10月26日", "2021年10月30日"],
            [f"{W2021}#二", f"{W2021}#六（三）"],
        ),
        (
            "2021年万里行总结和高质量发展成效哪个先交，差多少天",
            ["46天", "2021年10月30日", "2021年12月15日"],
            [f"{W2021}#六（三）", "cnipa-2021-3#五"],
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
        ("2021万里行需求调研和资源匹配各多少天", "服务资源匹配长2天"),
        ("福建需求调研和资源配置哪个时间长", "企业需求调研长21天"),
        ("2021年万里行从头到尾一共多少天", "共184天"),
        ("福建2023万里行从头一天到末一天多少天", "共184天"),
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


@pytest.mark.parametrize(
    ("question", "on", "told"),
    [
        ("福建万里行需求清单逾期几天了", "2023-05-23", "到今天已过3天"),
        ("2021万里行的总结过期多少天了", "2021-11-09", "到今天已过10天"),
        ("2021万里行开始几天了，离结束还有几天", "2021-05-01", "已开始5天，还剩178天"),
    ],
)
def test_the_days_since_are_told_where_they_are_asked_for(
    kb: KnowledgeBase, question: str, on: str, told: str
) -> None:
    assert told in ask(kb, question, on=on).text


def test_nobody_is_told_how_long_ago_who_only_asks_for_the_date(kb: KnowledgeBase) -> None:
    assert "已过" not in ask(kb, "2021万里行的总结几号前交").text
