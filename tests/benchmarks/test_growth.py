"""The simulated year holds what it was given, and steps fall due by their rules alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.growth.costs import Costs, Message, Row
from benchmarks.growth.hot import Hot
from benchmarks.growth.steps import due, needs
from benchmarks.growth.year import DAYS, Load, Nation, Year

KEPT = 90
HOT = Hot(1_000, 5.0, 0.5, 5.0, 9.0, 0.2, 0.001, 0.0005, 0.01, 10)
COSTS = Costs(
    messages={2: Message(server=5.0, database=0.5)},
    rows={
        "inbox": Row(1_300, 250),
        "conversations": Row(600, 100),
        "demands": Row(600, 300),
    },
    commits={1: 1_000.0, 16: 5_000.0},
    demand_bytes=1_000.0,
    demand_ms=0.1,
)


@pytest.fixture(scope="module")
def year() -> Year:
    return Year(Nation(), seed=1)


def test_a_year_has_all_its_messages_cities_and_enterprises(year: Year) -> None:
    nation = Nation()
    assert year.daily.shape == (nation.cities, DAYS)
    assert year.daily.sum() == pytest.approx(nation.messages)
    assert year.enterprises.sum() == pytest.approx(nation.enterprises)
    assert len(np.unique(year.province)) == nation.provinces


def test_the_same_seed_gives_the_same_year_and_another_another(year: Year) -> None:
    assert np.array_equal(Year(Nation(), seed=1).daily, year.daily)
    assert not np.array_equal(Year(Nation(), seed=2).daily, year.daily)


def test_deadlines_make_peaks(year: Year) -> None:
    load = Load(year.of("nation"), KEPT)
    assert load.peak_day > 5 * load.messages / DAYS
    assert load.most_rows > KEPT * load.messages / DAYS


def test_a_city_is_no_more_than_its_province_and_that_no_more_than_the_nation(year: Year) -> None:
    city, province, nation = (year.of(kind).sum() for kind in ("city", "province", "nation"))
    assert city < province < nation


def test_a_city_needs_one_process_and_a_hundred_nations_need_every_step(year: Year) -> None:
    city = needs(Load(year.of("city"), KEPT), COSTS, HOT)
    assert due(city, COSTS) == ["一个进程，SQLite"]
    whole = Load(year.of("nation"), KEPT)
    hundred = needs(replace(whole, daily=whole.daily * 100), COSTS, HOT)
    assert [step.split("，")[0] for step in due(hundred, COSTS)] == [
        "PostgreSQL",
        "消息按月分区",
        "统计走只读副本",
        "分布式 PostgreSQL",
    ]
