"""Terms: so many days from an event."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.importer.dates.mention import Mention
from knowledge.importer.dates.points import Point

_REACH = 40
_UNSURE = 0.6
_SHORTEST = 3

# What the term is counted from stands right before it, within the clause.
_EVENT = re.compile(
    r"(?P<event>[^,。;:、()\n《》“”\d ][^,。;:\n]{0,38}?"
    r"(?:[日时后月天]起|(?<![最先前然今此往])后|(?<![目当空超提])前|之日|收到[^,。;:、]{1,14}?))"
    r"(?:计算)?,?的? {0,3}(?:第|至少|不少于)?$"
)
# 于活动举办10日前: counted backwards from it.
_BACKWARD = re.compile(r"[于在](?P<event>[^,。;:、()\n\d ]{2,16})$")
_CLAUSE_MARKS = ",。;:\n"
# Where the event begins: behind the words that lead to it, not inside 申请, 在线, 应用.
_CUT = re.compile(
    r".*(?:(?<!来)自(?!贸|主|动|愿|查|评|行|建)|从(?!事|业)|(?<![关由属处位对])于"
    r"|(?<![存现所])在(?!线|职|校|册|库|建|研|岗|编|场)|应当?(?!用|急|届|对|收|付|邀)|必?须(?!知)"
    r"|并(?!网|购|行|联)|(?<![申邀聘提])请(?!求|示|款)|期为|限为|时间为)"
)
_PAST = re.compile(r"(?:近|最近|过去|此前|之前|前|连续|往前|上)$")
_AHEAD = re.compile(r"(?:至少|需|须|应|请)?提前(?:至少)? ?$")


def term_of(plain: str, free: int, point: Point) -> Mention | None:
    """A term with 内 or an event; a bare length of time is none."""
    if point.term is None:
        return None
    start, event = _event(plain, free, point)
    if event is None and not point.within:
        return None
    made = _made(plain, point, point.term, start, event)
    relation = "before" if point.within else point.relation
    return replace(made, relation=relation, since=_looks_back(plain, free, made, point))


def lone_days(plain: str, free: int, point: Point) -> Mention | None:
    """收到通知之日起10日: days of a term, not of a month, since an event adjoins."""
    start, event = _event(plain, free, point)
    if event is None or point.relation not in ("none", "before"):
        return None
    return _made(plain, point, f"P{point.part.day}D", start, event)


def _made(plain: str, point: Point, term: str, start: int, event: str | None) -> Mention:
    runs_on = event is not None and not event.endswith("前") and not _counts_back(plain, point)
    return Mention(
        start=start,
        end=point.end,
        words="",
        kind="term",
        time=point.times[-1] if point.times else None,
        relation=point.relation,
        term=term,
        event=event,
        sure=1.0 if runs_on else _UNSURE,
    )


def _looks_back(plain: str, free: int, made: Mention, point: Point) -> bool:
    """近3个月内, 申报前三年; years without an event (五年内无违法) look back too, as a rule."""
    if made.term is None or made.term[-1] not in "MY":
        return False
    if made.event is not None:
        return made.event.endswith("前")
    back = _PAST.search(plain, max(free, point.start - 3), point.start) is not None
    return back or made.term.endswith("Y")


def _counts_back(plain: str, point: Point) -> bool:
    return not point.within and plain[point.end - 1] == "前"


def _event(plain: str, free: int, point: Point) -> tuple[int, str | None]:
    """Where the words of the term begin, and the event that adjoins."""
    at = point.start
    if ahead := _AHEAD.search(plain, max(free, at - 6), at):
        return ahead.start(), "提前"
    reach = max(free, at - _REACH)
    begin = max(reach, *(plain.rfind(mark, reach, at - 1) + 1 for mark in _CLAUSE_MARKS))
    if match := _EVENT.search(plain, begin, at):
        return _trimmed(plain, at, match)
    if _counts_back(plain, point) and (match := _BACKWARD.search(plain, begin, at)):
        return match.start("event"), match["event"]
    return at, None


def _trimmed(plain: str, at: int, match: re.Match[str]) -> tuple[int, str | None]:
    """The event without what leads to it; 自 and 从 stay with the words."""
    cut = _CUT.match(match["event"][:-1])
    start = match.start("event") + (cut.end() if cut else 0)
    event = plain[start : match.end("event")].strip()
    if len(event) < _SHORTEST:
        return at, None
    led = cut is not None and plain[start - 1] in "自从"
    return start - led, event
