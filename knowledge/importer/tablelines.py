"""Tables of which each cell came out as a line of its own: the header's words, then the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.importer.passage import Passage
from knowledge.importer.tables import NOTHING, Grid, Row, continued
from knowledge.importer.taskcolumns import names_tasks

_FEWEST, _MOST = 3, 6
_NUMBER = re.compile(r"\s*(\d{1,3})\s*(?:[.．、)）]\s*|$)")


def grid_of_lines(lines: Sequence[Passage]) -> Grid | None:
    """The table that the lines were, by its header and the numbers of its rows. None where they
    were none, or where a row's cells cannot be told apart."""
    for at in range(len(lines)):
        for width in range(_MOST, _FEWEST - 1, -1):
            header = tuple(lines[at : at + width])
            if len(header) == width and names_tasks(header):
                return _grid(header, lines[at + width :])
    return None


def _grid(header: Row, body: Sequence[Passage]) -> Grid | None:
    starts = _starts(body)
    if len(starts) < 2 or starts[0] > 1:
        return None
    ends = [*starts[1:], len(body)]
    rows = [_row(body[start:end], header) for start, end in zip(starts, ends, strict=True)]
    heading = [(lines[0], *[NOTHING] * (len(header) - 1)) for lines in [body[: starts[0]]] if lines]
    whole = [row for row in rows if row]
    return (header, *heading, *whole) if len(whole) == len(rows) else None


def _starts(body: Sequence[Passage]) -> list[int]:
    """The lines that begin with 1, 2, 3 and so on."""
    starts: list[int] = []
    for at, line in enumerate(body):
        match = _NUMBER.match(line.text)
        if match and int(match[1]) == len(starts) + 1:
            starts.append(at)
    return starts


def _row(lines: Sequence[Passage], header: Row) -> Row:
    """Lines beyond the columns belong to the longest cell; empty where lines are missing."""
    spare = len(lines) - len(header)
    if spare < 0:
        return ()
    if spare == 0:
        return tuple(lines)
    runs = range(len(header))
    long = max(runs, key=lambda at: sum(len(line) for line in lines[at : at + spare + 1]))
    middle = continued(lines[long : long + spare + 1])
    return (*lines[:long], middle, *lines[long + spare + 1 :])
