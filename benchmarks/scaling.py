"""How the knowledge base grows: time, memory and quality with a hundred notices and ten thousand.

Each size in a process of its own. Planted notices with questions lie among the others, and others
that say nearly the same of other years and provinces.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from random import Random
from statistics import quantiles
from zoneinfo import ZoneInfo

from benchmarks.growing import Growing, alike, planted
from benchmarks.machine import resident_mb
from bot.asking import asked, golden_reply
from intents.query import Query
from intents.understand import understand
from intents.where import where
from knowledge.golden import judge
from knowledge.load import load_knowledge, shipped_dir
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from knowledge.thesaurus import Thesaurus
from knowledge.yaml_source import read_yaml, validate

SIZES = (100, 1_000, 10_000)
SEED = 20210520
NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
_QUESTIONS = 400
_FORMS = (
    "{place}{year}年{campaign}什么时候{deadline}",
    "{year}年{campaign}里{clause}怎么做",
    "{place}{campaign}联系谁",
    "{clause}有什么要求",
    "{place}{year}年{campaign}的目标是什么",
    "{deadline}什么时候截止",
    "{place}的企业怎么{clause}",
    "{short}联系电话是多少",
    "{short}第三部分讲什么",
    "{short}的附件2要填什么",
    "有没有{campaign}的补贴",
)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Seconds; `right` of `planted` questions were answered as they should be."""

    notices: int
    clauses: int
    built: float
    resident_mb: float
    search: Sequence[float]
    answers: Sequence[float]
    right: int
    planted: int


def table(sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """A line a size, as each is done; the first has the planted notices alone."""
    yield (
        f"{'notices':>8}{'clauses':>9}{'built s':>9}{'clauses/s':>11}{'MB':>7}"
        f"{'search p50':>12}{'p99 ms':>8}{'answer p50':>12}{'p99 ms':>8}{'planted right':>15}"
    )
    for size in (0, *sizes):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            yield _line(process.submit(measure, size).result())


def measure(size: int) -> Scaled:
    """To be called in a fresh process."""
    hidden = planted()
    notices = [one.notice for one in hidden]
    if size:
        notices += [n for one in hidden for n in islice(alike(one, SEED), size // 5)]
        notices += Growing(SEED).notices(max(size - len(notices), 0))
    kb, built = _base(notices)
    questions = list(_questions(notices, Random(SEED)))
    asked(kb, "你好", NOW)  # what is put together for the first question is no part of the others
    asked(kb, questions[0], NOW)
    answers = [_seconds(partial(asked, kb, question, NOW)) for question in questions]
    queries = [understand(question, kb, NOW.year) for question in questions]
    search = [_seconds(partial(_search, kb, query)) for query in queries]
    goldens = [(golden, one.notice.id) for one in hidden for golden in one.notice.golden]
    right = sum(not judge(g, home, golden_reply(kb, g, NOW)) for g, home in goldens)
    clauses = sum(len(notice.clauses) for notice in kb.notices)
    memory = resident_mb(os.getpid())
    return Scaled(len(kb.notices), clauses, built, memory, search, answers, right, len(goldens))


def _base(notices: Sequence[Notice]) -> tuple[KnowledgeBase, float]:
    """With the shipped notices, words and weights; and the seconds that building took."""
    shipped = load_knowledge(shipped_dir())
    thesaurus = validate(read_yaml(shipped_dir() / "thesaurus.yaml"), Thesaurus)
    every = [*shipped.notices, *notices]
    begun = time.perf_counter()
    kb = KnowledgeBase(
        every, shipped.lexicon, shipped.regions, thesaurus=thesaurus, scoring=shipped.scoring
    )
    return kb, time.perf_counter() - begun


def _questions(notices: Sequence[Notice], random: Random) -> Iterator[str]:
    for number in range(_QUESTIONS):
        notice = random.choice(notices)
        deadlines = [deadline.what for deadline in notice.deadlines] or ["报送材料"]
        yield _FORMS[number % len(_FORMS)].format(
            place="" if notice.region == "全国" else notice.region,
            year=notice.year,
            campaign=notice.campaign or notice.short,
            clause=random.choice(notice.clauses).heading,
            deadline=random.choice(deadlines),
            short=notice.short,
        )


def _search(kb: KnowledgeBase, query: Query) -> None:
    kb.index.shortlist(query.segments, lambda unit: True, 24, where(query.scope))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _line(one: Scaled) -> str:
    search, answers = _percentiles(one.search), _percentiles(one.answers)
    return (
        f"{one.notices:>8,}{one.clauses:>9,}{one.built:>9.2f}{one.clauses / one.built:>11,.0f}"
        f"{one.resident_mb:>7,.0f}{search[0]:>12.2f}{search[1]:>8.2f}{answers[0]:>12.2f}"
        f"{answers[1]:>8.2f}{f'{one.right} of {one.planted}':>15}"
    )


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    cut = quantiles(seconds, n=100, method="inclusive")
    return cut[49] * 1000, cut[98] * 1000
