"""What the notices do not hold is said to be lacking, with the nearest, and kept for staff."""

from __future__ import annotations

import re

import pytest

from intents.turn import OpenQuestion
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, turns


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("参加万里行要交多少报名费", "费用"),
        ("公共服务网的网址是什么", "网址"),
        ("优秀案例要写多少字", "字数"),
        ("优秀案例选上了有奖金吗", "补贴"),
        ("专利质押贷款的利率是多少", "利率"),
        ("2021年最后选了哪几个省重点支持", "名单"),
        ("22号文的联系人是谁", "联系方式"),
        ("福建省局运用促进处的电话是多少", "联系方式"),
        ("万里行总结要不要盖公章", "公章"),
        ("商标续展怎么办理", "续展"),
        ("那个示范企业怎么申请", "怎么办理"),
        ("21年万里行联系人邮箱", "邮箱"),
        ("上报材料发哪个邮箱", "邮箱"),
        ("高价值发明专利多少件", "数字"),
        ("公共服务效能意见的解读稿是谁写的", "起草人"),
        ("万里行启动仪式谁主持", "主持人"),
        ("启动仪式几点开始", "钟点"),
        ("万里行这是办到第几年了", "历届"),
        ("万里行总结写多长", "字数"),
        ("24年清单里各省必做的没做完会怎么处罚", "处罚"),
        ("裴松伟是处长吗", "任职"),
        ("首次保护检查考核哪个省得了优秀", "结果"),
    ],
)
def test_what_is_lacking_is_named_first(kb: KnowledgeBase, question: str, lacking: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert lacking in reply.text.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "裴松伟的邮箱是多少",
        "路宏波的手机号是多少",
        "国家知识产权局局长是谁",
        "3号文是几月几号印发的",
        "2024年任务清单的文号是多少",
        "2024年任务清单的联系电话是多少",
        "公共服务司的电话是多少",
        "需求清单的下载链接发我",
        "数据知识产权试点省份是哪几个省",
        "专利代理师考试几号报名",
        "你们办公室在哪",
        "万里行在福建哪几个地方搞",
        "可以用邮件发吗",
        "强国建设纲要是哪年的",
        "万里行的吉祥物是什么",
    ],
)
def test_a_value_that_no_notice_holds_is_not_made_up(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize(
    "question", ["2022年万里行的总结几号交", "公共服务网的网址是什么", "优秀案例要写多少字"]
)
def test_a_refusal_is_an_open_question_for_staff_in_the_users_own_words(
    kb: KnowledgeBase, question: str
) -> None:
    (turn,) = turns(kb, question)
    (effect,) = turn.effects
    assert isinstance(effect, OpenQuestion)
    assert effect.question == question
    assert effect.lacks
    assert effect.nearest == turn.reply.citations[0]
    assert "工作人员" in turn.reply.text


def test_the_phone_of_a_colleague_is_not_given_for_another(kb: KnowledgeBase) -> None:
    """Asked for 福建, the national phone may be shown only as what it is."""
    reply = ask(kb, "福建省局运用促进处的电话是多少")
    first, _, rest = reply.text.partition("\n")
    assert not re.search(r"\d{7}", first)
    if "62083921" in rest:
        assert "国家知识产权局知识产权运用促进司" in rest


@pytest.mark.parametrize(
    "chat",
    [
        "今晚足球谁跟谁踢",
        "帮我写首关于春天的诗",
        "37乘以48等于几",
        "红烧肉怎么烧好吃",
        "asdfgh",
        "双色球开奖号码",
    ],
)
def test_what_is_far_off_is_declined_and_nobody_is_troubled(kb: KnowledgeBase, chat: str) -> None:
    (turn,) = turns(kb, chat)
    assert turn.reply.kind == "refuse"
    assert turn.reply.citations == ()
    assert turn.effects == ()
    assert "登记需求" in turn.reply.text


def test_the_weather_of_a_known_place_troubles_nobody(kb: KnowledgeBase) -> None:
    (turn,) = turns(kb, "明天厦门会不会下雨")
    assert turn.reply.kind == "refuse"
    assert turn.effects == ()


@pytest.mark.parametrize("question", ["2022年万里行的总结几号交", "优秀案例要写多少字"])
def test_a_refusal_cites_what_it_offers_as_nearest(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert cited(reply)
    for citation in reply.citations:
        assert citation.clause in reply.text


def test_refusals_are_counted_until_something_is_answered(kb: KnowledgeBase) -> None:
    talk = turns(kb, "公共服务网的网址是什么", "优秀案例要写多少字", "2021年万里行的总结几号交")
    assert [turn.conversation.refusals for turn in talk] == [1, 2, 0]


@pytest.mark.parametrize(
    "question", ["裴松伟的手机号", "总结发到哪个邮箱", "123456", "国知发运函字〔2021〕52号的总结"]
)
def test_a_refusal_quotes_words_and_no_scraps(kb: KnowledgeBase, question: str) -> None:
    first = ask(kb, question).text.splitlines()[0]
    quoted = re.search("“(.*?)”", first)
    assert quoted is None or (len(quoted[1]) >= 2 and not quoted[1].isdigit()), first


@pytest.mark.parametrize("question", ["3号文是几月几号印发的", "2024年任务清单的文号是多少"])
def test_what_is_lacking_of_a_document_is_named(kb: KnowledgeBase, question: str) -> None:
    first = ask(kb, question).text.splitlines()[0]
    assert "日期" in first or "文号" in first or "时间" in first


@pytest.mark.parametrize("question", ["什么是量子计算机"])
def test_a_word_in_common_is_no_answer(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize(
    "question",
    [
        # the list's tasks are handed in to nobody
        "2024年任务清单的高质量成效几号前报",
        # the plan names the sheet and prints no columns
        "福建2023万里行需求清单有哪几栏",
    ],
)
def test_what_stands_in_another_notice_only_is_refused_with_the_nearest(
    kb: KnowledgeBase, question: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert reply.citations


def test_yes_is_said_to_nothing_but_what_was_asked(kb: KnowledgeBase) -> None:
    assert "有。" not in ask(kb, "福建那边的万里行 我们外省的能参加不").text
    assert ask(kb, "福建有线上课程可以参加吗").text.startswith("有。")
