"""Search finds the unit that holds what was asked, and says what no unit holds."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit
from tests.knowledge.small import base, notice

TEXT = """\
id: demo-2030-1
title: 关于开展2030年惠企活动的通知
short: 2030年惠企通知
kind: 通知
clauses:
  - {label: 一, heading: 专利导航, summary: 推广专利导航国家标准。}
  - {label: 二, heading: 质押融资, summary: 办银企对接，宣讲质押融资政策。}
  - {label: 三, heading: 地理标志, summary: 推介地理标志产品，讲专利导航之外的事。}
contacts:
  - {clause: 二, org: 运用促进处, phones: ["0591-12345678"]}
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return base(notice(tmp_path_factory.mktemp("demo"), TEXT))


def anything(_unit: Unit) -> bool:
    return True


def found(kb: KnowledgeBase, *asked: str, limit: int = 8) -> list[Unit]:
    return kb.index.shortlist(asked, anything, limit)


def test_the_clause_whose_name_is_asked_for_comes_first(demo: KnowledgeBase) -> None:
    assert found(demo, "专利导航")[0].label == "一"
    assert found(demo, "质押融资")[0].label == "二"


def test_what_is_only_half_there_is_found_by_the_other_half(demo: KnowledgeBase) -> None:
    assert found(demo, "质押融资", "贷款利率")[0].label == "二"


def test_what_no_unit_knows_is_named(demo: KnowledgeBase) -> None:
    assert demo.index.unknown(["专利导航", "股票行情"]) == ("股票行情",)
    assert demo.index.unknown(["专利导航"]) == ()


def test_what_no_unit_knows_is_named_within_what_one_does(demo: KnowledgeBase) -> None:
    assert demo.index.unknown(["专利导航股票行情", "质押融资"]) == ("股票行情",)


def test_little_words_are_no_lack(demo: KnowledgeBase) -> None:
    assert demo.index.unknown(["的吗", "了"]) == ()


def test_nothing_alike_finds_nothing(demo: KnowledgeBase) -> None:
    assert found(demo, "今晚足球") == []
    assert found(demo) == []


def test_only_what_is_let_through_is_found(demo: KnowledgeBase) -> None:
    def contacts(unit: Unit) -> bool:
        return unit.kind == "contact"

    units = demo.index.shortlist(["质押融资"], contacts, 8)
    assert [unit.kind for unit in units] == ["contact"]


def test_no_more_is_found_than_was_asked_for(demo: KnowledgeBase) -> None:
    assert len(found(demo, "专利导航质押融资地理标志")) > 2
    assert len(found(demo, "专利导航质押融资地理标志", limit=2)) == 2


def test_a_fact_is_found_by_the_clause_around_it(demo: KnowledgeBase) -> None:
    units = found(demo, "银企对接")
    assert {"clause", "contact"} <= {unit.kind for unit in units}
    assert units[0].kind == "clause"


def test_what_is_level_comes_in_the_order_of_the_notices(demo: KnowledgeBase) -> None:
    units = [unit for unit in found(demo, "惠企活动") if unit.kind == "clause"]
    assert [unit.label for unit in units] == ["一", "二", "三"]


def test_what_stands_all_over_the_notices_tells_nothing(kb: KnowledgeBase) -> None:
    assert not kb.index.is_telling("知识产权")
    assert kb.index.is_telling("质押融资")
    assert kb.index.is_telling("股票行情")


def test_every_unit_is_found_by_its_own_name(kb: KnowledgeBase) -> None:
    """Units with one name (企业需求调研 of two years) may come in any order among themselves."""
    for unit in kb.units:
        name = kb.canonical(unit.name)
        if len(name) < 4:
            continue
        same = kb.index.shortlist([name], lambda other, own=unit: other.kind == own.kind, 24)  # type: ignore[misc]
        assert name in {kb.canonical(other.name) for other in same}, unit.name
