"""`python -m benchmarks.growth [--seed 1]`: what a nation's year takes, on costs measured here.

`--load N`: loads N messages into a PostgreSQL database of its own, and measures the paths that grow
with them, before and after; the database is dropped at the end.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.growth import costs, hot, told
from benchmarks.growth.costs import FULL, QUICK
from benchmarks.growth.steps import Needs, needs
from benchmarks.growth.year import Kind, Load, Nation, Year
from benchmarks.load import LoadError
from benchmarks.machine import facts
from benchmarks.servers import ServerError
from bot.keeping import ASKED
from tests.scratch import scratch

ROWS, MESSAGES = 200_000, 400
_PLACES: dict[str, Kind] = {"最大的市": "city", "最大的省": "province", "全国": "nation"}
_TIMES = (10, 100)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--load", type=int, metavar="N", help="only load and measure")
    parser.add_argument("--quick", action="store_true", help="a smoke run")
    args = parser.parse_args()
    try:
        for line in _loaded(args.load) if args.load else _grown(args.seed, args.quick):
            print(line, flush=True)
    except (OSError, ServerError, LoadError, ValueError) as error:
        print(f"benchmarks.growth: {error}", file=sys.stderr)
        return 1
    return 0


def _loaded(rows: int) -> Iterator[str]:
    messages = min(max(rows // 100, 100), MESSAGES)
    yield f"{facts()}; {rows:,} messages\n"
    with scratch("hot") as made:
        yield from told.hot(list(hot.measure(made.url, made.name, rows, messages)))


def _grown(seed: int, quick: bool) -> Iterator[str]:
    yield f"{facts()}; seed {seed}\n"
    measured = costs.measure(QUICK if quick else FULL)
    yield from ("## 量到的", "", *told.costs(measured), "")
    rows = 2_000 if quick else ROWS
    with scratch("hot") as made:
        paths = list(hot.measure(made.url, made.name, rows, 20 if quick else MESSAGES))
    year = Year(Nation(), seed)
    yield from (*told.hot(paths), "")
    of_nation = Load(year.of("nation"), ASKED.days)
    yield from ("## 一台机器", "", *told.nodes(measured, of_nation), "")
    yield from ("## 一步一步", "", *told.steps(_places(year, measured, paths[-1]), measured))


def _places(year: Year, measured: costs.Costs, path: hot.Hot) -> dict[str, Needs]:
    loads = {name: Load(year.of(kind), ASKED.days) for name, kind in _PLACES.items()}
    whole = loads["全国"]
    loads |= {f"全国的 {n} 倍": replace(whole, daily=whole.daily * n) for n in _TIMES}
    return {name: needs(load, measured, path) for name, load in loads.items()}


if __name__ == "__main__":
    sys.exit(main())
