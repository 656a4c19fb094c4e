"""The simulation, as Markdown for docs/规模.md and the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.growth.costs import Costs
from benchmarks.growth.hot import Hot
from benchmarks.growth.steps import Needs, carried, due, workers
from benchmarks.growth.year import Load

NAMES = {
    "inbox": "消息和答复",
    "conversations": "会话",
    "demands": "需求",
    "demand_events": "需求的经过",
    "questions": "待答问题",
    "outbox": "发件箱",
    "audit": "操作记录",
}
PROCESSORS = (1, 2, 4, 8, 16)
_GIB = 2**30


def costs(measured: Costs) -> Iterator[str]:
    yield "| 一条消息 | 本程序 | PostgreSQL |"
    yield "|---|---:|---:|"
    for many, one in measured.messages.items():
        yield f"| {many} 个连接同时 | {one.server:.2f} ms | {one.database:.2f} ms |"
    yield ""
    yield "| 一行 | 数据 | 索引 |"
    yield "|---|---:|---:|"
    for table, name in NAMES.items():
        if row := measured.rows.get(table):
            yield f"| {name} `{table}` | {row.heap:,.0f} B | {row.indexes:,.0f} B |"
    yield ""
    commits = "，".join(f"{many} 个连接 {n:,.0f}" for many, n in measured.commits.items())
    yield f"- 落盘的提交，每秒：{commits}（按钟表，受机器上别的负载影响）"
    yield (
        f"- 管理台内存里的一条需求：{measured.demand_bytes:,.0f} B，"
        f"启动后读入 {measured.demand_ms:.2f} ms"
    )


def hot(measured: Sequence[Hot]) -> Iterator[str]:
    heads = [f"{one.rows:,} 条" for one in measured]
    yield f"| 已有消息 | {' | '.join(heads)} |"
    yield f"|---|{'---:|' * len(measured)}"
    for name, cells in (
        ("一条消息，本程序", [f"{one.desk:.2f} ms" for one in measured]),
        ("一条消息，PostgreSQL", [f"{one.message:.2f} ms" for one in measured]),
        ("一条消息，按钟表 p50", [f"{one.p50:.1f} ms" for one in measured]),
        ("一条消息，按钟表 p99", [f"{one.p99:.1f} ms" for one in measured]),
        ("一人最近 20 条", [f"{one.listed:.2f} ms" for one in measured]),
        ("近 30 天的统计，每千条", [f"{one.tallied_ms * 1000:.2f} ms" for one in measured]),
        ("每夜清除：没有可清的", [f"{one.looked_ms:.2f} ms" for one in measured]),
        ("每夜清除：删掉，每千条", [f"{one.purged_ms * 1000:.2f} ms" for one in measured]),
        ("清除了", [f"{one.purged:,} 条" for one in measured]),
    ):
        yield f"| {name} | {' | '.join(cells)} |"


def steps(found: dict[str, Needs], measured: Costs) -> Iterator[str]:
    rows: list[tuple[str, list[str]]] = [
        ("一年消息", [f"{n.load.messages / 1e4:,.0f} 万" for n in found.values()]),
        ("平均每秒", [f"{n.load.mean_second:,.2f}" for n in found.values()]),
        ("最忙的一天", [f"{n.load.peak_day / 1e4:,.1f} 万" for n in found.values()]),
        ("最忙的一秒", [f"{n.load.peak_second:,.1f}" for n in found.values()]),
        ("那时本程序占核", [f"{n.server:,.2f}" for n in found.values()]),
        ("那时 PostgreSQL 占核", [f"{n.database:,.2f}" for n in found.values()]),
        ("进程数", [f"{workers(n):,}" for n in found.values()]),
        ("消息最多存着", [f"{n.load.most_rows / 1e4:,.0f} 万条" for n in found.values()]),
        ("消息表，含索引", [_bytes(n.inbox) for n in found.values()]),
        ("其中索引", [_bytes(n.indexes) for n in found.values()]),
        ("五年后全库", [_bytes(n.whole) for n in found.values()]),
        ("最长一夜的清除", [_seconds(n.purging) for n in found.values()]),
        ("近 30 天统计一次", [_seconds(n.figures) for n in found.values()]),
        ("五年后管理台内存，每个进程", [_bytes(n.ledger) for n in found.values()]),
        ("需要", ["；".join(due(n, measured)) for n in found.values()]),
    ]
    yield f"| | {' | '.join(found)} |"
    yield f"|---|{'---:|' * len(found)}"
    for name, cells in rows:
        yield f"| {name} | {' | '.join(cells)} |"


def nodes(measured: Costs, shape: Load) -> Iterator[str]:
    yield "| 一台机器，程序和数据库同在 | 一年能接的消息 |"
    yield "|---|---:|"
    for processors in PROCESSORS:
        yield f"| {processors} 核 | {carried(measured, shape, processors) / 1e4:,.0f} 万 |"


def _bytes(count: float) -> str:
    if count >= _GIB * 1024:
        return f"{count / _GIB / 1024:,.1f} TB"
    return f"{count / _GIB:,.1f} GB" if count >= _GIB else f"{count / 2**20:,.0f} MB"


def _seconds(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:,.1f} 秒"
    return f"{seconds / 60:,.0f} 分钟"
