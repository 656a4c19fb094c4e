"""Another campaign's form needs its YAML and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.exports.columns import plan
from bot.exports.demand_list import demand_list
from bot.exports.entries import Entry, Scope, Value
from bot.exports.excel import xlsx
from bot.exports.word import docx
from knowledge.model import Attachment, Notice
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import NOW, demand, sheet_rows, sheets, word_tables

HERE = Path(__file__).parents[2]
NEXT_YEAR = HERE / "intents" / "next_year" / "cnipa-2025-77.yaml"
MORE = HERE / "more_notices" / "notices"


def read(file: Path) -> Notice:
    return Notice.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def filled(notice: Notice, *entries: Entry) -> list[list[list[str]]]:
    return word_tables(docx(demand_list(notice, entries, Scope(), {}), NOW))


def test_next_years_form_has_its_own_fields_columns_and_tasks() -> None:
    notice = read(NEXT_YEAR)
    one = demand(
        3,
        "开展海外风险防控行动",
        "被海外平台投诉",
        主营产品="雨伞",
        出口国家="智利、秘鲁",
        电子邮件="a@b.cn",
    )
    basics, rows, contacts = filled(notice, one)
    fields = [cell for row in basics[1:] for cell in row if cell]
    assert list(dict.fromkeys(fields)) == ["单位名称", "联系人", "手机", "电子邮件", "主营产品"]
    assert rows[1:] == [
        ["重点任务", "服务需求事项", "出口国家"],
        ["开展商标品牌培育行动", "", ""],
        ["开展数据知识产权试验行动", "", ""],
        ["开展海外风险防控行动", "被海外平台投诉\n（厦门海沧智造有限公司，需求3号）", "智利、秘鲁"],
        ["开展专利金融行动", "", ""],
        ["其他", "", ""],
    ]
    assert "雨伞" in contacts[1]
    assert "a@b.cn" in contacts[1]


def test_a_form_without_key_tasks_counts_its_rows() -> None:
    notice = read(MORE / "huting-2024-22.yaml")
    one = demand(3, None, "要做表面处理", 资金预算="30万元", 所属行业="机械")
    basics, rows, _ = filled(notice, one, demand(4, None, "要做检测"))
    assert basics[2:] == [["联系人", "", "联系电话", ""], ["电子邮箱", "", "", ""]]
    assert rows[1:] == [
        ["序号", "技术领域", "需求描述", "拟投入资金（万元）"],
        ["1", "机械", "要做表面处理\n（厦门海沧智造有限公司，需求3号）", "30万元"],
        ["2", "", "要做检测\n（厦门海沧智造有限公司，需求4号）", ""],
    ]


@pytest.mark.parametrize("file", [NEXT_YEAR, MORE / "huting-2024-22.yaml"], ids=lambda f: f.stem)
def test_the_print_lacks_no_slot(file: Path) -> None:
    """Whatever a form asks is somewhere in the file, in the list or behind it."""
    notice = read(file)
    assert notice.form is not None
    free = [slot for slot in notice.form.slots if slot.kind not in ("choice", "yesno")]
    told: dict[str, Value] = {slot.name: f"值{number}值" for number, slot in enumerate(free)}
    entry = Entry(1, notice.id, "", "submitted", NOW.date(), told)
    book = sheets(xlsx(demand_list(notice, [entry], Scope(), {}), NOW))
    said = "\n".join(cell for sheet in book for row in sheet_rows(sheet) for cell in row)
    assert [value for value in told.values() if str(value) not in said] == []


def with_columns(kb: KnowledgeBase, columns: tuple[str, ...] | None, **slots: str) -> Notice:
    """The shipped form, printed with other columns; `slots` say which column each goes into."""
    notice = kb.form_notice()
    assert notice.form is not None
    own = [s.model_copy(update={"column": slots.get(s.name)}) for s in notice.form.slots]
    form = notice.form.model_copy(update={"slots": tuple(own)})
    printed = Attachment(label="附件1", title="表", clause="附件1", columns=columns)
    return notice.model_copy(update={"form": form, "attachments": (printed,)})


def test_a_slot_goes_where_the_yaml_says(kb: KnowledgeBase) -> None:
    notice = with_columns(kb, ("重点任务", "希望办成的事", "备注"), 服务需求事项="希望办成的事")
    [rows, _] = filled(notice, demand(5, need="贷款"))
    assert rows[3][1].startswith("贷款")


def test_a_yes_or_no_with_a_column_of_its_own_is_answered_there(kb: KnowledgeBase) -> None:
    notice = with_columns(kb, ("重点任务", "服务需求事项", "需国家局协调"))
    [rows, _] = filled(notice, demand(5), demand(6, 需国家局协调=True))
    assert [row[2] for row in rows[3:5]] == ["否", "是"]


def test_a_form_whose_print_is_not_known_has_a_column_a_slot(kb: KnowledgeBase) -> None:
    notice = with_columns(kb, None)
    assert notice.form is not None
    [rows, _] = filled(notice, demand(5, need="贷款"))
    assert rows[0] == [slot.name for slot in notice.form.slots]
    assert "13800001234" in next(row for row in rows if "陈明" in row)


def test_one_column_can_hold_a_mark_and_a_proposal(kb: KnowledgeBase) -> None:
    notice = kb.form_notice()
    assert notice.form is not None
    printed = next(a for a in notice.attachments if a.label == "附件1")
    found = plan(notice.form, printed)
    assert [s.name for s in found.slots[found.columns[-1]]] == ["需国家局协调", "资源建议"]
    assert found.rest == ()
