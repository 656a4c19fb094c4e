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


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """`start` to `end` cover the relation behind it too, `bare_end` does not."""

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
    for group, read in _READERS:
        if match[group] is not None:
            return read(match)
    raise AssertionError("POINT matches without one of its groups")  # pragma: no cover


def relation_of(match: Match) -> Relation:
    """The relation behind the date, or 下班前 in brackets."""
    if match["before"] or "前)" in match["hours"]:
        return "before"
    if match["from"]:
        return "from"
    return "after" if match["after"] else "on" if match["on"] else "none"


def _date(match: Match, part: DatePart, **more: object) -> Point:
    return Point(
        start=match.start(),
        end=match.end(),
        part=part,
        relation=relation_of(match),
        times=tuple(times_in(match["hours"])),
        **more,  # type: ignore[arg-type]
    )


def _year(words: str) -> tuple[int | None, dict[str, object]]:
    """(2024, {}), (None, {"year_shift": 1}), (None, {"every": "year"})."""
    if (shift := _YEAR_SHIFT.get(words[0])) is not None:
        return None, {"year_shift": shift}
    if words[0] == "每":
        return None, {"every": "year"}
    if words[0] in "当同":
        return None, {"open_year": True} if words[0] == "当" else {}
    year = digits_of(words.split("年")[0])
    return (2000 + year if year < 100 else year), {}


def _part(words: str | None) -> Part:
    """底 of 6月底, 6月月末, 年末; 2季度 of 第二季度; empty for none."""
    if not words:
        return ""
    if "季度" in words:
        return f"{number_of(words.lstrip('第')[0])}季度"  # type: ignore[return-value]
    if words[-1] in "底末":
        return "底"
    return "初" if words[-1] == "初" else words  # type: ignore[return-value]


def _number(words: str | None) -> int | None:
    return number_of(words) if words else None


def _whole(match: Match) -> Point:
    year, said = _year(match["y"])
    part = DatePart(year, number_of(match["ym"]), _number(match["yd"]), _part(match["ymp"]))
    return _date(match, part, **said)


def _year_alone(match: Match) -> Point:
    year, said = _year(match["yy"])
    return _date(match, DatePart(year, part=_part(match["yp"])), **said)


def _month(match: Match) -> Point:
    part = DatePart(None, number_of(match["m"]), _number(match["d"]), _part(match["mp"]))
    return _date(match, part)


def _named_month(match: Match) -> Point:
    """本月25日, 下月底, 每月5日."""
    part = DatePart(None, None, _number(match["d"]), _part(match["mp"]))
    word = match["mw"][0]
    shift = _MONTH_SHIFT.get(word)
    return _date(match, part, month_shift=shift, every="month" if word == "每" else None,
                 open_year=word in "当同")  # fmt: skip


def _with_points(match: Match) -> Point:
    part = DatePart(int(match["dy"]), int(match["dm"]), _number(match["dd"]))
    return _date(match, part, form="pointed")


def _eight_digits(match: Match) -> Point:
    part = DatePart(int(match["cy"]), int(match["cm"]), int(match["cd"]))
    known = match["cday"] or match["before"] or match["from"]
    return _date(match, part, sure=1.0 if known else 0.6)


def _first_of_span(match: Match) -> Point:
    return _date(match, DatePart(int(match["sy"])))


def _lone(match: Match) -> Point:
    return _date(match, DatePart(day=number_of(match["l"] or match["l2"])), form="lone")


def _term(match: Match) -> Point:
    unit = match["tu"] or match["tu2"]
    letter = _TERM_UNITS[unit[-1]]
    count = f"{number_of(match['tn'])}{letter}"
    if match["tn"] == "半":
        count = {"M": "15D", "Y": "6M"}.get(letter, "")
    return _date(match, DatePart(), form="term", term=f"P{count}" if count else None,
                 within=bool(match["tin"] or match["tu2"]))  # fmt: skip


def _bare_part(match: Match) -> Point:
    """年底, 年内 of the notice's year; 月底, 月内 of a month that is known, or of its month."""
    words = match["v"]
    of_month = {"month_shift": 0} if words[0] == "月" else {"year_shift": 0}
    if words[-1] in "底末":
        return _date(match, DatePart(part="底"), **of_month)
    return replace(_date(match, DatePart(), **of_month), relation="before")


def _half_year(match: Match) -> Point:
    return _date(match, DatePart(part=_part(match["vh"])), year_shift=0)


def _every_quarter(match: Match) -> Point:
    every: Every = "week" if match["vq"].startswith("每周") else "quarter"
    return _date(match, DatePart(part="底" if every == "quarter" else ""), every=every)


def _now(match: Match) -> Point:
    return _date(match, DatePart(part="即日"))


_READERS: tuple[tuple[str, Callable[[Match], Point]], ...] = (
    ("y", _whole),
    ("dy", _with_points),
    ("cy", _eight_digits),
    ("sy", _first_of_span),
    ("yy", _year_alone),
    ("m", _month),
    ("mw", _named_month),
    ("tn", _term),
    ("l", _lone),
    ("l2", _lone),
    ("v", _bare_part),
    ("vh", _half_year),
    ("vq", _every_quarter),
    ("now", _now),
)
