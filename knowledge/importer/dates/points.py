"""One match of the grammar -> a point: an end of a window, a lone date, or a term."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.importer.dates.clock import times_in
from knowledge.importer.dates.mention import DatePart, Every, Part, Relation
from knowledge.importer.dates.numerals import digits_of, number_of

Match = re.Match[str]
Form = Literal["date", "pointed", "lone", "term"]
"""With unit words | 2024.5.25 | 25日, where only the sentence tells the month | 10日内."""

_YEAR_SHIFT = {"今": 0, "本": 0, "明": 1, "翌": 1, "来": 1, "次": 1, "去": -1, "上": -1}
_MONTH_SHIFT = {"本": 0, "下": 1, "次": 1, "上": -1}
_TERM_UNITS = {"日": "D", "天": "D", "年": "Y", "月": "M", "期": "W", "周": "W"}
_HALF_TERMS = {"M": "P15D", "Y": "P6M"}
_PARTS: dict[str, Part] = {
    "底": "底",
    "末": "底",
    "初": "初",
    "上旬": "上旬",
    "中旬": "中旬",
    "下旬": "下旬",
    "上中旬": "上中旬",
    "中下旬": "中下旬",
    "上半月": "上半月",
    "下半月": "下半月",
    "上半年": "上半年",
    "下半年": "下半年",
}
_QUARTERS: dict[int, Part] = {1: "1季度", 2: "2季度", 3: "3季度", 4: "4季度"}
_UNMARKED = 0.6
"""Sure of eight figures without a word, and of 5.25前."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """`start` to `end` cover the words of relation behind it too; other fields as in Mention."""

    start: int
    end: int
    part: DatePart
    form: Form = "date"
    relation: Relation = "none"
    times: tuple[str, ...] = ()
    every: Every | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    open_year: bool = False
    term: str | None = None
    within: bool = False
    """The term says 内."""
    sure: float = 1.0


def point_of(match: Match) -> Point:
    """What the groups of `grammar.POINT` say."""
    read = next(read for group, read in _READERS.items() if match[group] is not None)
    return read(match)


def dated(match: Match, part: DatePart, start: int | None = None) -> Point:
    """A point with the time and the relation of `grammar`'s tail."""
    return Point(
        start=match.start() if start is None else start,
        end=match.end(),
        part=part,
        relation=_relation(match),
        times=times_in(match.string, *match.span("hours")),
    )


def _relation(match: Match) -> Relation:
    """The relation behind the date, or 下班前 in brackets."""
    if match["before"] or "前)" in match["hours"]:
        return "before"
    if match["from"]:
        return "from"
    return "after" if match["after"] else "on" if match["on"] else "none"


def _in_year(match: Match, words: str, part: DatePart) -> Point:
    """The point in 2024年, 24年, 明年, 每年, 当年; 同年 is the year that one reads on from."""
    point, word = dated(match, part), words[0]
    if (shift := _YEAR_SHIFT.get(word)) is not None:
        return replace(point, year_shift=shift, open_year=word in "次翌")
    if word in "每当同":
        return replace(point, every="year" if word == "每" else None, open_year=word == "当")
    year = digits_of(words.split("年")[0])
    return replace(point, part=part._replace(year=2000 + year if year < 100 else year))


def _part(words: str | None) -> Part:
    """底 of 6月底, 6月月末, 年末; 2季度 of 第二季度; empty for none."""
    if not words:
        return ""
    if words.rstrip("底末").endswith("季度"):
        return _QUARTERS[number_of(words.lstrip("第")[0])]
    return _PARTS.get(words) or _PARTS[words[-1]]


def _number(words: str | None) -> int | None:
    return number_of(words) if words else None


def _whole(match: Match) -> Point:
    part = DatePart(None, number_of(match["ym"]), _number(match["yd"]), _part(match["ymp"]))
    return _in_year(match, match["y"], part)


def _year_alone(match: Match) -> Point:
    return _in_year(match, match["yy"], DatePart(part=_part(match["yp"])))


def _month(match: Match) -> Point:
    part = DatePart(None, number_of(match["m"]), _number(match["d"]), _part(match["mp"]))
    return dated(match, part)


def _named_month(match: Match) -> Point:
    """本月25日, 下月底, 每月5日; 当月 is another one each time."""
    word = match["mw"][0]
    return replace(
        dated(match, DatePart(None, None, _number(match["d"]), _part(match["mp"]))),
        month_shift=_MONTH_SHIFT.get(word),
        every="month" if word in "每当同" else None,
    )


def _with_points(match: Match) -> Point:
    part = DatePart(int(match["dy"]), int(match["dm"]), _number(match["dd"]))
    return replace(dated(match, part), form="pointed")


def _eight_figures(match: Match) -> Point:
    part = DatePart(int(match["cy"]), int(match["cm"]), int(match["cd"]))
    marked = match["cday"] or match["before"] or match["from"]
    return replace(dated(match, part), sure=1.0 if marked else _UNMARKED)


def _two_figures(match: Match) -> Point:
    part = DatePart(None, int(match["fm"]), int(match["fd"]))
    return replace(dated(match, part), sure=_UNMARKED)


def _first_of_span(match: Match) -> Point:
    return dated(match, DatePart(int(match["sy"])))


def _lone(match: Match) -> Point:
    part = DatePart(day=number_of(match["l"] or match["l2"]))
    return replace(dated(match, part), form="lone")


def _term(match: Match) -> Point:
    letter = _TERM_UNITS[(match["tu"] or match["tu2"])[-1]]
    count = number_of(match["tn"])
    term = f"P{count}{letter}" if count else None
    return replace(
        dated(match, DatePart()),
        form="term",
        term=_HALF_TERMS.get(letter) if match["tn"] == "半" else term,
        within=bool(match["tin"] or match["tu2"]),
    )


def _bare_part(match: Match) -> Point:
    """年底, 年内 of the notice's year; 月底, 月内 of a month that is known, or of its month."""
    words = match["v"]
    point = dated(match, DatePart(part=_PARTS.get(words[-1], "")))
    if words.endswith("内"):
        point = replace(point, relation="before")
    if words.startswith("月"):
        return replace(point, month_shift=0)
    return replace(point, year_shift=0)


def _half_or_quarter(match: Match) -> Point:
    return replace(dated(match, DatePart(part=_part(match["vh"].strip()))), year_shift=0)


def _again(match: Match) -> Point:
    """每季度末, 每周五."""
    weekly = match["vq"].startswith("每周")
    return replace(dated(match, DatePart()), every="week" if weekly else "quarter")


def _issue(match: Match) -> Point:
    return dated(match, DatePart(part="即日"))


_READERS: dict[str, Callable[[Match], Point]] = {
    "y": _whole,
    "dy": _with_points,
    "cy": _eight_figures,
    "sy": _first_of_span,
    "yy": _year_alone,
    "m": _month,
    "mw": _named_month,
    "fm": _two_figures,
    "tn": _term,
    "l": _lone,
    "l2": _lone,
    "v": _bare_part,
    "vh": _half_or_quarter,
    "vq": _again,
    "now": _issue,
}
"""By the group that each alternative of the grammar always fills."""
