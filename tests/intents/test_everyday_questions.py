"""What people ask without knowing the notices' words, and what they must not be told then."""

from __future__ import annotations

import pytest

from intents.turn import OpenQuestion
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, notices, turns

W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"
TASKS, OPINION = "cnipa-2024-tasks", "cnipa-2024-22"


@pytest.mark.parametrize("question", ["登记需求要填什么"])
def test_a_question_about_registering_is_not_one_about_pledges(
    kb: KnowledgeBase, question: str
) -> None:
    assert f"{FUJIAN}#三（四）" not in [
        f"{c.notice}#{c.clause}" for c in ask(kb, question).citations
    ]


@pytest.mark.parametrize("question", ["怎么参加万里行", "参加万里行怎么报名"])
def test_one_common_word_is_no_subject(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind != "answer"


def test_a_word_that_is_all_over_the_notices_is_no_subject(kb: KnowledgeBase) -> None:
    assert ask(kb, "知识产权是什么").kind == "refuse"


@pytest.mark.parametrize(
    "question", ["这周有什么要交的", "今天有什么截止", "最近有什么截止的", "下个月要交什么"]
)
def test_notices_of_later_years_are_not_offered_for_this_week(
    kb: KnowledgeBase, question: str
) -> None:
    """On 10 May 2023 the next due day is the 20th; the notices of 2024 are not there yet."""
    reply = ask(kb, question, on="2023-05-10")
    assert reply.kind in ("answer", "clarify")
    assert "2024年" not in reply.plain


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("51号文附件3填什么", W2021),
        ("2024年任务清单第24项是什么", TASKS),
    ],
)
def test_the_nearest_is_of_the_notice_that_was_named(
    kb: KnowledgeBase, question: str, notice: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert set(notices(reply)) <= {notice}


@pytest.mark.parametrize(
    ("question", "notice", "clause"),
    [("51号文第五部分讲什么", W2021, "五"), ("22号文（十五）讲什么", OPINION, "五（十五）")],
)
def test_a_part_is_named_by_its_number(
    kb: KnowledgeBase, question: str, notice: str, clause: str
) -> None:
    reply = ask(kb, question)
    assert [(c.notice, c.clause) for c in reply.citations][:1] == [(notice, clause)]


@pytest.mark.parametrize("question", ["2024年任务清单里哪些跟中小企业有关", "哪些任务跟高校有关"])
def test_tasks_that_have_to_do_with_something(kb: KnowledgeBase, question: str) -> None:
    assert len({c.clause for c in ask(kb, question).citations}) > 1


@pytest.mark.parametrize("name", ["福建", "2021年"])
def test_a_name_alone_is_asked_back(kb: KnowledgeBase, name: str) -> None:
    assert ask(kb, name).kind == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        "万里行是什么",
        "您好我刚接手这块工作,请问知识产权服务万里行是什么活动",
        "那个万里行是个啥子嘛跟我们做小厂的有啥子关系",
        "能不能给我讲讲万里行 我们镇要开会",
        "那个活动是干啥的",
    ],
)
def test_what_the_campaign_is(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert next(c.clause for c in reply.citations) == "一"


@pytest.mark.parametrize(
    "question", ["万里行到底要我们县做啥 一句话说清楚", "万里行要我们做什么", "万里行活动内容"]
)
def test_what_one_is_to_do_in_it_are_its_tasks(kb: KnowledgeBase, question: str) -> None:
    assert "三" in [c.clause for c in ask(kb, question).citations]


@pytest.mark.parametrize("question", ["你们那个活动几号开始", "那个万里行行动计划几号结束"])
def test_when_it_is_in_whatever_words_it_is_called(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert "10月26日" in reply.text


def test_where_to_is_asked_back_as_such(kb: KnowledgeBase) -> None:
    reply = ask(kb, "寄到哪里")
    assert reply.kind == "clarify"
    assert "时间" not in reply.text
    assert all("报" in option or "推荐" in option for option in reply.options)


@pytest.mark.parametrize("question", ["需求清单是每月报还是报一次", "需求清单交哪"])
def test_how_often_and_where_a_list_is_handed_in(kb: KnowledgeBase, question: str) -> None:
    assert "5月20日" in ask(kb, question).text


def test_answers_that_the_asker_offers_narrow_nothing(kb: KnowledgeBase) -> None:
    question = "需求清单哪个来填"
    asked = ask(kb, f"{question} 是厂里自己填还是工业园填")
    assert asked.citations == ask(kb, question).citations != ()


@pytest.mark.parametrize("question", ["怎么联系你们", "谢谢，再问下电话多少", "电话"])
def test_who_wants_to_call_is_not_turned_away(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert reply.kind != "refuse" or "人工" in reply.text


@pytest.mark.parametrize("question", ["晚一天报行不行", "周末能报吗"])
def test_a_question_for_staff_reaches_them(kb: KnowledgeBase, question: str) -> None:
    turn = turns(kb, "2021年万里行的总结几号交", question)[-1]
    assert turn.reply.kind == "answer" or any(isinstance(e, OpenQuestion) for e in turn.effects)
