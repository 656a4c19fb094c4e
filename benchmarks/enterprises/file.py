"""Dialogues that were written by hand: JSON lines as in the samples, or YAML as in the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.enterprises.dialogue import Dialogue


def read(path: Path) -> list[Dialogue]:
    """Raises OSError, ValueError (no JSON), yaml.YAMLError and KeyError (what lacks a key)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        return [_dialogue(row, _flat(row)) for row in yaml.safe_load(text)]
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [_dialogue(row, row["expect"]) for row in rows]


def _dialogue(row: Mapping[str, Any], expect: dict[str, Any]) -> Dialogue:
    turns = list(row["turns"])
    return Dialogue(str(row["id"]), turns, row.get("days") or [0] * len(turns), expect)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """`名: {contains: [..]}` and the outcome beside it, as the samples have them."""
    flat: dict[str, Any] = {}
    for name, expected in row.get("expect", {}).items():
        if isinstance(expected, dict):
            flat |= {f"{name} {how}": parts for how, parts in expected.items()}
        else:
            flat[name] = expected
    return flat | {"outcome": row["outcome"]}
