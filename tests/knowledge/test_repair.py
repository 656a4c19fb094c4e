"""Typos in the notices' names are put right; what is right is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalise import digits, normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


def plain(text: str) -> str:
    return digits(normalise(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("专例导航怎么做", "专利导航怎么做"),  # sounds alike
        ("万理行什么时候结束", "万里行什么时候结束"),
        ("质押溶资的政策", "质押融资的政策"),
        ("优秀岸例几号推荐", "优秀案例几号推荐"),
        ("需救清单几号报", "需求清单几号报"),  # looks alike
        ("成效汇总裱", "成效汇总表"),
        ("乡村镇兴行动", "乡村振兴行动"),
    ],
)
def test_one_wrong_character_in_a_name_is_put_right(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zhuanlidaohang怎么做", "专利导航怎么做"),
        ("wanlixing几号结束", "万里行几号结束"),
        ("需求qingdan几号报", "需求清单几号报"),
    ],
)
def test_names_in_pinyin_are_read(kb: KnowledgeBase, typed: str, meant: str) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


def test_all_that_the_notices_say_passes_unchanged(kb: KnowledgeBase) -> None:
    changed = [
        (unit.notice.id, unit.label, text)
        for unit in kb.units
        for text in map(plain, said_by(unit))
        if kb.repaired(text) != text
    ]
    assert not changed


def said_by(unit: Unit) -> list[str]:
    return [text for text, _ in unit.texts]


@pytest.mark.parametrize(
    "sentence",
    [
        "厦门会不会下雨",
        "营业执照年报怎么弄",
        "我们公司想招人",
        "商标被别人抢注了怎么办",
        "专利复审要多久",
        "请问人工智能领域有没有专门的通知",
        "good morning",
        "我是福州市马尾区的企业",
    ],
)
def test_a_right_sentence_is_never_changed(kb: KnowledgeBase, sentence: str) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "优秀案例要写多少字",
        "那要交多少钱",
        "工作方案用什么字体字号",
        "我们的专利被隔壁厂仿了想找人帮忙维权",
        "厂子资金转不开专利证书有一沓",
    ],
)
def test_a_right_question_is_never_changed(kb: KnowledgeBase, sentence: str) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)


@given(
    text=st.text(
        st.sampled_from("专利导航例需求清单救万里行理zhuanli 省市县报送abc12?"), max_size=20
    )
)
def test_whatever_is_typed_it_does_not_raise_and_keeps_figures(
    kb: KnowledgeBase, text: str
) -> None:
    typed = plain(text)
    repaired = kb.repaired(typed)
    assert [c for c in repaired if c.isdigit()] == [c for c in typed if c.isdigit()]
