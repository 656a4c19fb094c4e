"""What a SQLite database holds, table by table: where its growth comes from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_SIZES = """\
SELECT m.tbl_name, sum(s.pgsize) AS size,
       sum(CASE WHEN m.type = 'index' THEN s.pgsize ELSE 0 END) AS indexes
FROM dbstat AS s JOIN sqlite_master AS m ON m.name = s.name
WHERE s.aggregate = TRUE
GROUP BY m.tbl_name ORDER BY size DESC"""
_LEAST = 0.01
"""The share of the whole below which a table is not shown."""


def megabytes(database: Path) -> float:
    """With what is not yet written into its file."""
    files = database.parent.glob(f"{database.name}*")
    return sum(file.stat().st_size for file in files) / 2**20


def contents(database: Path) -> Iterator[str]:
    """A table of the largest ones; their indexes count with them."""
    yield "| 表 | 行 | MB | 其中索引 MB | 每行 B |"
    yield "|---|---:|---:|---:|---:|"
    with closing(sqlite3.connect(database)) as opened:
        found = list(opened.execute(_SIZES))
        whole = sum(size for _, size, _ in found)
        for name, size, indexes in found:
            if size < _LEAST * whole:
                continue
            (rows,) = opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            each = size / max(rows, 1)
            mb, of_indexes = size / 2**20, indexes / 2**20
            yield f"| {name} | {rows:,} | {mb:,.1f} | {of_indexes:,.1f} | {each:,.0f} |"
