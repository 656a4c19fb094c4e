"""Search finds the unit that holds what was asked, and says what no unit holds."""

from __future__ import annotations

import pytest

from knowledge.search import Hit
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


def found(kb: KnowledgeBase, *asked: str) -> list[Hit]:
    return kb.index.search(asked, lambda unit: True)


def test_the_clause_whose_name_is_asked_for_comes_first(demo: KnowledgeBase) -> None:
    assert found(demo, "专利导航")[0].unit.label == "一"
    assert found(demo, "质押融资")[0].unit.label == "二"


def test_what_is_wholly_there_covers_all(demo: KnowledgeBase) -> None:
    hit = found(demo, "专利导航")[0]
    assert hit.cover == pytest.approx(1.0)
    assert not hit.missing


def test_what_is_not_there_is_missing(demo: KnowledgeBase) -> None:
    hit = found(demo, "质押融资", "贷款利率")[0]
    assert hit.unit.label == "二"
    assert hit.cover < 1
    assert "贷款利率" in "".join(hit.missing)


def test_what_no_unit_knows_is_named(demo: KnowledgeBase) -> None:
    assert demo.index.unknown(["专利导航", "股票行情"]) == ("股票行情",)
    assert demo.index.unknown(["专利导航"]) == ()


def test_nothing_alike_finds_nothing(demo: KnowledgeBase) -> None:
    assert found(demo, "今晚足球") == []
    assert found(demo) == []


def test_only_what_is_let_through_is_found(demo: KnowledgeBase) -> None:
    def contacts(unit: Unit) -> bool:
        return unit.kind == "contact"

    hits = demo.index.search(["质押融资"], contacts)
    assert [hit.unit.kind for hit in hits] == ["contact"]


def test_no_more_is_found_than_was_asked_for(demo: KnowledgeBase) -> None:
    assert len(demo.index.search(["专利导航质押融资地理标志"], lambda unit: True, limit=2)) == 2


def test_a_fact_is_found_by_the_clause_around_it(demo: KnowledgeBase) -> None:
    hits = found(demo, "银企对接")
    assert {"clause", "contact"} <= {hit.unit.kind for hit in hits}
    assert hits[0].unit.kind == "clause"


def test_the_same_question_finds_the_same_in_the_same_order(kb: KnowledgeBase) -> None:
    first = found(kb, "专利导航", "中小企业")
    assert first == found(kb, "专利导航", "中小企业")
    assert [hit.score for hit in first] == sorted((hit.score for hit in first), reverse=True)


def test_every_unit_is_found_by_its_own_name(kb: KnowledgeBase) -> None:
    """Units with one name (企业需求调研 of two years) may come in any order among themselves."""
    for unit in kb.units:
        name = kb.canonical(unit.name)
        if len(name) < 4:
            continue
        best = kb.index.search([name], lambda other, own=unit: other.kind == own.kind)[0]  # type: ignore[misc]
        assert best.cover == pytest.approx(1.0), unit.name
        assert best.named == pytest.approx(1.0), unit.name
