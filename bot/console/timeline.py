"""A line of days as SVG, drawn on the server: what falls due when, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

_WIDTH, _LEFT, _LINE, _LEVEL, _LABEL = 480, 24, 44, 20, 44
_LEVELS = 4
_NEAR, _SOON = 7, 30
_INK, _QUIET, _SEAL, _WARN, _NAVY = "#1b2633", "#8c99a8", "#b3362b", "#8a5a00", "#2f5d92"


def timeline(days: Iterable[date], today: date, ahead: int) -> Markup:
    """A mark on each day from today on, `ahead` days at most, with its date below it; several of
    one day are one mark with their number. Nothing of none."""
    counts = Counter(days)
    if not counts:
        return Markup("")
    levels = _placed([_x(day, today, ahead) for day in sorted(counts)])
    height = _LINE + 32 + _LEVEL * max((level for level in levels if level is not None), default=0)
    drawn = [
        _line(_LEFT, _LINE, _WIDTH - _LEFT, _LINE, _QUIET),
        _text(_LEFT, 16, "今天", _QUIET),
        *_months(today, ahead),
    ]
    for day, level in zip(sorted(counts), levels, strict=True):
        drawn += _mark(day, counts[day], level, today, ahead)
    svg = f'<svg viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">{"".join(drawn)}</svg>'
    return Markup(svg)  # made of numbers and of words that stand here


def _x(day: date, today: date, ahead: int) -> int:
    return _LEFT + round((day - today).days * (_WIDTH - 2 * _LEFT) / ahead)


def _placed(places: Sequence[int]) -> list[int | None]:
    """How far below the line each date stands, so that none covers another; None: nowhere."""
    ends = [0] * _LEVELS
    levels: list[int | None] = []
    for x in places:
        level = next((n for n, end in enumerate(ends) if x - _LABEL / 2 >= end), None)
        if level is not None:
            ends[level] = x + _LABEL // 2
        levels.append(level)
    return levels


def _months(today: date, ahead: int) -> Iterator[str]:
    for days in range(1, ahead + 1):
        day = today + timedelta(days=days)
        if day.day == 1:
            x = _x(day, today, ahead)
            yield _line(x, _LINE - 18, x, _LINE, _QUIET)
            if x > _LEFT + _LABEL:
                yield _text(x, 16, f"{day.month}月", _QUIET)
    yield _line(_LEFT, _LINE - 18, _LEFT, _LINE, _QUIET)


def _mark(day: date, count: int, level: int | None, today: date, ahead: int) -> Iterator[str]:
    x, left = _x(day, today, ahead), (day - today).days
    colour = _SEAL if left <= _NEAR else _WARN if left <= _SOON else _NAVY
    if level is not None:
        y = _LINE + 26 + _LEVEL * level
        yield _line(x, _LINE, x, y - 13, "#d5dce4")
        yield _text(x, y, f"{day.month}.{day.day}", _INK)
    yield f'<circle cx="{x}" cy="{_LINE}" r="{7 if count == 1 else 10}" fill="{colour}"/>'
    if count > 1:
        yield _text(x, _LINE + 5, str(count), "#ffffff")


def _line(x1: int, y1: int, x2: int, y2: int, colour: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"/>'


def _text(x: int, y: int, words: str, colour: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="14" text-anchor="middle" fill="{colour}">{words}</text>'
    )
