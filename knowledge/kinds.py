"""What tells the kinds of messages apart, learnt from knowledge/training: weights in kinds.json.

`zhixing kb tune` learns them anew. They come with the program and never change while it runs.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("kinds.json")
Words = Mapping[str, Sequence[str]]
SCALE = 100
"""Weights are kept as whole numbers of hundredths."""


@dataclass(frozen=True)
class Head:
    """A linear classifier: for each feature the weight that it adds to each class, in hundredths.

    Features that the file does not hold weigh nothing.
    """

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, Sequence[int]]

    def sums(self, features: Iterable[str]) -> list[float]:
        """The score of each class."""
        rows = filter(None, map(self.weights.get, features))
        return [sum(column) / SCALE for column in zip(self.bias, *rows, strict=True)]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each class is; together 1."""
        return dict(zip(self.classes, softmax(self.sums(features)), strict=True))


@dataclass(frozen=True)
class Kinds:
    """`kind`, `theme` and `intent` of messages. `groups` are words that make one feature each,
    `about` the same for what a need is about; `themes` patterns of the names of key tasks that a
    theme is of."""

    groups: Words
    about: Words
    themes: Mapping[str, str]
    kind: Head
    theme: Head
    intent: Head


def softmax(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    grown = [math.exp(value - top) for value in sums]
    total = sum(grown)
    return [value / total for value in grown]


def from_json(data: Mapping[str, Any]) -> Kinds:
    """Raises KeyError or TypeError where the data are not what `to_json` gives."""
    heads = {
        name: Head(tuple(head["classes"]), tuple(head["bias"]), head["weights"])
        for name, head in data["heads"].items()
    }
    return Kinds(groups=data["groups"], about=data["about"], themes=data["themes"], **heads)


def _packed(weights: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
    """The same in a third of the room: there are thousands of features."""
    return {feature: array("i", row) for feature, row in weights.items()}


def to_json(kinds: Kinds) -> dict[str, Any]:
    heads = {"kind": kinds.kind, "theme": kinds.theme, "intent": kinds.intent}
    return {
        "groups": dict(kinds.groups),
        "about": dict(kinds.about),
        "themes": dict(kinds.themes),
        "heads": {
            name: {
                "classes": head.classes,
                "bias": head.bias,
                "weights": {f: list(row) for f, row in head.weights.items()},
            }
            for name, head in heads.items()
        },
    }


@cache
def shipped() -> Kinds:
    """The weights that come with the program, read once."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    for head in data["heads"].values():
        head["weights"] = _packed(head["weights"])
    return from_json(data)
