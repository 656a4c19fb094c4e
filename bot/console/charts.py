"""Charts as SVG, drawn on the server.

By leather: small, without dependencies, and what it draws has neither style nor script in it, so
that it may stand in a page whose policy allows neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import leather
from leather import theme
from markupsafe import Markup, escape

_WIDTH, _ROW, _FRAME, _COLUMNS = 480, 32, 60, 230
_LONGEST = 13
_SIZE = 14
_SIDE, _EVERY = 36, 7
"""Room for the counts beside columns upon each other; every how many of them has its label."""
PARTS = ("#2f5d92", "#c9a24a", "#b3362b")
"""What was answered, asked back, refused."""

theme.background_color = "none"
theme.default_series_colors = ["#2f5d92"]
theme.margin = 0.02
theme.tick_color = "#e3e8ee"
theme.zero_color = "#8c99a8"
theme.label_color = "#1b2633"
theme.tick_font_family = "sans-serif"
theme.tick_font_size = _SIZE
theme.tick_font_char_width = _SIZE  # Han characters are as wide as high


def bars(shares: Sequence[tuple[str, int]]) -> Markup:
    """One bar a share, the first on top; nothing of none."""
    if not shares:
        return Markup("")
    chart = _chart(shares)
    chart.add_bars([(count, _short(name)) for name, count in shares])
    return _drawn(chart, _FRAME + _ROW * len(shares))


def columns(shares: Sequence[tuple[str, int]]) -> Markup:
    """One column a share, from left to right."""
    chart = _chart(shares, across=True)
    chart.add_columns([(name, count) for name, count in shares])
    return _drawn(chart, _COLUMNS)


def _chart(shares: Sequence[tuple[str, int]], across: bool = False) -> leather.Chart:
    """With the axis of the counts in whole numbers."""
    chart = leather.Chart()
    most = max((count for _, count in shares), default=0)
    step = max(-(-most // 4), 1)
    ticks = list(range(0, most + step, step))
    set_scale, set_axis = (
        (chart.set_y_scale, chart.set_y_axis) if across else (chart.set_x_scale, chart.set_x_axis)
    )
    set_scale(leather.Linear(0, ticks[-1]))
    set_axis(leather.Axis(ticks=ticks))
    return chart


def _drawn(chart: leather.Chart, height: int) -> Markup:
    """As wide as there is room; the names in it were escaped when it was drawn."""
    svg = chart.to_svg(width=_WIDTH, height=height)
    fixed = f'width="{_WIDTH}" height="{height}"'
    return Markup(svg.replace(fixed, f'viewBox="0 0 {_WIDTH} {height}"', 1))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def stacked(days: Sequence[tuple[str, tuple[int, ...]]]) -> Markup:
    """One column a day, its parts upon each other in the colours of `PARTS`, the first below.

    By hand: leather has no columns upon each other.
    """
    most = max((sum(parts) for _, parts in days), default=0)
    if not most:
        return Markup("")
    step = max(-(-most // 4), 1)
    top = -(-most // step) * step
    drawn = [line for count in range(0, top + 1, step) for line in _level(count, top)]
    width = (_WIDTH - _SIDE - 16) / len(days)
    for n, (label, parts) in enumerate(days):
        left = _SIDE + n * width
        drawn += _column(left, width, parts, top)
        if (len(days) - 1 - n) % _EVERY == 0:
            drawn.append(_label(left + width / 2, _COLUMNS - 8, label, "middle"))
    return Markup(  # labels are escaped, all else is numbers
        f'<svg viewBox="0 0 {_WIDTH} {_COLUMNS}" font-family="sans-serif">{"".join(drawn)}</svg>'
    )


def _level(count: int, top: int) -> Iterator[str]:
    y = _height(count, top)
    colour = theme.tick_color if count else theme.zero_color
    yield f'<line x1="{_SIDE}" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}" stroke="{colour}"/>'
    yield _label(_SIDE - 6, y + 5, str(count), "end")


def _column(left: float, width: float, parts: Sequence[int], top: int) -> Iterator[str]:
    below = 0
    for part, colour in zip(parts, PARTS, strict=True):
        upper, lower = _height(below + part, top), _height(below, top)
        below += part
        if part:
            yield (
                f'<rect x="{left + 1.5:.1f}" y="{upper:.1f}" width="{width - 3:.1f}" '
                f'height="{lower - upper:.1f}" fill="{colour}"/>'
            )


def _height(count: int, top: int) -> float:
    """The y of a count: 0 stands above the labels."""
    return _COLUMNS - 30 - (_COLUMNS - 42) * count / top


def _label(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_SIZE}" text-anchor="{anchor}" '
        f'fill="{theme.label_color}">{escape(words)}</text>'
    )
