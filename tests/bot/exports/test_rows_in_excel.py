"""Whatever is written into a cell, a sheet's rows hold all of it and Excel can show them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exports.excel_rows import Sized, column_widths, sized
from bot.exports.layout import Cell, Row, Table, starts, width

HIGHEST = 409  # points: Excel's limit of a row
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40).flatmap(
    lambda one: st.builds(lambda n, end: one * n + end, st.integers(0, 90), st.just("\n末"))
)
rows = st.lists(st.tuples(texts, texts, st.integers(0, 9**6)), min_size=1, max_size=4)


def laid_out(given_rows: list[tuple[str, str, int]]) -> tuple[list[Row], Sized]:
    """A task that reaches down over all of the rows, and what stands beside it."""
    cells: list[Row] = [
        (Cell("任务" if not n else "", "label", above=n > 0), Cell(a), Cell(b), Cell(number=c))
        for n, (a, b, c) in enumerate(given_rows)
    ]
    widths = column_widths((10, 20, 40, 8), 92)
    return cells, sized(Table((10, 20, 40, 8), tuple(cells)), widths)


@settings(max_examples=60)
@given(rows)
def test_no_character_and_no_number_is_lost(given_rows: list[tuple[str, str, int]]) -> None:
    cells, table = laid_out(given_rows)
    for column in (1, 2):
        wanted = "".join(dict(starts(row))[column].text for row in cells)
        assert "".join(dict(starts(row))[column].text for row in table.rows) == wanted
    numbers = [row[3].number for row in table.rows if row[3].number is not None]
    assert numbers == [number for _, _, number in given_rows]


@settings(max_examples=60)
@given(rows)
def test_every_row_can_be_shown_in_full(given_rows: list[tuple[str, str, int]]) -> None:
    _, table = laid_out(given_rows)
    for number, row in enumerate(table.rows):
        assert table.height(number) <= HIGHEST
        for cell in row:
            assert table.lines[number] >= cell.text.count("\n") + 1 or cell.above


@pytest.mark.parametrize("weights", [(1, 1), (8, 60, 8), (60,) * 12])
def test_columns_share_the_whole_width(weights: tuple[int, ...]) -> None:
    widths = column_widths(weights, 140)
    assert sum(widths) == pytest.approx(140, abs=1)
    assert min(widths) >= width("一二三")


def test_a_heading_beside_short_rows_has_room() -> None:
    task = Cell("开展知识产权服务业吸纳就业创业行动", "label")
    table = Table((8, 40), ((task, Cell("一")), (Cell("", "label", above=True), Cell("二"))))
    fitted = sized(table, [8, 40])
    assert sum(fitted.lines) * 6 >= width(task.text)
