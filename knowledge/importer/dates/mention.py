"""What a date in a text is, before anybody knows the year that it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.model import Precision

DateKind = Literal["day", "month", "year", "window", "term", "vague"]
"""5月25日 | 2024年5月 | 2024年 | 5月20日至25日 | 10日内 | 月底, 6月中旬, 上半年, 每季度末."""

Relation = Literal["before", "from", "on", "after", "none"]
"""…前, 截至…, …止, …内, 至… | …起, 自… | 于…, …当天 | …后 | nothing of these adjoins."""

Every = Literal["year", "quarter", "month", "week"]

Part = Literal[
    "", "初", "底", "上旬", "中旬", "下旬", "上中旬", "中下旬",
    "上半月", "下半月", "上半年", "下半年",
    "1季度", "2季度", "3季度", "4季度", "即日",
]  # fmt: skip
"""Of the month, or of the year where there is no month. 即日 is the day of issue."""


class DatePart(NamedTuple):
    """As printed; in a window each end has what it takes over from the other."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part = ""


_NOT_SAID = DatePart()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A date, window or term: `text[start:end] == words`, the words of relation included.

    - `last` is the end of a window, None of anything else.
    - `time` (HH:MM, 24:00 possible) is the clock time of the last day, `first_time` that of the
      first day of a window, or the earlier one of two on a day (9:00-17:00). 下班前 has none.
    - `every`: the date comes again each year, quarter, month or week (每年7月底, 每月25日).
    - `year_shift`, `month_shift`: printed relative to the notice: 今年 0, 明年 1, 本月 0, 下月 1.
    - `open_year`: 当年, the year of something else than the notice; with `year_shift` 1 次年, the
      year after the one that the text has named.
    - `inherited`: month (and year) come from an earlier date of the sentence: 5月20日…，25日前.
    - `term` is P3D, P2W, P1M, P1Y (working days are days too), `event` what it is counted from,
      in the text's words (收到通知之日起, 活动结束后; 会议召开前 is counted backwards).
    - `since`: a duration that looks back (近3年内), or one of years without an event.
    - `span_of_years`: 2021—2035年, the span of a plan.
    - `sure`: below 1 where the form itself is doubtful (eight digits without 日, 6月前).
    """

    start: int
    end: int
    words: str
    kind: DateKind
    first: DatePart = _NOT_SAID
    last: DatePart | None = None
    precision: Precision = "day"
    time: str | None = None
    first_time: str | None = None
    relation: Relation = "none"
    term: str | None = None
    event: str | None = None
    every: Every | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    open_year: bool = False
    inherited: bool = False
    since: bool = False
    span_of_years: bool = False
    sure: float = 1.0

    @property
    def prints_year(self) -> bool:
        """The year can be read in the words themselves."""
        year = self.first.year or (self.last.year if self.last else None)
        return year is not None and not self.inherited


def precision_of(part: DatePart) -> Precision:
    """The nearest of the five that is not more exact than the text.

    上旬 is the month's start; 下旬, a whole month, a quarter and 上半年 end with a month; 下半年
    and a whole year end with the year. 中旬 and 上半月 end on the 20th and the 15th by
    definition: a day.
    """
    if part.day is not None or part.part in ("中旬", "上中旬", "上半月", "即日"):
        return "day"
    if part.part in ("初", "上旬"):
        return "month-start"
    if part.month is not None or part.part in ("上半年", "1季度", "2季度", "3季度", "4季度"):
        return "month-end"
    return "year-end"
