"""What was measured, beside the budgets of the design, and whether every reply was right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles

from benchmarks.latency import Latencies
from benchmarks.measure import WAITING, Figures, Loaded, Name
from benchmarks.table import Budget, Row, lines

_TITLES: dict[Name, str] = {
    "floor": "floor: decrypts, parses, answers",
    "repeating": "zhixing serve, questions repeat",
    "unlike": "zhixing serve, no two alike",
}
_THROUGHPUT: dict[Name, Budget] = {
    "repeating": Budget(0.7, least=True, text="≥ 0.70"),
    "unlike": Budget(0.25, least=True, text="≥ 0.25"),
}
# The same, told by what does not depend on who else uses the machine.
_PROCESSOR: dict[Name, Budget] = {
    "repeating": Budget(1 / 0.7, least=False, text="≤ 1.43"),
    "unlike": Budget(1 / 0.25, least=False, text="≤ 4.00"),
}
_ANSWERING = Budget(5.0, least=False, text="< 5 ms")
_START = Budget(1.5, least=False, text="< 1.5 s")
_MEMORY = Budget(200.0, least=False, text="< 200 MB")


def report(figures: Figures) -> Iterator[str]:
    yield from lines(_sections(figures))
    yield ""
    yield from _verdict(figures)


def wrong(figures: Figures) -> list[str]:
    """What was answered wrongly, of all that was asked."""
    bad = [reply for one in _all_loaded(figures) for reply in one.outcome.wrong]
    asks = [one.started for one in figures.rounds if not one.started.right]
    return bad + [f"zhixing ask: {started}" for started in asks]


def _verdict(figures: Figures) -> Iterator[str]:
    bad = wrong(figures)
    asked = sum(len(one.outcome.latencies) for one in _all_loaded(figures))
    compared = sum(one.outcome.compared for one in _all_loaded(figures))
    if not bad:
        yield f"{asked:,} replies, all right: none empty, {compared:,} decrypted and compared."
        return
    yield f"{len(bad)} of {asked:,} replies were wrong, such as"
    yield from (f"  {reply}" for reply in bad[:5])


def _sections(figures: Figures) -> dict[str, Sequence[Row]]:
    names = tuple(_TITLES)
    return {
        f"whole WeCom callback, {figures.plan.connections} connections": [
            _per_second(figures, name) for name in names
        ],
        "processor time of the server a message": [_cpu(figures, name) for name in names],
        "from request to reply under that load": [
            row for name in names for row in _under_load(figures, name)
        ],
        f"understanding and answering, in process, {_questions(figures)} golden questions": [
            *_answering(figures, "asked first", lambda latencies: latencies.cold),
            *_answering(figures, "asked again", lambda latencies: latencies.warm),
        ],
        "storage alone, through the desk": [_stored(figures, waiting) for waiting in WAITING],
        "start and memory": list(_start_and_memory(figures)),
    }


def _per_second(figures: Figures, name: Name) -> Row:
    samples, ratios = _against_floor(figures, name, lambda loaded: loaded.per_second)
    return Row(_TITLES[name], samples, "/s", ratios, _THROUGHPUT.get(name))


def _cpu(figures: Figures, name: Name) -> Row:
    samples, ratios = _against_floor(figures, name, lambda loaded: loaded.cpu_ms)
    return Row(_TITLES[name], samples, "ms", ratios, _PROCESSOR.get(name))


def _under_load(figures: Figures, name: Name) -> Iterator[Row]:
    for percent in (50, 99):
        samples = [_percentile(r.loaded[name].outcome.latencies, percent) for r in figures.rounds]
        yield Row(f"{_TITLES[name]}, p{percent}", samples, "ms")


def _answering(
    figures: Figures, what: str, of: Callable[[Latencies], Sequence[float]]
) -> Iterator[Row]:
    for percent, budget in ((50, None), (99, _ANSWERING)):
        samples = [_percentile(of(one.latencies), percent) for one in figures.rounds]
        yield Row(f"{what}, p{percent}", samples, "ms", budget=budget)


def _stored(figures: Figures, waiting: int) -> Row:
    samples = [one.stored[waiting] for one in figures.rounds]
    return Row(f"{waiting} waiting", samples, "/s")


def _start_and_memory(figures: Figures) -> Iterator[Row]:
    started = [one.started for one in figures.rounds]
    seconds, resident = [s.seconds for s in started], [s.resident_mb for s in started]
    yield Row("zhixing ask, start to first answer", seconds, "s", budget=_START)
    yield Row("zhixing ask, resident at most", resident, "MB", budget=_MEMORY)
    for name, mb in figures.resident_mb.items():
        budget = None if name == "floor" else _MEMORY
        yield Row(f"{_TITLES[name]}, resident", [mb], "MB", budget=budget)


def _against_floor(
    figures: Figures, name: Name, value: Callable[[Loaded], float]
) -> tuple[list[float], list[float]]:
    """One value a round, and its ratio to the floor's in the same round."""
    samples = [value(one.loaded[name]) for one in figures.rounds]
    floors = [value(one.loaded["floor"]) for one in figures.rounds]
    return samples, [sample / floor for sample, floor in zip(samples, floors, strict=True)]


def _all_loaded(figures: Figures) -> Iterator[Loaded]:
    for one in figures.rounds:
        yield from one.loaded.values()


def _questions(figures: Figures) -> int:
    return len(figures.rounds[0].latencies.cold)


def _percentile(seconds: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    if percent == 50:
        return median(seconds) * 1000
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000
