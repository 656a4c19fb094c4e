"""The periodic report: needs and problems, measures and by whom, results, over a span."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.exports.entries import Asked, Entry, Held, Scope, Taken
from bot.exports.layout import Document
from bot.exports.report import Material, report
from bot.exports.word import docx
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import MARKS, NOW, PLEDGES, demand, word_tables, word_texts

SPAN = Scope(None, date(2026, 4, 1), date(2026, 6, 30), together=True)


def handled(entry: Entry, *steps: Taken) -> Entry:
    return replace(entry, steps=steps)


WORKED = handled(
    demand(12, PLEDGES, "想贷款500万元", day=date(2026, 5, 3), status="closed", 需国家局协调=True,
           资源建议="对接国有大行"),
    Taken("submit", date(2026, 5, 3), ""),
    Taken("accept", date(2026, 5, 4), "厦门市局 李明"),
    Taken("match", date(2026, 5, 8), "厦门市局 李明", "推荐质押产品", "兴业银行质押产品"),
    Taken("note", date(2026, 5, 9), "厦门市局 李明", "只给自己看的"),
    Taken("close", date(2026, 6, 1), "厦门市局 王静", "已放款300万元"),
)  # fmt: skip
OLD = handled(
    demand(3, MARKS, "要专用标志", company="安溪某茶社", bureau="泉州市局", day=date(2026, 1, 9)),
    Taken("reply", date(2026, 4, 2), "泉州市局 陈工", "请致电13800001234张经理"),
)
LATER = demand(30, MARKS, "七月才提的", company="晋江某厂", bureau="泉州市局", day=date(2026, 7, 1))
HELD = Held(PLEDGES, "银企对接会", 3, 56, "签约6家", "厦门市局", date(2026, 5, 20))
ASKED = [
    Asked(5, "数据知识产权怎么登记，我电话13800001234", date(2026, 4, 30)),
    Asked(6, "海外维权有补贴吗", date(2026, 5, 1), date(2026, 5, 2), "厦门市局 李明"),
    Asked(7, "上一年问的", date(2025, 5, 1)),
]


def made(kb: KnowledgeBase, scope: Scope = SPAN, *, empty: bool = False) -> Document:
    forms = {n.id: n.form for n in kb.notices if n.form}
    found = Material([WORKED, OLD, LATER], [HELD], ASKED, forms)
    return report(Material([], [], [], forms) if empty else found, scope, NOW.date())


def table(content: bytes, first: str) -> list[list[str]]:
    """The rows below the heads of the table whose first heads are these."""
    heads = first.split("|")
    return next(t[1:] for t in word_tables(content) if t[0][: len(heads)] == heads)


def test_its_sections_are_what_the_notice_asks_for(kb: KnowledgeBase) -> None:
    texts = word_texts(docx(made(kb), NOW))
    assert texts[0] == "知识产权公共服务信息采集情况报告"
    assert "统计时间：2026年4月1日至2026年6月30日" in texts[1]
    assert [t for t in texts if t[:2] in ("一、", "二、", "三、", "四、")] == [
        "一、问题需求情况",
        "二、采取的解决举措",
        "三、取得的成效",
        "四、需国家知识产权局协调支持的事项",
    ]


def test_needs_and_problems_are_those_that_came_in_the_span(kb: KnowledgeBase) -> None:
    content = docx(made(kb), NOW)
    assert "统计期内共采集服务需求1项，涉及1家单位" in "".join(word_texts(content))
    assert table(content, "编号|单位") == [
        ["12", "厦门海沧智造有限公司", "厦门市局", PLEDGES, "想贷款500万元", "2026-05-03"]
    ]
    assert [row[0] for row in table(content, "编号|问题")] == ["5", "6"]
    assert table(content, "编号|问题")[1][3] == "2026-05-02已答复（厦门市局 李明）"


def test_measures_are_told_with_who_took_them_and_also_for_older_needs(kb: KnowledgeBase) -> None:
    content = docx(made(kb), NOW)
    measures = table(content, "日期|需求编号")
    assert [row[:4] for row in measures] == [
        ["2026-04-02", "3", "回复", "泉州市局 陈工"],
        ["2026-05-04", "12", "受理", "厦门市局 李明"],
        ["2026-05-08", "12", "匹配资源", "厦门市局 李明"],
    ]
    assert measures[2][4] == "兴业银行质押产品\n推荐质押产品"
    said = "".join(word_texts(content))
    assert "受理1项次，匹配资源1项次，回复1项次，答复问题1个，开展活动3次" in said


def test_results_are_what_was_closed_and_what_activities_brought(kb: KnowledgeBase) -> None:
    content = docx(made(kb), NOW)
    assert table(content, "需求编号|单位|需求|匹配资源") == [
        ["12", "厦门海沧智造有限公司", "想贷款500万元", "兴业银行质押产品", "已放款300万元",
         "2026-06-01"]
    ]  # fmt: skip
    said = "".join(word_texts(content))
    assert "办结需求1项，其中统计期内提交的1项，占同期需求的100%，活动惠及企业56家次" in said
    assert "银企对接会：签约6家" in said


def test_appeals_to_the_national_office_are_listed(kb: KnowledgeBase) -> None:
    assert table(docx(made(kb), NOW), "需求编号|单位|主管部门|需求|希望匹配的资源") == [
        ["12", "厦门海沧智造有限公司", "厦门市局", "想贷款500万元", "对接国有大行"]
    ]


def test_a_roll_up_compares_bureaus_and_one_bureaus_report_does_not(kb: KnowledgeBase) -> None:
    assert table(docx(made(kb), NOW), "主管部门|需求（项）") == [["厦门市局", "1", "1", "1", "1"]]
    alone = replace(SPAN, together=False, bureau=kb.bureaus.get("xiamen"))
    heads = [t[0][:2] for t in word_tables(docx(made(kb, alone), NOW))]
    assert ["主管部门", "需求（项）"] not in heads
    assert "报送单位：厦门市市场监督管理局" in word_texts(docx(made(kb, alone), NOW))[1]


def test_nobody_can_be_called_by_it(kb: KnowledgeBase) -> None:
    content = docx(made(kb), NOW)
    said = "\n".join(
        [*word_texts(content), *(c for t in word_tables(content) for r in t for c in r)]
    )
    for personal in ("13800001234", "陈明", "张经理"):
        assert personal not in said
    assert "只给自己看的" not in said


def test_a_quiet_span_is_told_in_words(kb: KnowledgeBase) -> None:
    content = docx(made(kb, empty=True), NOW)
    assert word_tables(content) == []
    assert [t for t in word_texts(content) if "没有" in t] == [
        "统计期内没有采集到新的服务需求。",
        "统计期内没有记录解决举措。",
        "统计期内没有办结的需求。",
        "没有需要国家知识产权局协调支持的事项。",
    ]
