"""Which notices there are; the items of a section; the steps of a campaign."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, notices

W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"


def test_all_notices_newest_first(kb: KnowledgeBase) -> None:
    reply = ask(kb, "你这儿都有哪些通知")
    assert f"共{len(kb.notices)}份" in reply.text
    assert set(notices(reply)) == {n.id for n in kb.notices}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("万里行一共有几份文件", [FUJIAN, W2021]),
        ("2021年国家局发了几个文件", [W2021, "cnipa-2021-3"]),
        ("2023年的文件都有哪些", [FUJIAN]),
        ("最新的一份文件是哪个", ["cnipa-2024-22"]),
    ],
)
def test_the_notices_of_a_campaign_year_or_issuer(
    kb: KnowledgeBase, question: str, wanted: list[str]
) -> None:
    assert notices(ask(kb, question)) == wanted


@pytest.mark.parametrize("question", ["2022年发了哪些通知", "广东的万里行文件有几份"])
def test_where_there_is_none_that_is_said(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize("said", ["五个", "六个"])
def test_a_list_is_as_long_as_it_is(kb: KnowledgeBase, said: str) -> None:
    text = ask(kb, f"福建万里行那{said}行动都叫啥").text
    assert "共5项" in text
    assert ("不是6项" in text) == (said == "六个")
    assert "赋能创新发展" in text


def test_the_steps_of_a_campaign_with_their_time(kb: KnowledgeBase) -> None:
    text = ask(kb, "福建方案里分几个阶段，各是啥时间").text
    for step in ("5月31日", "6月15日", "10月26日", "8月底"):
        assert step in text


@pytest.mark.parametrize(
    ("question", "due"),
    [("福建三季度要交哪些", "8月18日"), ("福建万里行下半年还有什么节点", "10月30日")],
)
def test_what_is_due_in_a_part_of_the_year(kb: KnowledgeBase, question: str, due: str) -> None:
    assert due in ask(kb, question).text
