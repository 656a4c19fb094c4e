"""What a load needs: processors, bytes, and by which rule the next step is due."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.growth.costs import Costs
from benchmarks.growth.hot import Hot
from benchmarks.growth.year import Load

BUSY = 0.5
"""The share of a processor that may be busy in the fullest second."""

FILES = 1.3
"""What dead rows and half-filled pages add to a table that is written to all day."""

PER_MESSAGE = {
    "demands": 0.006,
    "demand_events": 0.02,
    "questions": 0.04,
    "outbox": 0.15,
    "audit": 0.02,
}
"""Rows a message: a demand of one enterprise in ten a year; the others by what it brings along."""

SENDERS = 0.02
"""People who write, a message a year: fifty messages each."""

KEPT_YEARS = {"demands": 5.0, "demand_events": 5.0, "audit": 5.0, "questions": 2.0, "outbox": 2.0}
"""Years after which the table is measured, or its rows go (`privacy.retention_days`)."""

SQLITE_MOST = 0.5
"""Processors that one process and one file may need at the peak."""

ONE_MACHINE = 16
"""Processors of the database's machine, of which `BUSY` may be used."""

MEMORY = 64 * 2**30
"""Bytes of that machine; a quarter of it for the indexes of the messages."""

NIGHT = 3600.0
"""Seconds in which what is old must be gone."""

READING = 2.0
"""Seconds that the figures of the last thirty days may take."""

LARGEST = 4 * 2**40
"""Bytes that one machine's backup and restore still manage in a night."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Of one load. Processors at the peak; bytes; seconds a night, and for one look."""

    load: Load
    server: float
    database: float
    commits: float
    inbox: float
    indexes: float
    whole: float
    purging: float
    figures: float
    ledger: float


def needs(load: Load, costs: Costs, hot: Hot) -> Needs:
    message = costs.messages[min(costs.messages)]
    inbox = costs.rows["inbox"]
    senders = load.messages * SENDERS * costs.rows["conversations"].whole
    others = sum(
        load.messages * PER_MESSAGE[table] * years * costs.rows[table].whole
        for table, years in KEPT_YEARS.items()
        if table in costs.rows
    )
    lying = load.most_rows * FILES
    return Needs(
        load=load,
        server=load.peak_second * message.server / 1000,
        database=load.peak_second * message.database / 1000,
        commits=load.peak_second,
        inbox=lying * inbox.whole,
        indexes=lying * inbox.indexes,
        whole=lying * inbox.whole + (senders + others) * FILES,
        purging=load.peak_day * hot.purged_ms / 1000,
        figures=load.fullest(30) * hot.tallied_ms / 1000,
        ledger=load.messages * PER_MESSAGE["demands"] * KEPT_YEARS["demands"] * costs.demand_bytes,
    )


def due(of: Needs, costs: Costs) -> list[str]:
    """The steps that it takes, each by its rule."""
    found = []
    if of.server + of.database > SQLITE_MOST:
        found.append(f"PostgreSQL，{workers(of)} 个进程")
    if of.indexes > MEMORY / 4 or of.purging > NIGHT:
        found.append("消息按月分区")
    if of.figures > READING:
        found.append("统计走只读副本")
    if (
        of.database > ONE_MACHINE * BUSY
        or of.commits > BUSY * costs.commits[max(costs.commits)]
        or of.whole > LARGEST
    ):
        found.append("分布式 PostgreSQL")
    return found or ["一个进程，SQLite"]


def workers(of: Needs) -> int:
    """One processor each, and one to spare, so that one may be replaced."""
    return int(-(-of.server // BUSY)) + 1


def carried(costs: Costs, load: Load, processors: int) -> float:
    """Messages a year in this load's shape that so many processors, database and all, carry."""
    message = costs.messages[min(costs.messages)]
    a_second = processors * BUSY * 1000 / (message.server + message.database)
    return a_second * load.messages / load.peak_second
