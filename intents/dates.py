"""Arithmetic on the notices' dates: what is said of a day, and how it stands to today."""

from __future__ import annotations

from datetime import date
from typing import Literal

from knowledge.inforce import end_of
from knowledge.model import Deadline, Period

State = Literal["ahead", "today", "running", "past", "open"]


def day(d: date) -> str:
    return f"{d.year}年{d.month}月{d.day}日"


def deadline_state(deadline: Deadline, today: date) -> State:
    """The due day itself still counts ("…前" includes it)."""
    if deadline.due is None:
        return "open"
    if deadline.due == today:
        return "today"
    return "ahead" if today < deadline.due else "past"


def period_state(period: Period, today: date) -> State:
    if period.start is not None and today < period.start:
        return "ahead"
    last = end_of(period)
    if last is None:
        return "open"
    if today == last and period.end is not None:
        return "today"
    return "running" if today <= last else "past"


def days_between(one: date, other: date) -> int:
    return abs((other - one).days)
