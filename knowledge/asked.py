"""asked.json: the known askings as `zhixing kb tune` writes them, by the place they ask for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from knowledge.askings import Asking, place_of
from knowledge.leanings import Place

FILE = "asked.json"


def read_askings(path: Path) -> tuple[Asking, ...]:
    """Those of an asked.json; none where there is no such file. Raises ValueError, OSError."""
    if not path.exists():
        return ()
    told: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    places: dict[str, list[Place]] = defaultdict(list)
    for place, asked in told.items():
        for question in asked:
            places[question] += [place_of(place, None)] if place else []
    same: dict[tuple[Place, ...], tuple[Place, ...]] = {}  # many have one place
    found = ((question, tuple(where)) for question, where in places.items())
    return tuple(Asking(question, same.setdefault(where, where)) for question, where in found)


def written(asked: Iterable[Asking]) -> str:
    """The text of an asked.json: by `notice#label` the questions that it answers; "" is silence."""
    told: dict[str, list[str]] = defaultdict(list)
    for asking in asked:
        for notice, label in asking.places or (("", ""),):
            told[f"{notice}#{label}" if notice else ""].append(asking.question)
    ordered = {place: sorted(set(told[place])) for place in sorted(told)}
    return json.dumps(ordered, ensure_ascii=False, indent=1) + "\n"
