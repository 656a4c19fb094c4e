"""Which of a campaign's steps is the longest, or comes first: 哪个阶段最短."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from intents.lists.operators import reading
from intents.lists.parts import children, dated_section
from intents.lists.tables import notices_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import reckoned as say
from knowledge.model import Notice, Period
from knowledge.snapshot import KnowledgeBase

_MOST = re.compile("最(?:为)?(长|久|短|早|先|晚|迟)(?:的)?(?:开始|启动|结束|收尾)?")
_END = re.compile("结束|收尾|完成")
Value = Callable[[Period], int]
Span = tuple[Period, int]
"""A step and how many days it lasts, both ends included."""


def extreme(query: Query, kb: KnowledgeBase) -> Answer | None:
    """None unless the steps of one campaign are compared, and nothing is asked besides."""
    read = reading(query, kb)
    match = _MOST.search(read.text)
    if match is None or not read.has("steps") or query.scope.pointed or query.departments:
        return None
    if query.scope.months or query.scope.days or query.scope.empty:
        return None
    text = _MOST.sub("\n", read.text)
    for name in ("活动", "时间", "安排"):
        text = text.replace(name, "\n")
    if read.left("steps", "count", "documents", "length", "start", "end", text=text):
        return None
    for notice in in_order(notices_of(query, kb, "clause"), query.scope, kb):
        spans, vague = _steps(notice)
        if len(spans) > 1:
            ends = bool(_END.search(read.text))
            return _told(match[1], ends, spans, vague, notice, query, kb)
    return None


def _steps(notice: Notice) -> tuple[list[Span], list[Period]]:
    """The steps with both their days, and those whose days the notice does not give."""
    section = dated_section(notice)
    if section is None:
        return [], []
    labels = [clause.label for clause in children(notice, section)]
    steps = [p for p in notice.periods if p.clause in labels]
    exact = [(p, _days(p)) for p in steps if p.precision == "day" and p.start and p.end]
    return exact, [p for p in steps if p not in [one for one, _ in exact]]


def _days(period: Period) -> int:
    assert period.start
    assert period.end
    return (period.end - period.start).days + 1


def _first(period: Period) -> int:
    assert period.start
    return -period.start.toordinal()


def _last(period: Period) -> int:
    assert period.end
    return period.end.toordinal()


def _told(
    most: str,
    ends: bool,
    spans: list[Span],
    vague: list[Period],
    notice: Notice,
    query: Query,
    kb: KnowledgeBase,
) -> Answer:
    by: Mapping[str, Value] = {
        "长": _days,
        "久": _days,
        "短": lambda p: -_days(p),
        "早": (lambda p: -_last(p)) if ends else _first,
        "先": (lambda p: -_last(p)) if ends else _first,
        "晚": _last if ends else lambda p: -_first(p),
        "迟": _last if ends else lambda p: -_first(p),
    }
    value = by[most]
    best = max(value(p) for p, _ in spans)
    top = [p.what for p, _ in spans if value(p) == best]
    edge = "" if most in "长久短" else "结束" if ends else "开始"
    lines = [say.most(top, f"{edge}最{most}")]
    lines += [say.step_days(p, days) for p, days in spans]
    lines += [say.step_vague(p) for p in vague]
    labels = [p.clause for p, _ in spans if p.what in top]
    labels += [p.clause for p in (*(p for p, _ in spans), *vague) if p.clause not in labels]
    return told(lines, notice, labels, query, kb)
