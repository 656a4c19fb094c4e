"""What was measured, as one table: median and spread, ratio to the floor, budget."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

Cells = tuple[str, ...]

HEAD: Cells = ("", "median", "least – most", "of the floor", "least – most", "budget", "")


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` for the median: of the ratios where a row has them, else of the samples."""

    limit: float
    least: bool
    text: str

    def verdict(self, value: float) -> str:
        met = value >= self.limit if self.least else value <= self.limit
        return "met" if met else "MISSED"


@dataclass(frozen=True, slots=True)
class Row:
    """One sample a round, in `unit`; `ratios` to the floor of the same round."""

    name: str
    samples: Sequence[float]
    unit: str
    ratios: Sequence[float] = ()
    budget: Budget | None = None

    @property
    def cells(self) -> Cells:
        show = _shown(self.unit)
        judged = median(self.ratios or self.samples)
        return (
            self.name,
            f"{show(median(self.samples))} {self.unit}",
            _spread(self.samples, show),
            _ratio(median(self.ratios)) if self.ratios else "",
            _spread(self.ratios, _ratio) if self.ratios else "",
            self.budget.text if self.budget else "",
            self.budget.verdict(judged) if self.budget else "",
        )


def lines(sections: dict[str, Sequence[Row]]) -> Iterator[str]:
    """The table; every section under its title."""
    told = [HEAD, *(row.cells for rows in sections.values() for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*told, strict=True)]
    yield _line(HEAD, widths)
    for title, rows in sections.items():
        yield f"\n{title}"
        yield from (_line(row.cells, widths) for row in rows)


def _line(cells: Cells, widths: Sequence[int]) -> str:
    name, *rest = (" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    padded = [cells[0] + name, *(gap + cell for gap, cell in zip(rest, cells[1:], strict=True))]
    return "  " + "  ".join(padded).rstrip()


def _shown(unit: str) -> Callable[[float], str]:
    digits = {"/s": 0, "MB": 0, "ms": 2, "s": 2}[unit]
    return lambda value: f"{value:,.{digits}f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _spread(values: Sequence[float], show: Callable[[float], str]) -> str:
    return f"{show(min(values))} – {show(max(values))}"


def _width(text: str) -> int:
    """Columns on a screen: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
