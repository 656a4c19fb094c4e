"""Charts as SVG, drawn on the server.

By leather: small, without dependencies, and what it draws has neither style nor script in it, so
that it may stand in a page whose policy allows neither.
"""

from __future__ import annotations

from collections.abc import Sequence

import leather
from leather import theme
from markupsafe import Markup

_WIDTH, _ROW, _FRAME, _COLUMNS = 480, 32, 60, 230
_LONGEST = 13
_SIZE = 14

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
