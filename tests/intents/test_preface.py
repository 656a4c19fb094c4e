"""What is told beside a question: who asks, why, how they feel, and what day it is."""

from __future__ import annotations

from datetime import date

import pytest

from intents.preface import heard, storyless
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

WHEN_IT_ENDS = "福建万里行几号结束"


@pytest.mark.parametrize(
    "told",
    [
        "你好我是开鞋厂的",
        "我们这边是代理所",
        "作为县里的经办人",
        "刚调来科里啥都不懂",
        "领导天天催",
        "快下班了还没弄完",
        "正在写一篇稿子",
        "急急急",
        "头都大了",
        "老师好，打扰了",
        "银行这边想问一下",
    ],
)
@pytest.mark.parametrize("joint", [" ", "，", "。"])
def test_who_asks_and_why_changes_nothing(kb: KnowledgeBase, told: str, joint: str) -> None:
    plain = ask(kb, WHEN_IT_ENDS)
    assert ask(kb, f"{told}{joint}{WHEN_IT_ENDS}") == plain
    assert ask(kb, f"{WHEN_IT_ENDS}{joint}{told}").citations == plain.citations


def test_who_one_is_may_be_told_without_a_pause(kb: KnowledgeBase) -> None:
    assert ask(kb, f"我是开鞋厂的想问下{WHEN_IT_ENDS}") == ask(kb, WHEN_IT_ENDS)


@pytest.mark.parametrize(
    "message",
    [
        "2021年万里行的重点任务",
        "资源匹配，几号开始",
        "我们厂能不能参加",
        "我想拿专利贷款，手上有三件专利",
        "领导在吗",
    ],
)
def test_what_is_asked_for_is_never_an_aside(kb: KnowledgeBase, message: str) -> None:
    assert heard(message, kb).ways[0] == message


def test_where_the_asker_is_from_is_kept(kb: KnowledgeBase) -> None:
    assert "宁波" in heard("你好我是宁波做文具的 万里行几号结束", kb).ways[-1]
    reply = ask(kb, "我是浙江做文具的，2023年万里行几号结束")
    assert "fujian-2023-10" not in [citation.notice for citation in reply.citations]


@pytest.mark.parametrize(
    ("message", "day"),
    [
        ("今天5月18，方案还剩几天交", date(2024, 5, 18)),
        ("现在都8月15号了 案例还来得及吗", date(2024, 8, 15)),
        ("今天是2021年10月25号 总结还有几天到期", date(2021, 10, 25)),
        ("今天到5月20号还有几天", date(2024, 9, 1)),
        ("5月18号要报什么", date(2024, 9, 1)),
        ("今天2月30号 几号截止", date(2024, 9, 1)),
    ],
)
def test_today_is_as_the_asker_says(kb: KnowledgeBase, message: str, day: date) -> None:
    assert heard(message, kb).today(date(2024, 9, 1)) == day


def test_days_left_are_reckoned_from_the_day_that_is_told(kb: KnowledgeBase) -> None:
    reply = ask(kb, "今天是2023年8月16号，福建推荐优秀案例还有几天截止")
    assert "还剩2天" in reply.text
    assert "fujian-2023-10#五（四）" in cited(reply)


@pytest.mark.parametrize(
    "story",
    [
        "疫情嘛",
        "因为我们厂小",
        "老头子我退休了",
        "去年我们报过一次没人理",
        "我跟同事争半天",
        "跟我打赌一顿饭",
        "卖家被投诉",
        "亚马逊说我侵权",
    ],
)
def test_a_story_is_no_part_of_what_is_asked(kb: KnowledgeBase, story: str) -> None:
    assert storyless(f"{story},{WHEN_IT_ENDS}", kb) == WHEN_IT_ENDS
    assert ask(kb, f"{story} {WHEN_IT_ENDS}") == ask(kb, WHEN_IT_ENDS)


@pytest.mark.parametrize(
    "message",
    ["质押融资,目标是多少", "2021年万里行嘛,几号结束", "我想贷款,专利能押多少", "疫情过了,几号"],
)
def test_what_may_be_asked_for_is_no_story(kb: KnowledgeBase, message: str) -> None:
    assert storyless(message, kb) is None


@pytest.mark.parametrize(
    "who",
    ["我们科长非说", "隔壁老王说", "朋友圈看到说", "我二舅讲", "听律师讲", "刷抖音看到一个律师讲"],
)
def test_who_says_so_is_left_aside(kb: KnowledgeBase, who: str) -> None:
    said = heard(f"{who}万里行10月就完了，是不是", kb).ways[-1]
    assert said == "听说万里行10月就完了，是不是"


@pytest.mark.parametrize("message", ["想听专家讲专利导航", "哪里能听专家讲课", "说明会什么时候开"])
def test_who_wants_to_hear_somebody_repeats_nothing(kb: KnowledgeBase, message: str) -> None:
    assert heard(message, kb).ways[-1] == message


def test_what_is_believed_by_others_is_put_right(kb: KnowledgeBase) -> None:
    reply = ask(kb, "我们科长非说2021年万里行总结是十一月交 到底啥时候")
    assert reply.text.startswith("不是11月")
    assert "2021年10月30日" in reply.text


def test_who_asks_is_no_question_of_several(kb: KnowledgeBase) -> None:
    told = "刚接手的 啥也不懂 附件二那表要填几列"
    assert cited(ask(kb, told)) == cited(ask(kb, "附件二那表要填几列"))
