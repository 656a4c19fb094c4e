"""Alert rules and the Grafana board ask for nothing that the assistant does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from bot.care.counts import Counts
from bot.care.state import Gauges, State
from storage.health import Queue
from tests.deploy.tools import DEPLOY

RULES = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))
BOARD = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))

_FROM_PROMETHEUS = {"up", "instance", "job", "le"}
_WORDS = set(
    [
        "sum",
        "min",
        "max",
        "by",
        "rate",
        "increase",
        "delta",
        "histogram_quantile",
        "and",
        "or",
        "unless",
        "label_values",
    ]
)
_ALL = [rule for group in RULES["groups"] for rule in group["rules"]]


@pytest.fixture(scope="module")
def told() -> tuple[set[str], set[str]]:
    """The names of all metrics, and of all their labels, one of each kind having happened."""
    counts = Counts()
    registry = CollectorRegistry()
    registry.register(Gauges(State(1, 1, 1, {"outbox": True}, {"wecom": Queue()})))
    names, labels = set(), {"channel", "kind", "path", "status", "outcome", "platform", "loop"}
    for family in [*registry.collect(), *counts.registry.collect()]:
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        names |= {family.name + end for end in suffixes.get(family.type, [""])}
        labels |= {label for sample in family.samples for label in sample.labels}
    return names, labels


def asked(query: str) -> set[str]:
    """The identifiers of a query: metrics and labels."""
    bare = re.sub(r'"[^"]*"', "", query)
    return set(re.findall(r"(?<![\w$])[a-z_]{2,}(?![\w])", re.sub(r"\b\d+[a-z0-9]*", "", bare)))


def queries() -> Iterator[str]:
    yield from (rule["expr"] for rule in _ALL)
    yield from (target["expr"] for panel in BOARD["panels"] for target in panel["targets"])
    for variable in BOARD["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["query"]


@pytest.mark.parametrize("query", sorted(set(queries())))
def test_it_asks_for_what_there_is(query: str, told: tuple[set[str], set[str]]) -> None:
    names, labels = told
    assert asked(query) <= names | labels | _FROM_PROMETHEUS | _WORDS


def test_every_metric_of_ours_is_watched(told: tuple[set[str], set[str]]) -> None:
    ours = {name for name in told[0] if name.startswith("zhixing_")}
    seen = set().union(*map(asked, queries()))
    histogram = {"zhixing_answer_seconds_sum", "zhixing_answer_seconds_count"}
    assert ours - seen <= histogram


@pytest.mark.parametrize("rule", _ALL, ids=[rule["alert"] for rule in _ALL])
def test_an_alert_says_what_is_wrong_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert set(rule["annotations"]) == {"summary", "action"}
    assert all(rule["annotations"].values())
    by = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    aggregated = re.search(r"by \(([^)]*)\)", rule["expr"])
    if "sum(" in rule["expr"] or aggregated:
        kept = {name.strip() for name in aggregated.group(1).split(",")} if aggregated else set()
        assert by <= kept


def test_the_boards_panels_stand_side_by_side_and_are_numbered_once() -> None:
    places = [panel["gridPos"] for panel in BOARD["panels"]]
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(places)
    cells = [(p["x"] + i, p["y"] + j) for p in places for i in range(p["w"]) for j in range(p["h"])]
    assert len(cells) == len(set(cells))
    assert all(p["x"] + p["w"] <= 24 for p in places)
