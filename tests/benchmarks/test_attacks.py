"""Hostile callbacks over all channels, and the real server stands; how fast is not tested."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.attacks.__main__ import Run, State
from benchmarks.attacks.forging import Forger
from benchmarks.attacks.good import Waits
from benchmarks.attacks.platforms import Keys, Platforms
from benchmarks.attacks.storm import Tally
from tests.platform.aibot_callbacks import Sealing
from tests.platform.wecom import WeComPlatform
from tests.platform.weixin_account import WeixinAccount

ROOT = Path(__file__).parents[2]
KEYS = Keys(WeComPlatform(), WeixinAccount(), Sealing(), "http://127.0.0.1:1")
CALM = State(100.0, 110.0, 20)


def played(**changed: object) -> Run:
    """A clean run, but for what is changed."""
    of = {
        "tally": Tally(Counter({("flipped bits", "403"): 9})),
        "calm": Waits([0.01]),
        "good": Waits([0.01] * 100),
        "before": CALM,
        "after": CALM,
        "log": "2026-01-01 00:00:00.000 WARNING bot: refused\n",
    }
    return Run(**{**of, **changed})  # type: ignore[arg-type]


def test_two_thousand_hostile_callbacks_leave_the_server_as_it_was() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.attacks", "--number", "2000", "--untimed"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.endswith("\nclean\n"), done.stdout + done.stderr
    assert done.returncode == 0


def test_each_seed_attacks_in_its_own_order_and_in_every_way() -> None:
    def kinds(seed: int) -> list[str]:
        forger = Forger(Platforms(KEYS), Random(seed))
        return [forger.shot().kind for _ in range(600)]

    assert kinds(1) == kinds(1) != kinds(2)
    assert len(set(kinds(1))) >= 18


def test_what_must_not_be_is_found() -> None:
    assert played().faults(timed=True) == []
    fives = Tally(Counter({("nested", "500"): 1}))
    assert played(tally=fives).faults(timed=True) == ["1 answers were 5xx"]
    turned_away = Tally(Counter({("nested", "no connection"): 2}))
    assert played(tally=turned_away).faults(timed=True) == ["2 found no connection"]
    assert played(tally=Tally(slow=95.0)).faults(timed=True) == ["a slow one was not cut"]
    assert len(played(log='x\n  File "bot/desk.py", line 1\n').faults(timed=True)) == 1
    assert len(played(log="x ERROR bot.desk: no\n").faults(timed=True)) == 1
    assert len(played(good=Waits([0.01], ["/wecom: status 0"])).faults(timed=True)) == 1
    assert len(played(after=State(180.0, 190.0, 20)).faults(timed=True)) == 1
    assert len(played(after=State(100.0, 110.0, 90)).faults(timed=True)) == 1


def test_slow_answers_are_a_fault_where_time_is_measured() -> None:
    slow = played(good=Waits([0.01] * 95 + [0.3] * 5))
    assert len(slow.faults(timed=True)) == 1
    assert slow.faults(timed=False) == []
