"""The snapshot: what it holds, in which order, and that it cannot be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import base, notice, renamed

FORM = """\
attachments:
  - label: 附件1
    title: 需求清单
    clause: 二（一）
form:
  attachment: 附件1
  title: 需求清单
  slots: [{name: 单位名称, kind: company, prompt: 请问单位全称？}]
  key_tasks: [{name: 其他}]
"""


@pytest.fixture
def made(tmp_path: Path) -> list[Notice]:
    """Of three years; all but the newest define a form."""
    years = {"demo-2028-1": "2028", "demo-2030-1": "2030", "demo-2029-1": "2029"}
    return [
        notice(
            tmp_path / notice_id,
            renamed(notice_id, year=year) + (FORM if year != "2030" else ""),
            f"{notice_id}.yaml",
        )
        for notice_id, year in years.items()
    ]


def test_notices_come_newest_first_however_they_were_given(made: list[Notice]) -> None:
    orders = [base(*made), base(*reversed(made))]
    assert [[n.id for n in kb.notices] for kb in orders] == [
        ["demo-2030-1", "demo-2029-1", "demo-2028-1"]
    ] * 2


def test_of_one_year_the_later_issued_comes_first(tmp_path: Path) -> None:
    early, late = (
        notice(tmp_path / notice_id, renamed(notice_id, issued=issued), f"{notice_id}.yaml")
        for notice_id, issued in (("demo-2030-1", "2030-01-05"), ("demo-2030-2", "2030-02-05"))
    )
    assert [n.id for n in base(early, late).notices] == ["demo-2030-2", "demo-2030-1"]


def test_a_notice_is_had_by_its_id(made: list[Notice]) -> None:
    kb = base(*made)
    assert kb.notice("demo-2029-1").year == 2029
    with pytest.raises(KeyError):
        kb.notice("demo-1999-1")


def test_the_form_in_use_is_the_newest_that_a_notice_defines(made: list[Notice]) -> None:
    assert base(*made).form_notice().id == "demo-2029-1"


def test_another_form_may_be_named(made: list[Notice]) -> None:
    assert base(*made).form_notice("demo-2028-1").id == "demo-2028-1"
    kb = KnowledgeBase(made, base().lexicon, base().regions, form_in_use="demo-2028-1")
    assert kb.form_notice().id == "demo-2028-1"
    assert kb.form_notice("demo-2029-1").id == "demo-2029-1"


@pytest.mark.parametrize("wanted", ["demo-2030-1", "demo-1999-1"])
def test_a_form_that_is_not_there_is_told(made: list[Notice], wanted: str) -> None:
    with pytest.raises(LookupError, match=wanted):
        base(*made).form_notice(wanted)


def test_without_any_form_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no notice defines"):
        base(notice(tmp_path)).form_notice()


def test_the_shipped_form_is_that_of_2021(kb: KnowledgeBase) -> None:
    form_notice = kb.form_notice()
    assert form_notice.id == "cnipa-2021-51"
    assert form_notice.form
    assert len(form_notice.form.key_tasks) == 6


def test_every_clause_and_every_fact_is_a_unit(tmp_path: Path) -> None:
    kb = base(notice(tmp_path))
    assert sorted((unit.kind, unit.label) for unit in kb.units) == [
        ("clause", "一"), ("clause", "二（一）"), ("contact", "二（一）"),
        ("deadline", "二（一）"), ("period", "一"),
    ]  # fmt: skip


def test_every_shipped_unit_stands_at_a_label_of_its_notice(kb: KnowledgeBase) -> None:
    for unit in kb.units:
        notice_ = unit.notice
        labels = {c.label for c in notice_.clauses} | {a.label for a in notice_.attachments}
        labels |= {task.clause for task in notice_.tasks} | {"落款", "发文信息"}
        assert unit.label in labels


def test_a_snapshot_cannot_be_changed(kb: KnowledgeBase) -> None:
    with pytest.raises(ValidationError):
        kb.notices[0].title = "改过"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        kb.notices.append(kb.notices[0])  # type: ignore[attr-defined]


def test_of_no_notices_nothing_is_found() -> None:
    kb = base()
    assert kb.notices == ()
    assert kb.index.shortlist(["万里行"], lambda unit: True, 8) == []
