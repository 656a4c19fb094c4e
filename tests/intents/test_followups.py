"""A message that leaves something out takes it from what was said before."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices

W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"


@pytest.mark.parametrize(
    ("before", "then", "clause", "told"),
    [
        # another place, year or level: the same subject there
        ("2021年万里行总结几号交给谁", "那省里的呢", f"{FUJIAN}#五（四）", "10月30日"),
        ("2021年万里行总结几号交给谁", "福建的呢", f"{FUJIAN}#五（四）", "运用促进处"),
        ("福建万里行的总结几号交", "国家局的呢", f"{W2021}#六（三）", "运用促进司"),
        ("福建2023年万里行的总结几号交", "那2021年的呢", f"{W2021}#六（三）", "2021年10月30日"),
        ("2021年需求清单几号报", "那2023年呢", f"{FUJIAN}#五（一）", "5月20日"),
        # another aspect of the same thing
        ("2021年万里行的总结几号交", "交给谁", f"{W2021}#六（三）", "运用促进司"),
        ("51号文的总结几号交", "电话呢", f"{W2021}#落款", "62083921"),
        ("2021年万里行的总结几号交", "联系人是谁", f"{W2021}#落款", "裴松伟"),
        ("存量专利盘活怎么做", "谁负责", "cnipa-2024-tasks#附件 任务8", "运用促进司"),
        ("福建2023年万里行什么时候结束", "文号多少", f"{FUJIAN}#发文信息", "10号"),
        # another thing of the same notice
        ("2021年万里行的总结几号交", "需求清单呢", f"{W2021}#六（一）", "5月25日"),
        ("51号文的附件1填什么", "附件2呢", f"{W2021}#附件2", "惠企数量"),
        ("2021年万里行重点任务有哪些", "第三项讲什么", f"{W2021}#三（三）", "质押融资"),
        ("2024年任务清单有哪些任务", "第二项谁负责", "cnipa-2024-tasks#附件 任务2", "联席办"),
        ("22号文对TISC有什么要求", "那人才呢", "cnipa-2024-22#五（十六）", "职称"),
    ],
)
def test_what_is_left_out_is_taken_from_before(
    kb: KnowledgeBase, before: str, then: str, clause: str, told: str
) -> None:
    reply = ask(kb, before, then)
    assert reply.kind == "answer"
    assert cited(reply)[0] == clause
    assert told in reply.text


def test_attachments_are_those_of_the_notice_that_was_spoken_of(kb: KnowledgeBase) -> None:
    reply = ask(kb, "51号文的总结什么时候交", "附件呢")
    assert cited(reply) == [f"{W2021}#附件1", f"{W2021}#附件2"]


def test_columns_are_those_of_the_sheet_that_the_clause_speaks_of(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年万里行的总结几号前交", "那张表里有哪几栏")
    assert cited(reply)[:1] == ["cnipa-2021-51#附件2"]


def test_the_days_left_are_asked_afterwards(kb: KnowledgeBase) -> None:
    assert "还剩2天" in ask(kb, "福建优秀案例什么时候报", "还剩几天", on="2023-08-16").text


def test_a_follow_up_goes_on_from_the_last_follow_up(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年万里行的总结几号交", "福建的呢", "那需求清单呢")
    assert cited(reply) == [f"{FUJIAN}#五（一）"]


@pytest.mark.parametrize("between", ["你好", "谢谢", "帮助"])
def test_small_talk_in_between_is_no_new_subject(kb: KnowledgeBase, between: str) -> None:
    reply = ask(kb, "2021年万里行的总结几号交", between, "福建的呢")
    assert cited(reply) == [f"{FUJIAN}#五（四）"]


@pytest.mark.parametrize(
    ("before", "then", "lacking"),
    [
        ("2021年万里行的总结几号交", "2022年呢", "2022年"),
        ("福建的总结几号交", "广东的呢", "广东省"),
        ("51号文联系人是谁", "邮箱呢", "邮箱"),
    ],
)
def test_a_follow_up_that_no_notice_covers_is_refused(
    kb: KnowledgeBase, before: str, then: str, lacking: str
) -> None:
    reply = ask(kb, before, then)
    assert reply.kind == "refuse"
    assert lacking in reply.text.splitlines()[0]


def test_after_a_refusal_the_subject_is_still_there(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年万里行的总结几号交", "2022年呢", "那福建的呢")
    assert cited(reply) == [f"{FUJIAN}#五（四）"]


def test_a_question_that_stands_alone_takes_nothing(kb: KnowledgeBase) -> None:
    whole = "2021年万里行的需求清单几号前报"
    assert ask(kb, "22号文对TISC有什么要求", whole) == ask(kb, whole)


def test_something_far_off_takes_nothing(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年万里行的总结几号交", "今天天气怎么样")
    assert reply.kind == "refuse"
    assert notices(reply) == []


def test_with_nothing_before_it_is_asked_what_is_meant(kb: KnowledgeBase) -> None:
    assert ask(kb, "什么时候截止").kind == "clarify"


def test_something_far_off_in_between_does_not_lose_the_subject(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年万里行的总结几号交", "今晚足球谁跟谁踢", "那福建的呢")
    assert cited(reply) == [f"{FUJIAN}#五（四）"]


@pytest.mark.parametrize(
    ("before", "then", "told"),
    [
        ("2021年任务清单第3项是什么", "谁负责", "条法司"),
        ("2021年任务清单第3项谁负责", "什么时候完成", "年内有阶段性成果"),
    ],
)
def test_the_task_that_was_spoken_of_is_meant(
    kb: KnowledgeBase, before: str, then: str, told: str
) -> None:
    reply = ask(kb, before, then)
    assert cited(reply) == ["cnipa-2021-3#附件 任务3"]
    assert told in reply.text


def test_a_list_is_asked_for_in_another_year(kb: KnowledgeBase) -> None:
    assert "共23项" in ask(kb, "2021年任务清单有多少项", "2024年的呢").text


@pytest.mark.parametrize(
    ("before", "then", "clause"),
    [
        # along the row that was told, or to its neighbour
        ("2024清单任务8讲什么", "下一项是啥", "cnipa-2024-tasks#附件 任务9"),
        ("2024年任务清单第9项是什么", "上一项呢", "cnipa-2024-tasks#附件 任务8"),
        ("福建那五个行动有哪些", "第一个具体写了啥", f"{FUJIAN}#三（一）"),
        ("2021年万里行重点任务有哪些", "最后一项说的啥", f"{W2021}#三（五）"),
        ("2021年万里行五项任务都有啥", "第二个展开讲讲", f"{W2021}#三（二）"),
        ("51号文附件1要填什么", "另一个表呢", f"{W2021}#附件2"),
        # about the very task that was told
        ("2024任务3是啥", "哪些地方必须做", "cnipa-2024-tasks#附件 任务3"),
        ("2024年清单第11项是什么", "这项各省必须做吗", "cnipa-2024-tasks#附件 任务11"),
        ("2024年任务清单第3项是啥", "哪些省要做", "cnipa-2024-tasks#附件 任务3"),
        # put right, or told more exactly
        ("资源匹配是什么时间", "我说21年国家局那回", f"{W2021}#五（三）"),
        ("福建需求调研是哪段时间", "不是，我说的是21年国家局的", f"{W2021}#五（二）"),
        ("什么时候截止", "2021年万里行的总结", f"{W2021}#六（三）"),
        # only another thing is named: the same is asked of it
        ("万里行2021年几号截止", "需求清单", f"{W2021}#六（一）"),
        ("福建什么时候截止啊", "总结的", f"{FUJIAN}#五（四）"),
    ],
)
def test_a_follow_up_points_at_what_was_told(
    kb: KnowledgeBase, before: str, then: str, clause: str
) -> None:
    assert clause in cited(ask(kb, before, then))


@pytest.mark.parametrize(
    ("before", "then", "notice"),
    [
        ("福建优秀案例几号前推荐", "公共服务意见是什么时候发的", "cnipa-2024-22"),
        ("福建的总结几号交", "专利导航是怎么规定的21年万里行", W2021),
        ("51号文的总结交给谁", "24年任务清单有几项选做的", "cnipa-2024-tasks"),
    ],
)
def test_another_subject_drags_nothing_along(
    kb: KnowledgeBase, before: str, then: str, notice: str
) -> None:
    assert notices(ask(kb, before, then)) == [notice]


def test_a_value_asked_for_after_something_else_is_lacking_of_that(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年高质量成效报哪个司", "邮箱地址是多少")
    assert reply.kind == "refuse"
    assert "地址" in reply.text.splitlines()[0]


def test_it_is_never_asked_back_twice_in_a_row(kb: KnowledgeBase) -> None:
    once, twice = ask(kb, "什么时候截止"), ask(kb, "什么时候截止", "几号截止")
    assert once.kind == "clarify"
    assert twice.kind == "answer"
    assert set(twice.options) < set(once.options)


@pytest.mark.parametrize(
    ("first", "then", "place", "told"),
    [
        (
            "福建2023年企业需求调研到哪天",
            "2021年全国那次到哪天",
            "cnipa-2021-51#五（二）",
            "5月20日",
        ),
        (
            "2021年任务清单里药品专利纠纷早期解决归谁",
            "这项什么时候要有结果",
            "cnipa-2021-3#附件 任务4",
            "年内有阶段性成果",
        ),
        ("22号文哪天成文、哪天发布", "中间隔了几天", "cnipa-2024-22#落款", "相隔6天"),
        (
            "2024年清单运用促进司参与几项",
            "其中哪几项只归它一家",
            "cnipa-2024-tasks#附件 任务7",
            "只由它负责的共6项",
        ),
        ("福建2023万里行什么时候开始、什么时候结束", "一共多少天", f"{FUJIAN}#二", "共184天"),
        ("福建企业需求调研是几号到几号", "再往下一步呢 到几号", f"{FUJIAN}#四（二）", "6月15日"),
        ("2024年清单第22项是什么", "23呢", "cnipa-2024-tasks#附件 任务23", "文化建设"),
        ("2021年万里行方案几号前报", "比福建2023的早几天", "cnipa-2021-51#六（一）", "早5天"),
    ],
)
def test_a_year_an_item_and_a_reckoning_go_on_from_what_was_told(
    kb: KnowledgeBase, first: str, then: str, place: str, told: str
) -> None:
    reply = ask(kb, first, then)
    assert place in cited(reply)
    assert told in reply.text


def test_days_past_are_those_of_what_was_asked_before(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建2023年万里行需求清单几号前报", "过期几天了", on="2023-05-25")
    assert "到今天已过5天" in reply.text


@pytest.mark.parametrize(
    ("first", "then", "place", "told"),
    [
        # whose part of the task that was told
        ("2024年知识产权立法各省要做啥", "地市呢", "cnipa-2024-tasks#附件 任务4", "有关地市"),
        (
            "2021年清单里服务业监管，各地区做什么",
            "有关地区呢",
            "cnipa-2021-3#附件 任务15",
            "集聚区",
        ),
        ("海外打官司2024年哪个司管", "地方上要干点啥", "cnipa-2024-tasks#附件 任务14", "各地区"),
        # one of what the clause enumerates, and no clause of that number
        ("22号文有哪几条基本原则", "第三条展开讲讲", "cnipa-2024-22#一（二）", "服务全链条"),
        # who does it, or when it is due, at the place that was told
        (
            "2024年高校存量专利盘点要做到啥程度",
            "归谁管",
            "cnipa-2024-tasks#附件 任务8",
            "运用促进司",
        ),
        ("2021年万里行成效汇总表报给哪个司", "最晚哪一天交", f"{W2021}#六（三）", "10月30日"),
        # what may be meant of any year is meant of the notice in talk
        ("2021年质押融资规模目标多少亿", "惠及的企业要涨多少", "cnipa-2021-3#一（三）", "10%"),
        ("2021年万里行资源匹配几号到几号", "换成福建23年的", f"{FUJIAN}#四（二）", "6月15日"),
    ],
)
def test_the_talk_stays_at_the_place_that_was_told(
    kb: KnowledgeBase, first: str, then: str, place: str, told: str
) -> None:
    reply = ask(kb, first, then)
    assert cited(reply)[0] == place
    assert told in reply.text
