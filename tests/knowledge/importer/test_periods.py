"""When something takes place: windows, steps of a schedule, days of meetings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.facts import Anchor, Head, PeriodFact
from knowledge.importer.page import Outline, Page, Paragraph, Place
from knowledge.importer.passage import passage
from knowledge.importer.periods import periods_of
from tests.knowledge.importer.building import one_place, table

ISSUED = date(2023, 4, 23)
HEAD = Head(
    title="关于举办活动的通知",
    issuer="云江省知识产权局",
    doc_number=None,
    kind="通知",
    issued=ISSUED,
)
ANCHOR = Anchor(ISSUED, ISSUED.year)


def found(text: str, heading: str = "") -> list[PeriodFact]:
    if not heading:
        return periods_of(one_place(text), ANCHOR, HEAD)
    block = Paragraph(passage(text, len(heading) + 1))
    place = Place("五（二）", "clause", passage(heading), (block,))
    return periods_of(Outline(Page(f"{heading}\n{text}", (block,)), (place,)), ANCHOR, HEAD)


def told(text: str, heading: str = "") -> list[tuple[str, str | None, str | None]]:
    return [(fact.what, fact.start, fact.end) for fact in found(text, heading)]


@pytest.mark.parametrize(
    ("text", "heading", "period"),
    [
        ("5月26日至10月26日，为期五个月。", "活动时间", ("活动时间", "2023-05-26", "2023-10-26")),
        ("时间：5月4日至5月20日。", "需求调研", ("需求调研", "2023-05-04", "2023-05-20")),
        ("时间：8月底", "遴选案例", ("遴选案例", None, "2023-08-31")),
        ("时间：11月初。", "活动总结", ("活动总结", "2023-11-01", None)),
        ("时间：2023年6月12日。", "成果展示", ("成果展示", "2023-06-12", "2023-06-12")),
        ("培训时间：6月5日至8日。", "", ("培训时间", "2023-06-05", "2023-06-08")),
        ("公示期为2023年11月20日至11月24日。", "", ("公示期", "2023-11-20", "2023-11-24")),
        ("公示时间：5月10日—16日（5个工作日）。", "", ("公示时间", "2023-05-10", "2023-05-16")),
        ("征集时间：即日起至9月28日。", "", ("征集时间", None, "2023-09-28")),
        ("申报时间：2023年5月4日至20日。", "", ("申报时间", "2023-05-04", "2023-05-20")),
        ("会议时间：2023年6月6日上午9:00。", "", ("会议时间", "2023-06-06", "2023-06-06")),
    ],
)
def test_a_span_in_which_something_takes_place(
    text: str, heading: str, period: tuple[str, str | None, str | None]
) -> None:
    assert told(text, heading) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "根据《强国建设纲要（2021—2035年）》制定本方案。",
        "2022年1月1日至2022年12月31日期间获得授权的专利。",
        "上年度（2022年1月1日—12月31日）的主营业务收入。",
        "有效期：2023年1月1日至2025年12月31日。",
        "办公时间：周一至周五9:00-17:00。",
        "成立时间：2019年3月1日。",
        "请于5月20日前报送总结。",
    ],
)
def test_other_spans_are_no_periods(text: str) -> None:
    assert told(text) == []


def test_a_step_without_days_is_told_as_open() -> None:
    [fact] = found("时间：2023年全省知识产权宣传周期间。", "活动启动")
    assert (fact.what, fact.start, fact.end, fact.precision) == ("活动启动", None, None, "event")
    assert fact.words == "2023年全省知识产权宣传周期间"


def test_the_length_of_a_public_notice_is_a_term() -> None:
    assert told("公示期：自公告发布之日起5个工作日内。") == [("公示期", None, "P5D")]


def test_the_same_days_told_twice_stay_once() -> None:
    text = "定于6月5日至8日举办培训班。\n培训时间：2023年6月5日至8日，4日14:00起报到。"
    assert told(text) == [("培训时间", "2023-06-05", "2023-06-08")]


def test_a_meeting_has_its_day() -> None:
    assert told("定于2023年6月18日上午在云江召开工作座谈会。") == [
        ("召开工作座谈会", "2023-06-18", "2023-06-18")
    ]


def test_every_value_knows_where_it_stands() -> None:
    text = "培训时间：6月5日至8日。"
    [fact] = found(text)
    span = fact.spans["end"]
    assert text[span.start : span.end] == fact.words == "6月5日至8日"
    assert fact.inferred


LABEL = st.sampled_from(["活动时间", "培训时间", "公示期", "申报时间", "报名时间", "展览时间"])
TO = st.sampled_from(["至", "-", "—", "－", "～", "到"])
DAYS = st.tuples(
    st.dates(date(2023, 5, 1), date(2023, 8, 31)), st.dates(date(2023, 9, 1), date(2023, 12, 31))
)


@given(LABEL, TO, DAYS)
def test_a_labelled_window_is_read_back(label: str, to: str, days: tuple[date, date]) -> None:
    first, last = days
    text = f"{label}：{first.year}年{first.month}月{first.day}日{to}{last.month}月{last.day}日。"
    assert told(text) == [(label, first.isoformat(), last.isoformat())]


def test_under_a_bare_time_column_the_row_says_what_takes_place() -> None:
    made, text = table(
        [
            ["阶段", "时间"],
            ["网上报名", "5月4日至5月20日"],
            ["现场展示", "6月1日至6月5日"],
            ["开幕式", "6月1日9:00"],
        ]
    )
    places = (Place("附件1", "annex", None, (made,)),)
    facts = periods_of(Outline(Page(text, (made,)), places), ANCHOR, HEAD)
    assert [(f.what, f.start, f.end) for f in facts] == [
        ("网上报名时间", "2023-05-04", "2023-05-20"),
        ("现场展示时间", "2023-06-01", "2023-06-05"),
    ]


def test_each_batch_has_days_of_its_own() -> None:
    text = "全年分两批受理：第一批3月16日至3月31日，第二批9月1日至9月18日。"
    assert told(text) == [
        ("第一批受理", "2023-03-16", "2023-03-31"),
        ("第二批受理", "2023-09-01", "2023-09-18"),
    ]
