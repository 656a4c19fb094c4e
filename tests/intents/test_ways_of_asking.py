"""Days of the week, which document it is, a notice as a whole, what is to be handed in."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices


@pytest.mark.parametrize(
    ("question", "clause", "told"),
    [
        ("福建推荐优秀案例的截止日是周几", "fujian-2023-10#五（四）", "2023年8月18日是星期五"),
        ("51号文报方案那天礼拜几", "cnipa-2021-51#六（一）", "2021年5月25日是星期二"),
        ("福建交方案那天是周末吗", "fujian-2023-10#五（一）", "2023年5月20日是星期六"),
        ("21年万里行开始那天星期几", "cnipa-2021-51#二", "2021年4月26日是星期一"),
        ("福建万里行结束是星期几", "fujian-2023-10#二", "2023年10月26日是星期四"),
        ("22号文成文那天是周几", "cnipa-2024-22#发文信息", "2024年7月24日是星期三"),
    ],
)
def test_the_day_of_the_week(kb: KnowledgeBase, question: str, clause: str, told: str) -> None:
    reply = ask(kb, question)
    assert clause in cited(reply)
    assert told in reply.text


def test_no_day_of_the_week_unless_it_is_asked_for(kb: KnowledgeBase) -> None:
    assert "星期" not in ask(kb, "福建推荐优秀案例几号截止").text


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("工作坊这个提法是哪家方案里的", "fujian-2023-10"),
        ("海牙协定在哪份文里提到的", "cnipa-2021-3"),
        ("政企银保服出现在哪个通知里", "cnipa-2021-51"),
        ("派人当技术调查官是哪个文件支持的", "cnipa-2024-22"),
    ],
)
def test_which_document_holds_it(kb: KnowledgeBase, question: str, notice: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert notices(reply)[0] == notice


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("51号文大概说的啥事", "cnipa-2021-51"),
        ("公共服务意见主要讲了些什么", "cnipa-2024-22"),
        ("福建那个10号文是关于什么的", "fujian-2023-10"),
        ("24年那张任务清单大致分哪些方面", "cnipa-2024-tasks"),
    ],
)
def test_a_notice_as_a_whole(kb: KnowledgeBase, question: str, notice: str) -> None:
    reply = ask(kb, question)
    whole = kb.notice(notice)
    assert notices(reply) == [notice]
    assert whole.title in reply.text
    sections = [c for c in whole.clauses if c.label in "一二三四五六七八九十"]
    for heading in [c.heading for c in sections] or [task.section for task in whole.tasks]:
        assert heading in reply.text


def test_one_clause_is_not_the_whole(kb: KnowledgeBase) -> None:
    assert cited(ask(kb, "公共服务意见三（七）讲什么")) == ["cnipa-2024-22#三（七）"]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("福建各地市要给省局交哪些东西", ["fujian-2023-10#五（一）", "fujian-2023-10#五（四）"]),
        (
            "21年万里行省里要向国家局报什么材料",
            ["cnipa-2021-51#六（一）", "cnipa-2021-51#六（三）"],
        ),
    ],
)
def test_what_is_to_be_handed_in(kb: KnowledgeBase, question: str, clauses: list[str]) -> None:
    assert cited(ask(kb, question)) == clauses


def test_nothing_of_a_province_where_the_nation_is_named(kb: KnowledgeBase) -> None:
    reply = ask(kb, "咱们省的局要报什么给国家局")
    assert reply.kind == "answer"
    assert "fujian-2023-10" not in notices(reply)


@pytest.mark.parametrize(
    ("question", "notice"),
    [("万里行都有哪些活动", "fujian-2023-10"), ("2021年万里行有些什么行动", "cnipa-2021-51")],
)
def test_what_a_campaign_does_are_its_key_tasks(
    kb: KnowledgeBase, question: str, notice: str
) -> None:
    assert cited(ask(kb, question))[0] == f"{notice}#三"


@pytest.mark.parametrize(
    "question",
    [
        "厦门自己那份万里行实施方案有哪些活动",
        "漳州本市那份方案设了几项重点任务",
        "福州市局的实施方案几号报区里",
        "莆田市知识产权局的万里行方案里案例报几个",
    ],
)
def test_a_citys_own_plan_is_not_the_provinces(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert "自己的" in reply.text
    assert reply.citations


def test_what_a_city_hands_in_is_told_by_the_province(kb: KnowledgeBase) -> None:
    reply = ask(kb, "厦门2023年万里行工作方案报给省局哪个处")
    assert cited(reply) == ["fujian-2023-10#五（一）"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("福建万里行方案几月几号印出来的", "4月23日"),
        ("公共服务意见是哪年哪月出来的", "2024年7月24日"),
        ("2021年万里行文件的编号", "国知发运函字〔2021〕51号"),
    ],
)
def test_when_a_notice_was_issued_and_its_number(
    kb: KnowledgeBase, question: str, told: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert told in reply.text
