"""The table: what share of which questions was answered as it should be, beside the targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from bot.evaluating.asking import Outcome
from intents.invented import is_list, told
from knowledge.golden import wanted
from knowledge.question import Golden

MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """`of` picks the questions that count, `right` the outcomes that are as they should be.

    `target` is the least share in points, where there is one; of what is `counted`, the most.
    """

    name: str
    of: Callable[[Golden], bool]
    right: Callable[[Outcome], bool]
    target: float | None = None
    counted: bool = False


def _answerable(golden: Golden) -> bool:
    return golden.kinds[0] == "answer"


def _near(golden: Golden) -> bool:
    return golden.near and golden.kinds == ("refuse",)


def _cited_first(outcome: Outcome) -> bool:
    return outcome.first_cited in wanted(outcome.case.golden, outcome.case.home)


def _refused(outcome: Outcome) -> bool:
    return outcome.reply.kind == "refuse"


def _right(outcome: Outcome) -> bool:
    return outcome.right


MEASURES: tuple[Measure, ...] = (
    Measure("answerable: all facts, right clause cited", _answerable, _right, 97),
    Measure(
        "  right clause cited first",
        lambda g: g.kinds == ("answer",) and bool(g.clauses),
        _cited_first,
    ),
    Measure("  follow-ups", lambda g: _answerable(g) and bool(g.context), _right, 95),
    Measure("  two questions in one", lambda g: _answerable(g) and g.both, _right),
    Measure("wrong statements said", lambda _: True, lambda o: bool(o.wrong), 0, counted=True),
    Measure("near misses refused", _near, _refused, 95),
    Measure("  with the nearest known thing", _near, lambda o: _refused(o) and o.right, 95),
    Measure(
        "other things out of scope refused",
        lambda g: "refuse" in g.kinds and not g.near,
        _right,
        100,
    ),
    Measure("needs taken, for the right task", lambda g: "collect" in g.kinds, _right, 95),
    Measure("asked back, where it is open", lambda g: g.kinds[0] == "clarify", _right),
    Measure(
        "small talk and commands",
        lambda g: g.kinds[0] in ("smalltalk", "command"),
        _right,
    ),
    Measure("all of them", lambda _: True, _right),
)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def points(self) -> float | None:
        """Per hundred; None where there is nothing to count."""
        return 100 * self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Column:
    """One way of asking one set of questions: a share for each of `MEASURES`, in their order.

    `longest` and `longest_list` are characters of answers, `p50` and `p99` milliseconds.
    """

    name: str
    shares: tuple[Share, ...]
    longest: int
    longest_list: int
    p50: float
    p99: float


def column(name: str, outcomes: Sequence[Outcome]) -> Column:
    answers = [told(o.reply) for o in outcomes if o.reply.kind == "answer"]
    p50, p99 = _percentiles([MILLISECONDS * o.seconds for o in outcomes])
    return Column(
        name,
        tuple(_share(measure, outcomes) for measure in MEASURES),
        longest=max((len(text) for text in answers if not is_list(text)), default=0),
        longest_list=max((len(text) for text in answers if is_list(text)), default=0),
        p50=p50,
        p99=p99,
    )


def confusions(outcomes: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """(expected, got) of the replies that are of another kind than they should be."""
    return Counter(
        (o.case.golden.kind, o.reply.kind)
        for o in outcomes
        if o.reply.kind not in o.case.golden.kinds
    )


def _share(measure: Measure, outcomes: Sequence[Outcome]) -> Share:
    counted = [o for o in outcomes if measure.of(o.case.golden)]
    return Share(sum(map(measure.right, counted)), len(counted))


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    if len(values) < 2:
        return (*values, *values)[:2] if values else (0.0, 0.0)  # type: ignore[return-value]
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]
