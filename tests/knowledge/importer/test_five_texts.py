"""Places and heads of the five official texts agree with what was written down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importer.facts import Head
from knowledge.importer.head import head_of
from knowledge.importer.outline import outline_of
from knowledge.importer.page import Outline
from knowledge.importer.reading import read_file
from knowledge.load import load_knowledge, load_regions, shipped_dir
from knowledge.model import Notice

TEXTS = Path(__file__).parents[3].parent / "shared" / "notices"
NOTICES = {notice.id: notice for notice in load_knowledge(shipped_dir()).notices}
# Headings that are our own words: the text has none there, or a longer one.
OURS = {
    ("cnipa-2024-22", "正文"),
    ("cnipa-2021-51", "附件1"),
    ("cnipa-2021-51", "附件2"),
    *((name, label) for name in NOTICES for label in ("发文信息", "落款")),
}
# A table of tasks alone does not say whose it is, nor where it holds.
NOT_SAID = {("cnipa-2024-tasks", "issuer"), ("cnipa-2024-tasks", "region")}
FIELDS = ("title", "issuer", "doc_number", "kind", "issued", "region", "year", "campaign")


@pytest.fixture(params=sorted(NOTICES))
def notice(request: pytest.FixtureRequest) -> Notice:
    return NOTICES[request.param]


@pytest.fixture
def outline(notice: Notice) -> Outline:
    path = TEXTS / f"{notice.id}.txt"
    if not path.exists():
        pytest.skip("the official texts are not in the repository")
    return outline_of(read_file(path))


@pytest.fixture
def head(outline: Outline) -> Head:
    return head_of(outline, load_regions())


def plain(text: str) -> str:
    return "".join(text.split())


def test_every_clause_is_found_under_its_label(notice: Notice, outline: Outline) -> None:
    found = {place.label for place in outline.places}
    assert {clause.label for clause in notice.clauses} <= found


def test_every_heading_is_the_same(notice: Notice, outline: Outline) -> None:
    found = {p.label: plain(p.heading.text) for p in outline.places if p.heading}
    for clause in notice.clauses:
        if (notice.id, clause.label) not in OURS:
            assert found.get(clause.label) == plain(clause.heading), clause.label


def test_nothing_else_is_taken_for_a_clause(notice: Notice, outline: Outline) -> None:
    known = {clause.label for clause in notice.clauses} | {"落款"}
    assert {place.label for place in outline.places} <= known


@pytest.mark.parametrize("field", FIELDS)
def test_the_head_is_the_same(notice: Notice, head: Head, field: str) -> None:
    said = None if (notice.id, field) in NOT_SAID else getattr(notice, field)
    assert getattr(head, field) == said


def test_the_addressees_are_the_same(notice: Notice, head: Head) -> None:
    assert head.addressees == notice.addressees


def test_the_documents_that_the_opening_cites_are_known(notice: Notice, head: Head) -> None:
    assert {cited.title for cited in head.cites} <= {cited.title for cited in notice.cites}
    numbered = {c.title: c.doc_number for c in notice.cites if c.doc_number}
    assert numbered == {c.title: c.doc_number for c in head.cites if c.doc_number}
