"""Two notices beside each other: both are told, each with its source, and what differs."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices

W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"
TASKS, GUIDE = "cnipa-2024-tasks", "cnipa-2021-3"
ROOM = 400


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("福建23年和国家21年报方案哪个更早，差几天", "福建2023年万里行方案早5天"),
        ("国家21年和福建23年交总结是不是同一天", "月日相同"),
        (
            "只看月日，2021全国万里行和2023福建万里行报需求清单哪个早、早几天",
            "福建2023年万里行方案早5天",
        ),
        ("企业需求调研，国家2021和福建2023哪个结束得晚，晚几天", "2021年万里行通知早11天"),
        ("51号通知和闽知发10号，从发文到活动开始各留了几天", "2021年万里行通知的间隔长10天"),
        ("51号文和闽知发10号，哪份从发文到报方案给的时间长", "相隔27天"),
        ("51号通知和福建方案印发相差几天，只看月日", "2021年万里行通知早10天"),
        ("2021全国和2023福建的重点任务各是哪五项", "品牌价值行动"),
        ("福建23年调研比国家21年多给几天", "福建2023年万里行方案长11天"),
        ("资源匹配国家21年给的时间长还是福建23年给的长", "2021年万里行通知长12天"),
    ],
)
def test_the_dates_of_two_campaigns(kb: KnowledgeBase, question: str, difference: str) -> None:
    reply = ask(kb, question)
    assert difference in reply.text
    assert sorted(notices(reply)) == [W2021, FUJIAN]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021跟2024任务清单哪个项数多", ["22项", "23项", "多1项"]),
        ("保护司在21年和24年的清单里各有几项", ["共7项", "共5项", "多2项"]),
        ("两张任务清单里公共服务司分别单独负责几项", ["共1项", "共2项", "多1项"]),
        ("保护司在2021和2024两张任务清单里各占几项", ["共7项", "共5项", "多2项"]),
        ("21年和24年的任务清单各分几部分", ["8个", "7个"]),
    ],
)
def test_how_many_each_table_has(kb: KnowledgeBase, question: str, told: list[str]) -> None:
    reply = ask(kb, question)
    assert all(value in reply.text for value in told)
    assert sorted(set(notices(reply))) == [GUIDE, TASKS]


def test_the_only_two_of_a_campaign_need_no_names(kb: KnowledgeBase) -> None:
    reply = ask(kb, "两次活动的资源匹配各是哪段时间")
    assert sorted(cited(reply)) == [f"{W2021}#五（三）", f"{FUJIAN}#四（二）"]


def test_a_figure_of_two_years(kb: KnowledgeBase) -> None:
    reply = ask(kb, "21年和24年质押融资目标比一比")
    assert "2400亿元" in reply.text
    assert "10%" in reply.text


@pytest.mark.parametrize(
    "question",
    ["质押入园惠企21年怎么说，福建又怎么说", "福建方案与国家局51号文比，主题有啥不一样"],
)
def test_what_each_of_them_says_fits_one_message(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert sorted(set(notices(reply))) == [W2021, FUJIAN]
    assert len(reply.text) <= ROOM


@pytest.mark.parametrize(
    "question", ["2022年和2021年的任务清单哪个项数多", "江西和福建的方案谁报得早"]
)
def test_a_side_that_there_is_not_is_said_to_be_lacking(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert reply.citations


def test_to_whom_each_hands_in_is_told_with_the_date(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021全国万里行和2023福建万里行，总结的期限一样不，各报给谁")
    assert all(whom in reply.text for whom in ("运用促进司", "运用促进处", "月日相同"))


def test_by_how_many_days_one_document_was_issued_before_another(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建方案比22号文早印发多少天")
    assert "早458天印发" in reply.text
    assert sorted(notices(reply)) == ["cnipa-2024-22", FUJIAN]


def test_the_themes_of_the_two_campaigns(kb: KnowledgeBase) -> None:
    reply = ask(kb, "两次万里行的活动主题有什么不同")
    assert sorted(cited(reply)) == [f"{W2021}#一", f"{FUJIAN}#一"]
