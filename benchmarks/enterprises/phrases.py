"""The lists of phrases beside this module, and drawing from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml

_HERE = Path(__file__).parent
_KEPT = re.compile(r"\[([^\]]+)\]")
_T = TypeVar("_T")


@cache
def load(name: str) -> dict[str, Any]:
    """The file `name`.yaml."""
    data: dict[str, Any] = yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def listed(*keys: str) -> Any:
    """What phrases.yaml holds under `keys`."""
    found: Any = load("phrases")
    for key in keys:
        found = found[key]
    return found


def draw(rng: Random, *keys: str, **values: str) -> str:
    """A phrase of the list under `keys`, filled in."""
    return fill(rng.choice(listed(*keys)), **values)


def fill(phrase: str, **values: str) -> str:
    for name, value in values.items():
        phrase = phrase.replace(f"{{{name}}}", value)
    return phrase


def chance(rng: Random, share: float) -> bool:
    return rng.random() < share


def weighted(rng: Random, choices: Sequence[tuple[_T, float]]) -> _T:
    return rng.choices([c for c, _ in choices], [w for _, w in choices])[0]


@dataclass(frozen=True, slots=True)
class Need:
    """A need as it is told, what of it must stay in the entry, and its key task."""

    text: str
    kept: tuple[str, ...]
    task: str
    guessable: bool = True

    def run_on(self) -> Need:
        """Without any punctuation, as a voice input writes it."""
        kept = tuple(_bare(part) for part in self.kept)
        return Need(_bare(self.text), kept, self.task, self.guessable)


def need(text: str, task: str, guessable: bool = True) -> Need:
    return Need(_KEPT.sub(r"\1", text), tuple(_KEPT.findall(text)), task, guessable)


def _bare(text: str) -> str:
    return re.sub("[，、。；]", "", text)


@cache
def needs() -> tuple[Need, ...]:
    """Needs whose key task can be told from their words."""
    by_task = {t: n for t, n in load("needs").items() if t not in ("changed_task", "more")}
    return tuple(need(text, task) for task, texts in by_task.items() for text in texts)


@cache
def surprising_needs() -> tuple[Need, ...]:
    """Needs that the enterprise sees under another key task than their words tell."""
    rows = load("needs")["changed_task"]
    return tuple(need(row["text"], row["task"], guessable=False) for row in rows)


@cache
def details() -> tuple[Need, ...]:
    return tuple(need(text, "") for text in load("needs")["more"])
