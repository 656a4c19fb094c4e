"""Clauses as they are drafted: none is empty that the text fills."""

from __future__ import annotations

import pytest

from knowledge.importer.clauses import ClauseDraft, clauses_of
from knowledge.importer.draft import draft_of
from knowledge.load import load_regions
from tests.knowledge.importer.building import page

TEXT = """
云江省知识产权局关于申报专利补助的通知

各市知识产权局：

一、补助标准

（一）专利产业化补助。每件发明专利补助2万元。

（二）罚息和逾期利息不予补助。

二、申报材料

（一）专利补助申请表；

（二）营业执照复印件。

云江省知识产权局
2024年5月8日
"""


@pytest.fixture(scope="module")
def clauses() -> dict[str, ClauseDraft]:
    return {one.label: one for one in clauses_of(draft_of(page(TEXT), load_regions()))}


def test_a_heading_that_nothing_follows_is_the_wording(clauses: dict[str, ClauseDraft]) -> None:
    assert clauses["一（二）"].text == "罚息和逾期利息不予补助"


def test_a_section_tells_what_its_items_begin_with(clauses: dict[str, ClauseDraft]) -> None:
    assert clauses["二"].contents == "（一）专利补助申请表；（二）营业执照复印件"
