"""`make bench` measures what it says, and only right replies count. How fast is not tested."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.load import Job, Utterance, run
from benchmarks.machine import CORES
from benchmarks.measure import SEED
from benchmarks.questions import DISTINCT, repeating, unlike
from benchmarks.servers import Server, environment, running
from benchmarks.table import Budget, Row
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from tests.platform.wecom import WeComPlatform

ROOT = Path(__file__).parents[2]
ROWS = (
    "floor: decrypts, parses, answers  ",
    "zhixing serve, questions repeat  ",
    "zhixing serve, no two alike  ",
    "asked first, p50",
    "asked first, p99",
    "asked again, p50",
    "asked again, p99",
    "1 waiting",
    "8 waiting",
    "32 waiting",
    "workers: 2",
    "zhixing ask, start to first answer",
    "zhixing serve, questions repeat, resident",
)
PLATFORM = WeComPlatform()


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_knowledge(shipped_dir())


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Server]:
    env = environment(tmp_path, PLATFORM)
    with running("benchmarks.floor", directory=tmp_path, env=env) as server:
        yield server


def anything(_text: str) -> frozenset[str]:
    return frozenset()


def test_a_quick_run_prints_every_row_and_all_replies_are_right() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert f"{len(CORES)} cores" in done.stdout
    assert [row for row in ROWS if row not in done.stdout] == []
    assert "replies, all right" in done.stdout
    assert done.returncode == 0


def test_a_reply_with_another_text_than_expected_is_found(floor: Server) -> None:
    said = Utterance("zhangsan", "您好", frozenset({"不是这个"}))
    outcome = run(Job(floor.port, PLATFORM, (said,), connections=1))
    assert len(outcome.wrong) == 1


def test_a_request_that_the_server_refuses_is_found(floor: Server) -> None:
    stranger = WeComPlatform(token="guessed")
    outcome = run(Job(floor.port, stranger, (Utterance("zhangsan", "您好"),) * 3, connections=2))
    assert len(outcome.wrong) == 3
    assert "status 500" in outcome.wrong[0]


def test_repeating_questions_are_few_and_some_of_them_frequent(kb: KnowledgeBase) -> None:
    texts = [said.text for said in repeating(kb, anything, SEED).take(2_000)]
    assert len(set(texts)) <= DISTINCT
    assert max(map(texts.count, set(texts))) > 10 * len(texts) / DISTINCT


def test_of_the_others_no_two_are_alike(kb: KnowledgeBase) -> None:
    asked = unlike(kb, anything, SEED)
    texts = [said.text for _ in range(3) for said in asked.take(1_000)]
    assert len(set(texts)) == 3_000


def test_both_runs_of_the_same_seed_ask_the_same(kb: KnowledgeBase) -> None:
    for kind in (repeating, unlike):
        first, second = (kind(kb, anything, SEED).take(500) for _ in range(2))
        assert first == second


def test_newcomers_are_compared_with_what_is_expected_of_them(kb: KnowledgeBase) -> None:
    said = unlike(kb, lambda text: frozenset({text}), SEED).take(200)
    compared = [one for one in said if one.expected]
    assert len(compared) == 4
    assert all(one.expected == {one.text} for one in compared)
    assert len({one.user for one in compared}) == 4


@pytest.mark.parametrize(
    ("samples", "ratios", "verdict"),
    [([900.0], [0.6, 0.7, 0.9], "met"), ([900.0], [0.6, 0.69, 0.9], "MISSED")],
)
def test_a_budget_for_throughput_is_judged_by_the_median_ratio(
    samples: list[float], ratios: list[float], verdict: str
) -> None:
    row = Row("ours", samples, "/s", ratios, Budget(0.7, least=True, text="≥ 0.70"))
    assert row.cells[-1] == verdict


def test_a_budget_for_time_is_judged_by_the_median_of_the_rounds() -> None:
    budget = Budget(5.0, least=False, text="< 5 ms")
    assert Row("p99", [9.0, 4.9, 1.0], "ms", budget=budget).cells[-1] == "met"
    assert Row("p99", [9.0, 9.0, 1.0], "ms", budget=budget).cells[-1] == "MISSED"
