"""Dates of official texts: what is found in the words, and what it is with the notice's time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.dates import DatePart, Mention, find_dates, resolve
from knowledge.importer.facts import Anchor

SPRING = Anchor(date(2024, 4, 10), 2024)
NOWHEN = Anchor(None, None)


def only(text: str) -> Mention:
    """The one mention of the text."""
    (mention,) = find_dates(text)
    return mention


def due(text: str, anchor: Anchor = SPRING) -> str | None:
    """The last day of the last mention, which reads on from those before it."""
    *before, mention = find_dates(text)
    return resolve(mention, anchor, before).due


def ends(text: str, anchor: Anchor = SPRING) -> tuple[str | None, str | None]:
    resolved = resolve(only(text), anchor)
    return resolved.first, resolved.last


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("请于2024年5月25日前报送。", "2024年5月25日前", "2024-05-25"),
        ("请于2024 年 5 月 25 日 前报送。", "2024 年 5 月 25 日 前", "2024-05-25"),
        ("请于２０２４年　５月　２５日前报送。", "２０２４年　５月　２５日前", "2024-05-25"),
        ("2 0 2 4 年 1 2 月 3 1 日", "2 0 2 4 年 1 2 月 3 1 日", "2024-12-31"),
        ("二〇二三年四月十三日", "二〇二三年四月十三日", "2023-04-13"),
        ("二○二三年十月卅一日", "二○二三年十月卅一日", "2023-10-31"),
        ("二零二三年十二月廿五日", "二零二三年十二月廿五日", "2023-12-25"),
        ("二O二三年一月三十日", "二O二三年一月三十日", "2023-01-30"),
        ("发布日期：2014.05.13", "2014.05.13", "2014-05-13"),
        ("发布时间：2024-05-25 来源", "2024-05-25", "2024-05-25"),
        ("2024/5/25前提交", "2024/5/25前", "2024-05-25"),
        ("于20251017日前报送", "20251017日前", "2025-10-17"),
        ("24年5月6日前", "24年5月6日前", "2024-05-06"),
        ("2024年5月25前报送", "2024年5月25前", "2024-05-25"),
        ("2024年5月25日日前报送", "2024年5月25日日前", "2024-05-25"),
        ("2024年5月15号前报送", "2024年5月15号前", "2024-05-15"),
        ("落款二〇二四年五月二十五日。", "二〇二四年五月二十五日", "2024-05-25"),
        ("12.31前完成，详见1.2节", "12.31前", "2024-12-31"),
        ("最迟应于6月5日前报送", "最迟应于6月5日前", "2024-06-05"),
        ("不得晚于6月5日", "不得晚于6月5日", "2024-06-05"),
        ("截止时间：2024年5月25日", "2024年5月25日", "2024-05-25"),
        ("5月25日（星期六）日前报送", "5月25日（星期六）日前", "2024-05-25"),
        ("二О二四年五月十日", "二О二四年五月十日", "2024-05-10"),
        ("5月25日前（含当日）报送", "5月25日前（含当日）", "2024-05-25"),
        ("5月25日（含）前报送", "5月25日（含）前", "2024-05-25"),
        ("（5月25日（本周六）前）", "5月25日（本周六）前", "2024-05-25"),
    ],
)
def test_a_day_is_found_in_every_spelling(sentence: str, words: str, value: str) -> None:
    mention = only(sentence)
    assert (mention.words, mention.kind) == (words, "day")
    assert resolve(mention, SPRING).due == value


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("5月25日前", "before"),
        ("5月25日之前", "before"),
        ("5月25日以前", "before"),
        ("6月底前", "before"),
        ("截至5月25日", "before"),
        ("截止到5月25日", "before"),
        ("不晚于5月25日", "before"),
        ("5月25日截止", "before"),
        ("5月25日止", "before"),
        ("5月25日下班前", "before"),
        ("5月25日（周五下班前）", "before"),
        ("年内", "before"),
        ("有效期至2026年5月25日", "before"),
        ("自5月25日起", "from"),
        ("5月25日起", "from"),
        ("5月25日开始", "from"),
        ("于5月25日召开", "on"),
        ("5月25日当天", "on"),
        ("5月25日后", "after"),
        ("5月25日召开", "none"),
        ("5月25日前往北京", "none"),
        ("5月25日前后", "none"),
        ("5月25日起草", "none"),
        ("5月25日后续工作", "none"),
    ],
)
def test_the_word_beside_a_date_tells_how_it_binds(text: str, relation: str) -> None:
    assert only(text).relation == relation


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("5月25日17:00前", "17:00"),
        ("5月25日（星期五）17：00前", "17:00"),
        ("5月25日17时前", "17:00"),
        ("5月25日17点30分前", "17:30"),
        ("5月25日下午3点前", "15:00"),
        ("5月25日下午5点半前", "17:30"),
        ("5月25日下午17:30前", "17:30"),
        ("5月25日上午9时", "09:00"),
        ("5月25日中午12点前", "12:00"),
        ("5月25日24时", "24:00"),
        ("5月25日零时起", "00:00"),
        ("5月25日17.30前", "17:30"),
        ("5月25日（周五，下午3点前）", "15:00"),
        ("五月二十五日（星期六）下午五点前", "17:00"),
        ("5月25日下班前", None),
        ("5月25日17:00-17:30", "17:30"),
        ("5月25日下午2:30-5:00", "17:00"),
        ("5月25日18：00整", "18:00"),
        ("5月25日晚8点前", "20:00"),
    ],
)
def test_the_clock_time_of_a_day(text: str, time: str | None) -> None:
    mention = only(text)
    assert (mention.words, mention.time) == (text, time)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年5月5日至10日", "2024-05-05", "2024-05-10"),
        ("5月20日至6月10日", "2024-05-20", "2024-06-10"),
        ("2024年12月1日—2025年1月15日", "2024-12-01", "2025-01-15"),
        ("2024年12月1日至1月15日", "2024-12-01", "2025-01-15"),
        ("12月1日至2025年1月15日", "2024-12-01", "2025-01-15"),
        ("4月26日-10月26日", "2024-04-26", "2024-10-26"),
        ("5月5－10日", "2024-05-05", "2024-05-10"),
        ("5月20——25日", "2024-05-20", "2024-05-25"),
        ("5月20～6月10日", "2024-05-20", "2024-06-10"),
        ("自2024年5月1日起至6月30日止", "2024-05-01", "2024-06-30"),
        ("从5月20日开始，至6月10日", "2024-05-20", "2024-06-10"),
        ("2024年4—6月", "2024-04-01", "2024-06-30"),
        ("2024年3月至2025年2月", "2024-03-01", "2025-02-28"),
        ("2024.5.20-6.10", "2024-05-20", "2024-06-10"),
        ("2024.5.20—25", "2024-05-20", "2024-05-25"),
        ("2024.05-2024.06", "2024-05-01", "2024-06-30"),
        ("2024/05/20-2024/06/10", "2024-05-20", "2024-06-10"),
        ("20240520-20240610", "2024-05-20", "2024-06-10"),
        ("5月20日（周一）9:00至24日（周五）17:00", "2024-05-20", "2024-05-24"),
        ("十一月三十日至十二月二日", "2024-11-30", "2024-12-02"),
        ("5月中旬至6月上旬", "2024-05-11", "2024-06-10"),
        ("即日起至5月20日", "2024-04-10", "2024-05-20"),
        ("自本通知发布之日起至2024年5月20日", "2024-04-10", "2024-05-20"),
    ],
)
def test_a_window_has_both_ends(text: str, first: str, last: str) -> None:
    assert only(text).words == text
    assert ends(text) == (first, last)


def test_the_times_of_a_window_are_those_of_its_ends() -> None:
    window = only("5月20日9:00至5月25日17:00")
    assert (window.first_time, window.time) == ("09:00", "17:00")


def test_an_end_of_a_window_is_as_printed() -> None:
    window = only("2024年5月5日至10日")
    assert (window.first, window.last) == (DatePart(2024, 5, 5), DatePart(2024, 5, 10))


def test_a_window_the_wrong_way_round_is_no_period() -> None:
    resolved = resolve(only("2024年5月20日至2024年5月10日"), SPRING)
    assert (resolved.first, resolved.last, resolved.precision) == (None, None, "event")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("6月底前", "2024-06-30", None, "month-end"),
        ("2月末前", "2024-02-29", None, "month-end"),
        ("年底前", "2024-12-31", None, "year-end"),
        ("2025年年底前", "2025-12-31", None, "year-end"),
        ("2025年末", "2025-12-31", None, "year-end"),
        ("11月初", "2024-11-01", None, "month-start"),
        ("本月底", "2024-04-30", None, "month-end"),
        ("下月底前", "2024-05-31", None, "month-end"),
        ("月底前", "2024-04-30", None, "month-end"),
        ("明年3月底前", "2025-03-31", None, "month-end"),
        ("年内", "2024-01-01", "2024-12-31", "year-end"),
        ("6月内", "2024-06-01", "2024-06-30", "month-end"),
        ("6月上旬", "2024-06-01", "2024-06-10", "month-start"),
        ("6月中旬前", "2024-06-11", "2024-06-20", "day"),
        ("6月中下旬", "2024-06-11", "2024-06-30", "month-end"),
        ("6月下旬", "2024-06-21", "2024-06-30", "month-end"),
        ("2024年上半年", "2024-01-01", "2024-06-30", "month-end"),
        ("下半年", "2024-07-01", "2024-12-31", "year-end"),
        ("第三季度末前", "2024-07-01", "2024-09-30", "month-end"),
        ("2024年5月", "2024-05-01", "2024-05-31", "month-end"),
        ("截至2024年3月", "2024-03-01", "2024-03-31", "month-end"),
        ("到2025年", "2025-01-01", "2025-12-31", "year-end"),
    ],
)
def test_a_part_of_a_month_or_year(text: str, first: str, last: str | None, precision: str) -> None:
    resolved = resolve(only(text), SPRING)
    assert (resolved.first, resolved.last, resolved.precision) == (first, last, precision)


def test_months_as_a_period_are_exact_days_but_as_a_due_date_a_months_end() -> None:
    resolved = resolve(only("3月至5月"), SPRING)
    assert (resolved.precision, resolved.period_precision) == ("month-end", "day")


def test_before_a_month_is_before_it_begins_and_wants_a_look() -> None:
    resolved = resolve(only("2024年6月前"), SPRING)
    assert resolved.due == "2024-05-31"
    assert resolved.sure < 0.8


@pytest.mark.parametrize(
    ("text", "words", "term", "event"),
    [
        ("3个工作日内反馈", "3个工作日内", "P3D", None),
        ("十五日内反馈", "十五日内", "P15D", None),
        ("请自收到本通知之日起10日内报送", "自收到本通知之日起10日内", "P10D", "收到本通知之日起"),
        ("应在活动结束后一个月内报送", "活动结束后一个月内", "P1M", "活动结束后"),
        ("提交申请后3日内", "提交申请后3日内", "P3D", "提交申请后"),
        ("在线审核通过后2周内", "在线审核通过后2周内", "P2W", "在线审核通过后"),
        ("自受理之日起20个工作日", "自受理之日起20个工作日", "P20D", "受理之日起"),
        ("验收通过之日起30日", "验收通过之日起30日", "P30D", "验收通过之日起"),
        ("于收到本通知10日内报送", "收到本通知10日内", "P10D", "收到本通知"),
        ("半年内完成整改", "半年内", "P6M", None),
        ("至少提前3个工作日报送", "至少提前3个工作日", "P3D", "提前"),
        ("于活动举办10日前报备", "活动举办10日前", "P10D", "活动举办"),
        (
            "收到补正通知之日起3-5个工作日内",
            "收到补正通知之日起3-5个工作日内",
            "P5D",
            "收到补正通知之日起",
        ),
    ],
)
def test_a_term_is_counted_from_its_event(
    text: str, words: str, term: str, event: str | None
) -> None:
    mention = only(text)
    assert (mention.words, mention.event) == (words, event)
    assert (mention.kind, mention.term) == ("term", term)
    assert resolve(mention, SPRING).due == term


@pytest.mark.parametrize("text", ["近3年内", "五年内无违法记录", "最近三个月内", "申报前三年"])
def test_a_duration_of_the_past_is_marked(text: str) -> None:
    assert only(text).since


@pytest.mark.parametrize(
    "text",
    [
        "〔2021〕51号",
        "国发〔2024〕5号前述文件",
        "第25次会议",
        "4.5%",
        "1.2 总体要求",
        "10—15家",
        "24小时热线",
        "第3季度",
        "联系电话：0591-87654321、2024-5566",
        "https://a.example.cn/2024/05/25/t20240525_12345.html",
        "版本 v2024.05.25",
        "GB/T 29490—2013",
        "公示期为5个工作日",
        "培训为期3天",
        "3—5个月",
        "住所地为八一路12号",
        "25日前",
        "各单位要高度重视",
        "13月5日",
        "",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert find_dates(text) == []


def test_the_span_of_a_plan_is_marked() -> None:
    span = only("《知识产权强国建设纲要（2021—2035年）》")
    assert span.span_of_years
    assert (span.kind, span.words) == ("year", "2021—2035年")


@pytest.mark.parametrize("text", ["2024年2月30日前", "6月31日前", "2023年2月29日"])
def test_a_day_that_does_not_exist_has_no_value(text: str) -> None:
    resolved = resolve(only(text), SPRING)
    assert (resolved.due, resolved.precision) == (None, "event")
    assert resolved.sure < 0.5


class TestWithinASentence:
    def test_a_lone_day_takes_the_month_before_it(self) -> None:
        one, other = find_dates("5月20日前报方案，并于25日前报清单。")
        assert other.words == "25日前"
        assert other.inherited
        assert resolve(other, SPRING, [one]).due == "2024-05-25"

    def test_but_not_over_the_end_of_the_sentence(self) -> None:
        assert only("5月20日前报方案。于25日前报清单。").words == "5月20日前"

    def test_days_that_are_counted_take_no_month(self) -> None:
        _, other = find_dates("5月10日前布置，于活动举办10日前报备")
        assert other.kind == "term"

    def test_a_list_shares_the_relation_of_its_last(self) -> None:
        assert [m.relation for m in find_dates("3月31日、6月30日和9月30日前")] == ["before"] * 3

    def test_a_list_shares_each_year(self) -> None:
        assert [resolve(m, SPRING).due for m in find_dates("每年6月30日、12月底前")] == [
            "--06-30",
            "--12-31",
        ]

    def test_a_term_from_a_date_is_counted_from_it(self) -> None:
        _, term = find_dates("自2024年7月1日起三年内")
        assert (term.term, term.event, term.since) == ("P3Y", "自2024年7月1日起", False)


class TestALeftOutYear:
    def test_is_the_year_of_issue(self) -> None:
        resolved = resolve(only("5月25日前"), SPRING)
        assert (resolved.due, resolved.inferred) == ("2024-05-25", True)

    def test_goes_over_into_the_next_year(self) -> None:
        assert due("1月15日前", Anchor(date(2023, 12, 20), 2023)) == "2024-01-15"

    def test_stays_where_a_window_has_only_begun_before_the_issue(self) -> None:
        assert ends("1月26日至6月26日", Anchor(date(2021, 4, 28), 2021)) == (
            "2021-01-26",
            "2021-06-26",
        )

    def test_is_kept_shortly_before_the_issue_but_wants_a_look(self) -> None:
        resolved = resolve(only("3月31日前"), SPRING)
        assert resolved.due == "2024-03-31"
        assert resolved.sure < 0.8

    def test_of_a_window_over_new_year(self) -> None:
        december = Anchor(date(2023, 12, 5), 2023)
        assert ends("12月20日至1月15日", december) == ("2023-12-20", "2024-01-15")
        assert ends("12月20日至1月15日", Anchor(date(2024, 1, 5), 2024)) == (
            "2023-12-20",
            "2024-01-15",
        )

    def test_reads_on_from_the_date_before(self) -> None:
        assert due("2025年3月31日前报方案，6月30日前报总结") == "2025-06-30"
        assert due("2024年12月31日前建成，1月15日前报总结") == "2025-01-15"

    def test_does_not_read_on_from_an_older_document(self) -> None:
        assert due("根据2019年3月5日印发的文件，于5月25日前报送") == "2024-05-25"

    def test_does_not_read_on_past_a_far_end(self) -> None:
        assert due("有效期至2027年12月31日。请于5月25日前报送") == "2024-05-25"

    def test_is_the_notices_year_without_a_date_of_issue(self) -> None:
        resolved = resolve(only("5月25日前"), Anchor(None, 2022))
        assert (resolved.due, resolved.inferred) == ("2022-05-25", True)
        assert resolved.sure < 0.8

    def test_of_a_notice_for_the_coming_year(self) -> None:
        assert due("11月10日前", Anchor(date(2024, 12, 25), 2025)) == "2025-11-10"

    @pytest.mark.parametrize("text", ["7月31日前", "每年7月31日前", "当年7月31日前"])
    def test_stays_open(self, text: str) -> None:
        resolved = resolve(only(text), NOWHEN)
        assert (resolved.due, resolved.inferred) == ("--07-31", False)

    def test_of_each_year_stays_open_in_a_dated_notice(self) -> None:
        assert due("每年7月底前") == "--07-31"

    def test_the_year_after_one_that_is_open_is_open(self) -> None:
        assert due("每年12月31日前报送，次年1月31日前公布") == "--01-31"
        assert due("2024年12月31日前报送，次年1月31日前公布") == "2025-01-31"
        assert due("12月25日前报2026年计划，次年1月31日前公布") == "2025-01-31"

    @pytest.mark.parametrize(
        ("text", "value"),
        [("今年5月25日", "2024-05-25"), ("明年5月25日", "2025-05-25"), ("本年度5月", "2024-05-31")],
    )
    def test_named_by_a_word(self, text: str, value: str) -> None:
        resolved = resolve(only(text), SPRING)
        assert (resolved.due, resolved.inferred) == (value, True)


@pytest.mark.parametrize("text", ["每月25日前", "每季度末前", "每周五下班前", "当月底前"])
def test_what_comes_again_within_a_year_has_no_date(text: str) -> None:
    resolved = resolve(only(text), SPRING)
    assert (resolved.due, resolved.precision) == (None, "event")


# The renderer: every day in every style that notices use.

_FIGURES = "〇一二三四五六七八九"
days = st.dates(date(1990, 1, 1), date(2098, 12, 31))
styles = st.sampled_from(["plain", "padded", "full-width", "blanks", "wide", "chinese", "points"])
lasts = st.sampled_from(["日", "号", "日日"])
leads = st.sampled_from(["", "截至", "最迟于", "不晚于"])
relations = st.sampled_from(["前", "之前", "以前", "截止", "止"])
weekdays = st.sampled_from(["", "（星期五）", "(周五)", "（ 周日 ）"])
hours = st.sampled_from(
    [("", None), ("17:00", "17:00"), ("17：30", "17:30"), (" 17时", "17:00"), ("下午3点", "15:00"),
     ("上午九时", "09:00"), ("24时", "24:00"), ("17点30分", "17:30"), ("下班", None)]
)  # fmt: skip
arounds = st.sampled_from(
    [("", ""), ("请于", "报送。"), ("（", "）"), ("报名时间：", "，逾期不候")]
)


def in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, _FIGURES[tens] + "十")
    return ten + (_FIGURES[ones] if ones or not tens else "").replace("〇", "")


def rendered(day: date, style: str, last: str = "日") -> str:
    year, month, number = str(day.year), str(day.month), str(day.day)
    if style == "points":
        return f"{year}.{month:0>2}.{number}"
    if style == "chinese":
        year = "".join(_FIGURES[int(c)] for c in year)
        return f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日"
    blank = {"blanks": " ", "wide": " "}.get(style, "")
    if style == "wide":
        year, month, number = " ".join(year), " ".join(month), " ".join(number)
    if style == "padded":
        month, number = month.zfill(2), number.zfill(2)
    text = f"{year}{blank}年{blank}{month}{blank}月{blank}{number}{blank}{last}"
    wide = str.maketrans("0123456789 ", "０１２３４５６７８９　")
    return text.translate(wide) if style == "full-width" else text


@given(days, styles, lasts, leads, weekdays, hours, relations, arounds)
def test_any_day_in_any_style_is_found_exactly(
    day: date,
    style: str,
    last: str,
    lead: str,
    weekday: str,
    hour: tuple[str, str | None],
    relation: str,
    around: tuple[str, str],
) -> None:
    said, time = hour
    relation = "前" if said == "下班" else relation
    # A doubled 日 stands before what follows it at once.
    last = "日" if weekday or said else last
    # Figures need a blank before figures.
    parted = " " if style == "points" and said[:1].isdigit() and not weekday else ""
    words = f"{lead}{rendered(day, style, last)}{weekday}{parted}{said}{relation}"
    mention = only(f"{around[0]}{words}{around[1]}")
    assert mention.words == words
    assert (mention.relation, mention.time) == ("before", time)
    resolved = resolve(mention, SPRING)
    assert (resolved.due, resolved.inferred, resolved.precision) == (day.isoformat(), False, "day")


@given(
    days,
    st.integers(0, 300),
    st.sampled_from(["plain", "padded", "full-width", "blanks", "chinese", "points"]),
    st.sampled_from(["至", "到", "-", "—", "－", "～", "~", "——", " — "]),
)
def test_any_window_in_any_style_is_found_exactly(
    first: date, length: int, style: str, to: str
) -> None:
    last = first + timedelta(length)
    words = f"{rendered(first, style)}{to}{rendered(last, style)}"
    mention = only(f"时间：{words}。")
    assert mention.words == words
    resolved = resolve(mention, SPRING)
    assert (resolved.first, resolved.last) == (first.isoformat(), last.isoformat())


@given(days, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_left_out_year_puts_the_day_near_the_issue(day: date, issued: date) -> None:
    resolved = resolve(only(f"{day.month}月{day.day}日前"), Anchor(issued, issued.year))
    if resolved.due is None:
        assert (day.month, day.day) == (2, 29)
        return
    found = date.fromisoformat(resolved.due)
    assert (found.month, found.day) == (day.month, day.day)
    assert found.year in (issued.year, issued.year + 1)
    assert found >= issued - timedelta(60)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    last = monthrange(year, month)[1]
    assert due(f"{year}年{month}月底前") == f"{year}-{month:02d}-{last:02d}"


_SIGNS = "0123456789年月日号前后起至到—-.:：（）()〔〕、，。； \u3000\n〇一二十廿每本下底初内周个半"
_WORDS = ["2024年", "5月", "25日", "上旬", "季度", "工作日", "之日起", "截至", "下班前", "即日"]
_pieces = st.sampled_from([*_SIGNS, *_WORDS])
_mixtures = st.lists(_pieces, max_size=40).map("".join) | st.text(max_size=60)
_anchors = st.sampled_from([SPRING, NOWHEN, Anchor(None, 2024), Anchor(date(2024, 2, 29), 2024)])


@given(_mixtures, _anchors)
def test_whatever_the_text_mentions_are_its_words_in_order(text: str, anchor: Anchor) -> None:
    found = find_dates(text)
    for mention in found:
        assert mention.words == text[mention.start : mention.end] != ""
    assert all(one.end <= other.start for one, other in pairwise(found))
    for at, mention in enumerate(found):
        resolved = resolve(mention, anchor, found[:at])
        assert (resolved.due is None) == (resolved.precision == "event")
        assert 0 <= resolved.sure <= 1
        for value in (resolved.first, resolved.last):
            _is_a_value(value)


def _is_a_value(value: str | None) -> None:
    if value is None or value.startswith("P"):
        return
    date.fromisoformat(value.replace("-", "2024", 1) if value.startswith("--") else value)


@given(st.text(alphabet="请各单位于前报送日期月底年之起至到，。（）〔〕：:.-— \n", max_size=80))
def test_without_figures_nothing_is_a_day(text: str) -> None:
    assert all(m.kind != "day" and m.term is None for m in find_dates(text))


@given(days, _anchors, _anchors)
def test_a_full_date_is_itself_whatever_the_notice(
    day: date, anchor: Anchor, other: Anchor
) -> None:
    mention = only(rendered(day, "plain"))
    assert resolve(mention, anchor) == resolve(mention, other)
    again = only(resolve(mention, anchor).first or "")
    assert resolve(again, other).first == day.isoformat()
