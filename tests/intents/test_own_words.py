"""What people rely on who put it in words of their own."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

W2021, FUJIAN, TASKS = "cnipa-2021-51", "fujian-2023-10", "cnipa-2024-tasks"


@pytest.mark.parametrize(
    ("question", "place", "told"),
    [
        ("21年万里行网上咋搞", f"{W2021}#四（三）", "网课"),
        ("21年万里行能办啥周", f"{W2021}#二", "商标周"),
        ("万里行从头到尾算下来几个月啊", f"{FUJIAN}#二", "合6个月"),
        ("平潭也归福建万里行那个通知管吗", f"{FUJIAN}#发文信息", "平潭综合实验区"),
        ("24年宣传周局里谁管", f"{TASKS}#附件 任务23", "办公室"),
        ("21年万里行后头附了几张表 叫什么", f"{W2021}#附件1", "共有2个附件"),
        ("24年新建几个专题库，归哪个司", f"{TASKS}#附件 任务16", "新建5个"),
        ("2021整治代理机构重点打哪几种行为", "cnipa-2021-3#附件 任务15", "挂证"),
    ],
)
def test_it_is_answered(kb: KnowledgeBase, question: str, place: str, told: str) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert place in cited(reply)
    assert told in reply.text


def test_local_bodies_are_told_their_part_and_not_the_issuers(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024强链增效，地方上能搞专利池不")
    assert "专利池" in reply.text
    assert "国家知识产权局：" not in reply.text


def test_tasks_that_must_be_done_by_the_end_of_the_year(kb: KnowledgeBase) -> None:
    reply = ask(kb, "21年那个任务单子哪几项是年底前非干完不可的")
    assert cited(reply) == [f"cnipa-2021-3#附件 任务{number}" for number in (1, 2, 19)]


@pytest.mark.parametrize(
    "question",
    [
        "那种租个证挂墙上就帮人写专利的二一年上头要不要收拾他们",
        "我有个发明证书锁抽屉里吃灰，想挂出去谁爱用谁交钱就用，2021年的任务清单里有没有这一说",
    ],
)
def test_who_asks_what_a_year_said_is_asked_for_no_demand(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind in ("answer", "refuse")


@pytest.mark.parametrize(
    "message",
    [
        "去年校招我们所摆了两天摊，来问的学生一听是干专利的扭头就走，岗位空到现在",
        "我开代理所的 在成都 招不到人 想去大学里招几个毕业生 局里能搭把手不",
    ],
)
def test_a_story_of_last_year_and_a_place_of_ones_own_are_a_need(
    kb: KnowledgeBase, message: str
) -> None:
    assert ask(kb, message).kind == "collect"


@pytest.mark.parametrize(
    "message",
    ["孙子想上县里那个重点小学，能不能帮忙递个话", "圈里的猪不吃食三天了，能不能请个兽医来"],
)
def test_what_no_bureau_does_is_no_demand(kb: KnowledgeBase, message: str) -> None:
    assert ask(kb, message).kind != "collect"


def test_what_a_firm_makes_is_not_its_name(kb: KnowledgeBase) -> None:
    reply = ask(kb, "我们是福建做芯片的，关键技术老被卡，想找个高水平团队帮我们布局专利")
    assert reply.kind == "collect"
    assert "单位名称" not in reply.text


def test_a_sheet_is_nobodys_name(kb: KnowledgeBase) -> None:
    reply = ask(kb, "我们想填那张单子，帮忙登记个需求，想办商标质押")
    assert "联系人" not in reply.text.split("\n")[1]
