"""Status 1 where a reply was wrong, whatever the speed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.console.filling import FULL as LARGE
from benchmarks.console.filling import QUICK as SMALL
from benchmarks.console.pages import sections
from benchmarks.importing import cases, read, table, tallies
from benchmarks.load import LoadError
from benchmarks.machine import facts
from benchmarks.measure import FULL, QUICK, run
from benchmarks.report import report, wrong
from benchmarks.scaling import SIZES
from benchmarks.scaling import table as scaling
from benchmarks.servers import ServerError
from benchmarks.table import lines
from benchmarks.workers import WORKERS
from benchmarks.workers import sections as sections_of_workers
from knowledge.load import load_regions


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run of some seconds")
    parser.add_argument("--most", type=int, default=max(SIZES), help="notices of the largest base")
    parser.add_argument("--scaling", action="store_true", help="only the table of growing bases")
    parser.add_argument("--console", action="store_true", help="only the table of the console")
    args = parser.parse_args()
    if args.console:
        print(*console(quick=args.quick), sep="\n")
        return 0
    plan = QUICK if args.quick else FULL
    for line in scaling([size for size in SIZES if size <= (100 if args.quick else args.most)]):
        print(line, flush=True)
    if args.scaling:
        return 0
    if not args.quick:  # the tests of the importer read the same corpus
        print("", *importing(), "", sep="\n")
    print(*console(quick=args.quick), "", sep="\n", flush=True)
    print(f"{facts()}; {plan.rounds} rounds, each of all rows in turn\n", flush=True)
    with TemporaryDirectory() as directory:
        try:
            several = sections_of_workers(plan, Path(directory), (2,) if args.quick else WORKERS)
            print(*lines(several), "", sep="\n", flush=True)
            figures = run(plan, Path(directory), _progress)
        except (ServerError, LoadError) as error:
            print(f"benchmarks: {error}", file=sys.stderr)
            return 1
    print(*report(figures), sep="\n")
    return 1 if wrong(figures) else 0


def importing() -> list[str]:
    """How well the importer reads the corpus of the tests, as a table."""
    regions = load_regions()
    return table(tallies((case, read(case, regions)) for case in cases()))


def console(*, quick: bool) -> Iterator[str]:
    """How soon its lists are there, on SQLite, and on PostgreSQL where one answers."""
    return lines(dict(sections(SMALL if quick else LARGE, times=5 if quick else 100)))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text}\033[K", end="\r", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
