"""What staff say behind 导出 in chat."""

from __future__ import annotations

from datetime import date

import pytest

from bot.exports.order import CannotExport
from bot.exports.reading import read
from knowledge.snapshot import KnowledgeBase

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("said", "form", "format_", "bureau"),
    [
        ("", "附件1", "docx", None),
        ("附件1", "附件1", "docx", None),
        ("附件一 excel", "附件1", "xlsx", None),
        ("附件 2 xlsx", "附件2", "xlsx", None),
        ("附2", "附件2", "docx", None),
        ("附件1需求清单", "附件1", "docx", None),
        ("需求清单 word版", "附件1", "docx", None),
        ("企业需求表", "附件1", "docx", None),
        ("成效汇总表", "附件2", "docx", None),
        ("附件2成效汇总表 Excel", "附件2", "xlsx", None),
        ("报告", "报告", "docx", None),
        ("信息采集报告", "报告", "docx", None),
        ("附件1 厦门", "附件1", "docx", "xiamen"),
        ("厦门市局的需求清单", "附件1", "docx", "xiamen"),
        ("泉州市知识产权局附件2", "附件2", "docx", "quanzhou"),
        ("全省附件1", "附件1", "docx", None),
        ("一份附件1，谢谢", "附件1", "docx", None),
        ("附件1 省局", "附件1", "docx", "fujian"),
    ],
)
def test_form_format_and_bureau(
    kb: KnowledgeBase, said: str, form: str, format_: str, bureau: str | None
) -> None:
    wanted = read(said, kb, TODAY)
    named = wanted.bureau.id if wanted.bureau else None
    assert (wanted.form, wanted.format, named) == (form, format_, bureau)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("附件1 本月", date(2026, 7, 1), date(2026, 7, 31)),
        ("附件1上季度", date(2026, 4, 1), date(2026, 6, 30)),
        ("报告 上半年 厦门", date(2026, 1, 1), date(2026, 6, 30)),
        ("附件2 4月26日到6月15日", date(2026, 4, 26), date(2026, 6, 15)),
        ("附件1 2025年", date(2025, 1, 1), date(2025, 12, 31)),
        ("附件1", None, None),
        ("附件1 全部", None, None),
        ("2021年万里行需求清单", None, None),
        ("2021年“知识产权服务万里行”活动需求清单", None, None),
        ("万里行需求清单 上半年", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_the_span(kb: KnowledgeBase, said: str, since: date | None, until: date | None) -> None:
    wanted = read(said, kb, TODAY)
    assert (wanted.since, wanted.until) == (since, until)


@pytest.mark.parametrize("said", ["附件1 火星", "天气预报"])
def test_what_is_not_understood_is_said_rather_than_passed_over(
    kb: KnowledgeBase, said: str
) -> None:
    with pytest.raises(CannotExport, match="没看懂"):
        read(said, kb, TODAY)
