"""Terms: so many days from an event."""

from __future__ import annotations

import re

from knowledge.importer.dates.mention import Mention
from knowledge.importer.dates.points import Point

_REACH = 40
_UNSURE = 0.6
_SHORTEST = 3

# What the term is counted from stands right before it, within the clause.
_EVENT = re.compile(
    r"(?P<event>[^,。;:、()\n《》“”\d ][^,。;:\n]{0,38}?"
    r"(?:[日时后月天]起|(?<![最先前然今此往])后|(?<![目当空超提])前|之日))"
    r"(?:计算)?,?的? {0,3}(?:第|至少|不少于)?$"
)
# 于活动举办10日前: counted backwards from it.
_BACKWARD = re.compile(r"[于在](?P<event>[^,。;:、()\n\d ]{2,16})$")
_CLAUSE_MARKS = ",。;:\n"
_CUT = re.compile(
    r".*(?:自|从(?!事|业)|应当?于|应当?在|须[于在]|请[于在]|[于在应须将并请]|期为|限为)"
)
_PAST = re.compile(r"(?:近|最近|过去|此前|之前|前|连续|往前|上)$")
_AHEAD = re.compile(r"(?:至少|需|须|应|请)?提前(?:至少)? ?$")


def term_of(plain: str, free: int, point: Point) -> Mention | None:
    """A term with 内 or an event; a bare length of time is none."""
    if point.term is None:
        return None
    ahead = _AHEAD.search(plain, max(free, point.start - 6), point.start)
    start, event = _event(plain, free, point.start, _counts_back(plain, point))
    if ahead is not None:
        start, event = ahead.start(), "提前"
    if event is None and not point.within:
        return None
    back = _PAST.search(plain, max(free, point.start - 3), point.start) is not None
    long = point.term[-1] in "MY"
    since = long and (back or point.term.endswith("Y") if event is None else event.endswith("前"))
    return Mention(
        start=start,
        end=point.end,
        words="",
        kind="term",
        precision="day",
        time=point.times[-1] if point.times else None,
        relation="before" if point.within or point.relation == "before" else point.relation,
        term=point.term,
        event=event,
        since=since,
        sure=1.0 if event is not None and _runs_on(plain, event, point) else _UNSURE,
    )


def lone_days(plain: str, free: int, point: Point) -> Mention | None:
    """收到通知之日起10日: days of a term, not of a month, since an event adjoins."""
    start, event = _event(plain, free, point.start, _counts_back(plain, point))
    if event is None or point.relation not in ("none", "before"):
        return None
    return Mention(
        start=start,
        end=point.end,
        words="",
        kind="term",
        relation=point.relation,
        term=f"P{point.part.day}D",
        event=event,
        sure=1.0 if _runs_on(plain, event, point) else _UNSURE,
    )


def _runs_on(plain: str, event: str, point: Point) -> bool:
    """The term runs on from its event; a P3D that runs back to it needs a look."""
    return not event.endswith(("前", "提前")) and not _counts_back(plain, point)


def _counts_back(plain: str, point: Point) -> bool:
    return not point.within and plain[point.end - 1] == "前"


def _event(plain: str, free: int, at: int, counted_back: bool = False) -> tuple[int, str | None]:
    """Where the words of the term begin, and the event that adjoins."""
    reach = max(free, at - _REACH)
    begin = max(reach, *(plain.rfind(mark, reach, at - 1) + 1 for mark in _CLAUSE_MARKS))
    match = _EVENT.search(plain, begin, at)
    if match is None and counted_back:
        match = _BACKWARD.search(plain, begin, at)
        return (match.start("event"), match["event"]) if match else (at, None)
    if match is None:
        return at, None
    said = match["event"]
    cut = _CUT.match(said[:-1])
    start = match.start("event") + (cut.end() if cut else 0)
    event = plain[start : match.end("event")].strip()
    if len(event) < _SHORTEST:
        return at, None
    led = plain[start - 1] in "自从" and start - 1 >= begin
    return start - led, event
