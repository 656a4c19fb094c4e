"""Spans of time as staff name them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.staff.counter.periods import Span, span_in, year_out_of_range

TODAY = date(2024, 5, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("本月", "2024-05-01", "2024-05-31"),
        ("上个月", "2024-04-01", "2024-04-30"),
        ("上周", "2024-05-06", "2024-05-12"),
        ("本季度", "2024-04-01", "2024-06-30"),
        ("上季度", "2024-01-01", "2024-03-31"),
        ("2023年第四季度", "2023-10-01", "2023-12-31"),
        ("今年", "2024-01-01", "2024-12-31"),
        ("去年", "2023-01-01", "2023-12-31"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("上半年", "2024-01-01", "2024-06-30"),
        ("去年下半年", "2023-07-01", "2023-12-31"),
        ("5月", "2024-05-01", "2024-05-31"),
        ("11月份", "2023-11-01", "2023-11-30"),
        ("2023年5月", "2023-05-01", "2023-05-31"),
        ("2023-05", "2023-05-01", "2023-05-31"),
        ("1-3月", "2024-01-01", "2024-03-31"),
        ("11月到2月", "2023-11-01", "2024-02-29"),
        ("昨天", "2024-05-14", "2024-05-14"),
        ("近30天", "2024-04-16", "2024-05-15"),
        ("5月1日到5月10日", "2024-05-01", "2024-05-10"),
        ("5月1日至今", "2024-05-01", "2024-05-15"),
        ("2023年4月26日到10月26日", "2023-04-26", "2023-10-26"),
        ("2023-05-01至2023-06-30", "2023-05-01", "2023-06-30"),
        ("20230501-20230630", "2023-05-01", "2023-06-30"),
    ],
)
def test_a_span_has_both_its_days(words: str, first: str, last: str) -> None:
    wanted = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert span_in(f"附件1 {words}", TODAY) == (wanted, words)


def test_all_of_the_time_has_no_days() -> None:
    assert span_in("全部", TODAY) == (Span(), "全部")


@pytest.mark.parametrize("words", ["2月30日", "13月", "附件1", "厦门", ""])
def test_what_is_no_span_is_none(words: str) -> None:
    assert span_in(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("9999年12月", "9999"),
        ("附件1 0000年1月", "0000"),
        ("1999年", "1999"),
        ("2101年第一季度", "2101"),
        ("99991231", "9999"),
        ("1999-05", "1999"),
        ("2023年5月到3023年6月", "3023"),
        ("20240年", "20240"),
    ],
)
def test_a_year_of_another_century_is_told(words: str, year: str) -> None:
    assert year_out_of_range(words) == year


@pytest.mark.parametrize("words", ["2000年", "2099年12月", "23年5月", "5.1到5.10", "20230501", ""])
def test_a_year_of_this_century_is_fine(words: str) -> None:
    assert year_out_of_range(words) == ""
