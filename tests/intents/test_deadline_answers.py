"""When something is due or takes place, told from the day on which it is asked."""

from __future__ import annotations

import re

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

LIST_2021 = "2021年万里行的需求清单几号前报"
LIST_FUJIAN = "福建2023年万里行的工作方案几号前报省局"
CASES = "福建的优秀案例几号前推荐"
RESULTS = "高质量发展成效几号前报"


@pytest.mark.parametrize(
    ("question", "on", "told"),
    [
        (LIST_2021, "2021-04-25", "还剩30天"),
        (LIST_2021, "2021-05-01", "还剩24天"),
        (LIST_2021, "2021-05-24", "还剩1天"),
        (LIST_2021, "2021-05-25", "今天截止"),
        (LIST_2021, "2021-05-26", "已于2021年5月25日截止"),
        (LIST_2021, "2024-02-29", "已于2021年5月25日截止"),
        (LIST_FUJIAN, "2023-05-10", "还剩10天"),
        (LIST_FUJIAN, "2023-05-20", "今天截止"),
        (LIST_FUJIAN, "2023-05-21", "已于2023年5月20日截止"),
        (CASES, "2023-07-31", "还剩18天"),
        (CASES, "2023-08-18", "今天截止"),
        (CASES, "2023-08-19", "已于2023年8月18日截止"),
        (RESULTS, "2021-02-28", "还剩290天"),
        (RESULTS, "2021-12-14", "还剩1天"),
        (RESULTS, "2021-12-15", "今天截止"),
        (RESULTS, "2022-01-01", "已于2021年12月15日截止"),
    ],
)
def test_the_days_that_are_left_or_past(
    kb: KnowledgeBase, question: str, on: str, told: str
) -> None:
    reply = ask(kb, question, on=on)
    assert reply.kind == "answer"
    assert told in reply.text
    assert len(re.findall("还剩|今天截止|已于", reply.text)) == 1


def test_the_day_itself_belongs_to_what_is_due_before_it(kb: KnowledgeBase) -> None:
    """`5月25日前` includes the 25th."""
    assert "含当天" in ask(kb, LIST_2021, on="2021-05-01").text


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2024-02-01", "还剩59天"),  # over the 29th of February
        ("2024-03-31", "今天截止"),
        ("2024-04-01", "已于2024年3月31日截止"),
    ],
)
def test_a_month_end_is_the_last_day_of_the_month(kb: KnowledgeBase, on: str, told: str) -> None:
    reply = ask(kb, "2024年重点高校、科研机构先行盘点存量专利什么时候完成", on=on)
    assert cited(reply) == ["cnipa-2024-tasks#附件 任务8"]
    assert "3月底前" in reply.text
    assert told in reply.text


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2024-06-20", "还剩10天"),
        ("2024-06-30", "今天截止"),
        ("2024-07-01", "已于2024年6月30日截止"),
    ],
)
def test_june_ends_on_the_thirtieth(kb: KnowledgeBase, on: str, told: str) -> None:
    reply = ask(kb, "专利转化运用专项行动的细化落实方案什么时候出台", on=on)
    assert "2024年6月底前" in reply.text
    assert told in reply.text


@pytest.mark.parametrize(
    ("on", "told"),
    [("2024-12-01", "还剩30天"), ("2024-12-31", "今天截止"), ("2025-01-01", "已于2024年12月31日")],
)
def test_a_year_end_is_the_last_of_december(kb: KnowledgeBase, on: str, told: str) -> None:
    reply = ask(kb, "未转化有效专利盘点全覆盖什么时候完成", on=on)
    assert "年底前" in reply.text
    assert told in reply.text


def test_the_words_of_the_notice_stand_for_a_year_end(kb: KnowledgeBase) -> None:
    """The table says 年底前完成; no day is made of it."""
    text = ask(kb, "2021年任务清单的第2项什么时候完成").text
    assert "年底前完成" in text
    assert "12月31日" not in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("公共服务信息采集的问题需求什么时候报", "定期"),
        ("福建的活动进展情况什么时候上报", "及时"),
        ("2021年万里行什么时候启动", "宣传周"),
    ],
)
def test_where_the_notice_gives_no_date_none_is_made_up(
    kb: KnowledgeBase, question: str, words: str
) -> None:
    reply = ask(kb, question)
    assert words in reply.text
    body = reply.text.split("依据：", 1)[0]
    assert not re.search(r"\d+月|还剩|还有|截止。|结束。", body)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2023-04-20", "还有6天开始"),
        ("2023-04-25", "还有1天开始"),
        ("2023-04-26", "还剩183天"),
        ("2023-06-01", "还剩147天"),
        ("2023-10-25", "还剩1天"),
        ("2023-10-26", "最后一天"),
        ("2023-10-27", "已于2023年10月26日结束"),
        ("2026-01-01", "已于2023年10月26日结束"),
    ],
)
def test_a_campaign_before_during_and_after(kb: KnowledgeBase, on: str, told: str) -> None:
    reply = ask(kb, "福建2023年万里行结束了没有", on=on)
    assert cited(reply)[0] in ("fujian-2023-10#二", "fujian-2023-10#四（三）")
    assert told in reply.text
    assert "4月26日" in reply.text
    assert "10月26日" in reply.text


def test_a_running_campaign_is_not_said_to_be_over(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年万里行结束了没有", on="2021-07-01").text
    assert "正在进行" in text
    assert "已于" not in text


@pytest.mark.parametrize(
    ("on", "told"),
    [("2023-08-31", "最后一天"), ("2023-09-01", "结束"), ("2023-08-21", "还剩10天")],
)
def test_a_span_known_by_its_end_alone(kb: KnowledgeBase, on: str, told: str) -> None:
    reply = ask(kb, "2023年福建遴选优秀案例在什么时候", on=on)
    assert "2023年8月底" in reply.text
    assert told in reply.text


def test_what_is_to_be_in_late_august_does_not_run_in_april(kb: KnowledgeBase) -> None:
    assert "正在进行" not in ask(kb, "2023年福建遴选优秀案例在什么时候", on="2023-04-01").text


def test_early_november_is_ahead_in_october_and_over_in_december(kb: KnowledgeBase) -> None:
    question = "2021年万里行集中展示成效安排在什么时候"
    assert "还有2天开始" in ask(kb, question, on="2021-10-30").text
    over = ask(kb, question, on="2021-12-01").text
    assert "2021年11月初" in over
    assert "结束" in over


@pytest.mark.parametrize("on", ["2021-11-01", "2021-11-03", "2021-11-05"])
def test_early_november_is_more_than_its_first_day(kb: KnowledgeBase, on: str) -> None:
    text = ask(kb, "2021年万里行集中展示成效安排在什么时候", on=on).text
    assert "结束" not in text
    assert "最后一天" not in text


def test_who_hands_in_what_to_whom_is_told_with_the_day(kb: KnowledgeBase) -> None:
    text = ask(kb, RESULTS).text
    for part in ("各地方知识产权局", "2021年12月15日", "知识产权运用促进司", "纸件和电子件"):
        assert part in text


def test_a_notice_that_sets_no_receiver_is_given_none(kb: KnowledgeBase) -> None:
    """六（一） of the 2021 notice does not say to whom the list is sent."""
    assert "运用促进司" not in ask(kb, LIST_2021).text
