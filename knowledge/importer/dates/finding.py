"""Points -> mentions: lone days get their month, lists share what is said once, leads are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.importer.dates import terms, windows
from knowledge.importer.dates.grammar import (
    LEAD,
    LEAD_LENGTH,
    LIST,
    POINT,
    SENTENCE_END,
    SHORT_END,
)
from knowledge.importer.dates.mention import DateKind, DatePart, Mention, Relation, precision_of
from knowledge.importer.dates.numerals import folded
from knowledge.importer.dates.points import Point, dated, point_of
from knowledge.model import Precision

_AMBIGUOUS = 0.6
"""Sure of 6月前: before it begins, or before it is over?"""

_FAR = 4
"""Mentions that a lone day looks back for its month."""

_IN_A_LIST = re.compile(r"[、,和及或与] {0,2}$")
_COUNTED = re.compile(r"[\u4e00-\u9fff](?<![于在的至到月前后并请止日份和是为])$")
"""活动举办10日前 counts days, it names none."""


def find_dates(text: str) -> list[Mention]:
    """The dates, windows and terms of the text in order, none over another. Never raises.

    Left out are bare lengths of time (为期半年), hours, and days without a month (25日) where the
    sentence has named none before.
    """
    plain = folded(text)
    found: list[Mention] = []
    for first, last in windows.paired(plain, list(_points(plain))):
        free = found[-1].end if found else 0
        mention = _mention(plain, free, _known(plain, found, first.start), first, last)
        if mention is not None:
            mention = replace(mention, words=text[mention.start : mention.end])
            found.append(_from_a_date(mention, found[-1:]))
    return _listed(plain, found)


def _points(plain: str) -> Iterator[Point]:
    """In order; 2024.5.20-6.10 is two points."""
    at = 0
    while match := POINT.search(plain, at):
        point = point_of(match)
        yield point
        at = point.end
        if point.form == "pointed" and (end := SHORT_END.match(plain, at)):
            yield _short_end(point, end)
            at = end.end()


def _short_end(first: Point, match: re.Match[str]) -> Point:
    month = int(match["m"]) if match["m"] else first.part.month
    start = match.start("m") if match["m"] else match.start("d")
    return dated(match, DatePart(None, month, int(match["d"])), start)


def _known(plain: str, found: list[Mention], at: int) -> DatePart:
    """The month that a lone day of the same sentence belongs to."""
    for mention in reversed(found[-_FAR:]):
        if SENTENCE_END.search(plain, mention.end, at):
            break
        part = mention.last or mention.first
        if part.month is not None:
            return part
    return DatePart()


def _mention(
    plain: str, free: int, known: DatePart, first: Point, last: Point | None
) -> Mention | None:
    if first.form == "term":
        return terms.term_of(plain, free, first)
    if first.form == "lone" and last is None and (term := terms.lone_days(plain, free, first)):
        return term
    whole = _with_month(plain, known, first, last)
    if whole is None:
        return None
    inherited = whole is not first
    lead, relation = _led(plain, free, first.start)
    if last is not None:
        return windows.window(whole, last, inherited, lead if relation == "from" else first.start)
    if whole.relation != "none":
        relation = whole.relation
    return (
        None if _says_nothing(whole, relation) else _single(plain, whole, inherited, lead, relation)
    )


def _with_month(plain: str, known: DatePart, first: Point, last: Point | None) -> Point | None:
    """A lone 25日 or a bare 月底 in the month that the sentence speaks of; None for a number of
    days that is no date."""
    if first.form == "lone":
        if known.month is None or not (last or _reads_on(plain, first)):
            return None
        return replace(first, part=known._replace(day=first.part.day, part=""))
    if known.month is not None and first.month_shift == 0 and plain[first.start] == "月":
        part = known._replace(day=None, part=first.part.part)
        return replace(first, part=part, month_shift=None)
    return first


def _reads_on(plain: str, point: Point) -> bool:
    """A lone day counts before a word of relation, with a time, or in a list of days."""
    before = plain[max(0, point.start - 3) : point.start]
    if _IN_A_LIST.search(before):
        return True
    return (point.relation != "none" or bool(point.times)) and _COUNTED.search(before) is None


def _single(plain: str, point: Point, inherited: bool, start: int, relation: Relation) -> Mention:
    kind = _kind(point)
    ambiguous = kind in ("month", "year") and plain[point.end - 1] == "前"
    return Mention(
        start=start,
        end=point.end,
        words="",
        kind=kind,
        first=point.part,
        precision=_precision(point),
        time=point.times[-1] if point.times else None,
        first_time=point.times[0] if len(point.times) > 1 else None,
        relation=relation,
        every=point.every,
        year_shift=point.year_shift,
        month_shift=point.month_shift,
        open_year=point.open_year,
        inherited=inherited,
        sure=_AMBIGUOUS if ambiguous else point.sure,
    )


def _precision(point: Point) -> Precision:
    if point.every in ("month", "quarter", "week"):
        return "event"
    if point.month_shift is not None:
        return precision_of(point.part._replace(month=1))
    return precision_of(point.part)


def _says_nothing(point: Point, relation: Relation) -> bool:
    """每月, 本月, 当年 with nothing beside them."""
    bare = point.part == DatePart() and point.year_shift is None
    return bare and relation != "before" and point.every not in ("week", "quarter")


def _kind(point: Point) -> DateKind:
    part = point.part
    if part.day is not None:
        return "day"
    if part.part or point.every in ("week", "quarter"):
        return "vague"
    return "month" if part.month is not None or point.month_shift is not None else "year"


def _led(plain: str, free: int, start: int) -> tuple[int, Relation]:
    """Where the words begin, and what stands before the date."""
    lead = LEAD.search(plain, max(free, start - LEAD_LENGTH), start)
    if lead is None:
        return start, "none"
    if lead["on"]:
        return start, "on"
    if lead["from"]:
        return lead.start(), "from"
    return (start if lead["due"] else lead.start()), "before"


def _from_a_date(mention: Mention, before: list[Mention]) -> Mention:
    """自2024年1月1日起三年内: the term's event is the date that it adjoins."""
    if mention.term is None or mention.event is not None or not before:
        return mention
    date = before[0]
    if date.end != mention.start or date.relation not in ("from", "after"):
        return mention
    return replace(mention, event=date.words, since=False)


def _listed(plain: str, found: list[Mention]) -> list[Mention]:
    """每年6月底、12月底前: each year, and before, hold of both."""
    linked = [at for at in range(1, len(found)) if _in_one_list(plain, found[at - 1], found[at])]
    for at in linked:
        if found[at - 1].every == "year" and found[at].first.year is None:
            found[at] = replace(found[at], every="year")
    for at in reversed(linked):
        one, other = found[at - 1], found[at]
        if one.kind == other.kind and other.relation == "before" and one.relation == "none":
            found[at - 1] = replace(one, relation="before")
    return found


def _in_one_list(plain: str, one: Mention, other: Mention) -> bool:
    dates = {one.kind, other.kind} <= {"day", "vague", "month"}
    return dates and LIST.fullmatch(plain, one.end, other.start) is not None
