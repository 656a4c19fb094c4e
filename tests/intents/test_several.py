"""A message with two questions gets both answers; one with a single question is left whole."""

from __future__ import annotations

import pytest

from intents.several import parts_of
from intents.turn import OpenQuestion
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, turns

W2021, FUJIAN, TASKS = "cnipa-2021-51", "fujian-2023-10", "cnipa-2024-tasks"
LOAN = "开展知识产权质押融资“入园惠企”行动"


@pytest.mark.parametrize(
    ("message", "clauses", "told"),
    [
        # marks between them, a blank, a joining word, nothing at all
        (
            "24清单第11项归谁管，第15项归谁管",
            [f"{TASKS}#附件 任务11", f"{TASKS}#附件 任务15"],
            ["运用促进司", "公共服务司"],
        ),
        (
            "福建那个调研到几号截止 资源匹配从哪天开始",
            [f"{FUJIAN}#四（一）", f"{FUJIAN}#四（二）"],
            ["5月31日", "6月1日"],
        ),
        (
            "福建万里行办到几号啊还有就是方案报给哪个处",
            [f"{FUJIAN}#二", f"{FUJIAN}#五（一）"],
            ["10月26日", "运用促进处"],
        ),
        (
            "强国建设统筹协调24年谁负责人才队伍那项又是谁负责",
            [f"{TASKS}#附件 任务2", f"{TASKS}#附件 任务22"],
            ["联席办", "人事司"],
        ),
        (
            "1、21年万里行启动是哪个时候 2、活动总结安排在几月",
            [f"{W2021}#五（一）", f"{W2021}#五（五）"],
            ["宣传周", "11月初"],
        ),
        # the second leaves out what the first names, or names its own
        ("万里行什么时候开始，找谁联系", [f"{W2021}#落款"], ["4月26日", "62083921"]),
        (
            "2021年万里行的总结几号交？福建的呢？",
            [f"{W2021}#六（三）", f"{FUJIAN}#五（四）"],
            ["运用促进司", "运用促进处"],
        ),
        (
            "2021成效几号交 24年细化方案几月前出",
            ["cnipa-2021-3#五", f"{TASKS}#附件 任务7"],
            ["12月15日", "6月底"],
        ),
        # the second is about what the first is about, in another year
        (
            "21年质押目标多少亿 24年又要求涨多少",
            ["cnipa-2021-3#一（三）", f"{TASKS}#附件 任务11"],
            ["2400亿", "10%"],
        ),
        # the same asked of two things, which are handed in at different times
        (
            "需求清单和总结21年几号交",
            [f"{W2021}#六（一）", f"{W2021}#六（三）"],
            ["5月25日", "10月30日"],
        ),
        (
            "福建案例和总结的截止日期",
            [f"{FUJIAN}#五（四）"],
            ["8月18日", "10月30日"],
        ),
        (
            "需求清单和成效汇总21年是一起交还是分开交",
            [f"{W2021}#六（一）", f"{W2021}#六（三）"],
            ["5月25日", "10月30日"],
        ),
        (
            "地标行动和质押行动21年分别干什么",
            [f"{W2021}#三（二）", f"{W2021}#三（三）"],
            ["地理标志", "质押"],
        ),
        # the second counts the whole of what the first names a part of
        (
            "2024年要点第一条讲啥 一共几大块",
            [f"{TASKS}#附件 任务1", f"{TASKS}#附件"],
            ["年度推进计划", "7个部分"],
        ),
        # the second is answered by what the first names, though that was answered from elsewhere
        (
            "这个万里行哪个部门管呀，我打电话找谁",
            [f"{W2021}#落款"],
            ["促进司", "62083921"],
        ),
        # a part is asked of, and then of all
        (
            "24年任务清单有多少项 哪些是必须做的",
            [f"{TASKS}#附件", f"{TASKS}#附件 任务1"],
            ["23项", "20项"],
        ),
        # nothing but the activity is named
        (
            "你们那个活动几号开始，要交啥材料",
            [f"{FUJIAN}#二", f"{FUJIAN}#五（一）"],
            ["4月26日", "5月20日"],
        ),
        (
            "需求清单怎么填 填好发给谁",
            [f"{W2021}#附件1"],
            ["单位名称", "5月25日"],
        ),
        # a greeting before them
        (
            "在吗 24年清单里公共服务普惠工程哪个部门负责啊 是必做的不",
            [f"{TASKS}#附件 任务15"],
            ["公共服务司", "必做"],
        ),
    ],
)
def test_both_questions_are_answered(
    kb: KnowledgeBase, message: str, clauses: list[str], told: list[str]
) -> None:
    reply = ask(kb, message)
    assert reply.kind == "answer"
    assert set(clauses) <= set(cited(reply))
    for words in told:
        assert words in reply.text
    assert len(reply.text) <= 400


@pytest.mark.parametrize(
    ("message", "told", "lacking"),
    [
        ("你好想问下21年万里行需求清单几号报，报名费多少钱", "5月25日", "报名费多少钱"),
        ("2021年万里行总结啥时候交，2022年的总结啥时候交", "10月30日", "2022年"),
        ("2021年国家局联系人是谁，福建的联系电话是多少", "裴松伟", "福建的联系电话是多少"),
        ("那个清单我们合作社能填不 填了交到哪", "促进处", "合作社能填不"),
        ("福建的总结什么时候交，发哪个邮箱", "10月30日", "发哪个邮箱"),
    ],
)
def test_half_that_no_notice_holds_is_said_to_be_open_beside_the_other(
    kb: KnowledgeBase, message: str, told: str, lacking: str
) -> None:
    (turn,) = turns(kb, message)
    assert turn.reply.kind == "answer"
    assert told in turn.reply.text
    assert lacking in turn.reply.text.splitlines()[-1]
    (effect,) = turn.effects
    assert isinstance(effect, OpenQuestion)
    assert lacking in effect.question


def test_something_far_off_beside_a_question_is_no_question_for_staff(kb: KnowledgeBase) -> None:
    (turn,) = turns(kb, "2021年万里行的总结几号交 今天天气怎么样")
    assert "10月30日" in turn.reply.text
    assert turn.effects == ()


@pytest.mark.parametrize(
    "message",
    [
        "2021年万里行的需求清单，哪天之前要报到国家局",
        "总结和汇总表21年几号交",
        "福建的书面总结、活动成效什么时候报",
        "公共服务意见里说要采集创新主体的问题需求，采集完往哪报",
        "我们厂有个商标想拿去银行贷点款，有没有人能帮忙牵线",
        "你好，请问，总结几号交",
        "今天收到通知了，谢谢",
    ],
)
def test_one_question_stays_one(kb: KnowledgeBase, message: str) -> None:
    assert not [parts for parts in parts_of(message, kb, 2024) if not parts.loose]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("附件2在2021全国万里行里是什么，在福建2023里又是什么", "优秀案例"),
        ("2024年涉及地方必做的有哪几项，各是哪些地方", "（省份：各省"),
    ],
)
def test_what_a_list_or_a_comparison_tells_whole_is_not_taken_apart(
    kb: KnowledgeBase, message: str, told: str
) -> None:
    (turn,) = turns(kb, message)
    assert told in turn.reply.text
    assert "关于“" not in turn.reply.text


@pytest.mark.parametrize(
    "message",
    [
        "联络员要报吗 报给谁 什么时候",
        "专利转让许可要在哪备案,多少天办好",
        "优先审查请求书要填几份 分哪几步走",
    ],
)
def test_half_a_question_is_not_answered_where_the_whole_is_not(
    kb: KnowledgeBase, message: str
) -> None:
    assert ask(kb, message).kind == "refuse"


@pytest.mark.parametrize(
    ("message", "clause"),
    [
        ("领导让我查一下福建万里行资源配置是哪几天", f"{FUJIAN}#四（二）"),
        ("我儿子说21年那个万里行，活动主题是啥子", f"{W2021}#一"),
        ("老板问我21年万里行的总结几号交", f"{W2021}#六（三）"),
    ],
)
def test_who_told_or_sent_the_asker_is_no_part_of_the_question(
    kb: KnowledgeBase, message: str, clause: str
) -> None:
    assert clause in cited(ask(kb, message))


def test_a_question_beside_a_need_is_answered_and_the_form_opens(kb: KnowledgeBase) -> None:
    (turn,) = turns(kb, "质押融资入园惠企21年怎么搞的，我们公司缺钱想拿商标贷款帮忙对接下银行")
    assert turn.reply.kind == "collect"
    assert turn.reply.task == LOAN
    assert "工具箱" in turn.reply.text
    assert f"{W2021}#三（三）" in cited(turn.reply)
    assert turn.conversation.form is not None
    assert "怎么搞的" not in str(turn.conversation.form.values)


def test_the_talk_goes_on_from_the_last_question(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建万里行办到几号啊还有就是方案报给哪个处", "那国家局的呢")
    assert cited(reply)[0].startswith(W2021)


def test_what_was_cut_off_is_told_on_asking_for_more(kb: KnowledgeBase) -> None:
    first, more = turns(kb, "24年任务清单一共几项 海外纠纷那个是哪个司管", "更多")
    assert len(first.reply.text) <= 400
    assert "23项" in first.reply.text
    assert "保护司" in first.reply.text
    assert "统筹推进知识产权文化建设" in more.reply.text
