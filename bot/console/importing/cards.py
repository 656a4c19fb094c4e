"""What a reviewer has before them: each value that was read, as the draft's file has it now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from bot.console.importing.fields import Field, fields_of
from bot.console.importing.imported import Reading
from bot.console.importing.marking import Mark, excerpt
from knowledge.yaml_source import Loc
from storage.readings import State, StoredReading

_CLAUSES = ("发文信息", "落款")


@dataclass(frozen=True, slots=True)
class Card:
    """`loc` is where the value stands in the file now, None where that cannot be told: somebody
    has added or taken away others of its family there. `was` tells whether it is still the same.
    `problems` are those of no single field."""

    number: int
    reading: Reading
    state: State
    loc: Loc | None
    fields: tuple[Field, ...]
    was: str
    sentence: Sequence[tuple[str, bool]]
    problems: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Its values in one line."""
        shown = [f.typed for f in self.fields if f.kind in ("text", "date", "number", "list")]
        return " ".join(" ".join(shown).split())

    @property
    def anchored(self) -> str:
        return next((field.typed for field in self.fields if field.kind == "clause"), "")

    @property
    def waits(self) -> bool:
        return self.state == "waiting" and self.loc is not None

    @property
    def marked(self) -> frozenset[str]:
        """The names of the fields that are highlighted in the source."""
        return frozenset(self.reading.spans)

    def mark_of(self, field: Field) -> str:
        """The id of the highlighted value; empty where the text does not hold it."""
        name = "due" if field.name in ("words", "open") else field.name
        name = "start" if name not in self.marked and "start" in self.marked else name
        return f"m{self.number}-{name}" if name in self.marked else ""

    def with_problems(self, fields: Sequence[Field], problems: Sequence[str]) -> Card:
        return replace(self, fields=tuple(fields), problems=tuple(problems))


def cards_of(stored: Sequence[StoredReading], data: Any, source: str) -> list[Card]:
    """In the order in which they are to be looked at: the doubtful ones first, the least sure of
    them first of all. `data` is the file as it is now."""
    readings = {one.number: Reading.from_json(one.reading) for one in stored}
    places = _places(stored, readings, data)
    cards = [_card(one, readings[one.number], places[one.number], data, source) for one in stored]
    return sorted(cards, key=lambda c: (not c.reading.doubtful, c.reading.sure, c.number))


def marks_of(cards: Sequence[Card]) -> list[Mark]:
    """What is highlighted in the source: all but what was taken out of the file."""
    return [
        Mark(card.number, name, span, card.waits and card.reading.doubtful)
        for card in cards
        if card.state != "dropped"
        for name, span in card.reading.spans.items()
    ]


def labels_of(data: Any) -> tuple[str, ...]:
    """What a fact of the file may be anchored to."""
    clauses = [one.get("label") for one in _items(data, "clauses")]
    attachments = [one.get("label") for one in _items(data, "attachments")]
    tasks = [one.get("clause") for one in _items(data, "tasks")]
    found = [*clauses, *attachments, *tasks, *_CLAUSES]
    return tuple(dict.fromkeys(str(label) for label in found if label))


def _places(
    stored: Sequence[StoredReading], readings: Mapping[int, Reading], data: Any
) -> dict[int, Loc | None]:
    """Where each stands now: the second of those that were not taken out is the second item."""
    places: dict[int, Loc | None] = {}
    left: dict[str, list[int]] = {}
    for one in stored:
        reading = readings[one.number]
        places[one.number] = None if reading.family else reading.loc
        if reading.family and one.state != "dropped":
            left.setdefault(reading.family, []).append(one.number)
    for family, numbers in left.items():
        if len(_items(data, family)) == len(numbers):
            places |= {number: (family, at) for at, number in enumerate(numbers)}
    return places


def _items(data: Any, family: str) -> list[dict[str, Any]]:
    found = data.get(family) if isinstance(data, dict) else None
    sound = isinstance(found, list) and all(isinstance(one, dict) for one in found)
    return found if sound else []  # type: ignore[return-value]


def _card(one: StoredReading, reading: Reading, loc: Loc | None, data: Any, source: str) -> Card:
    if not isinstance(data, dict):
        loc = None
    item: Any = None
    if loc is not None:
        item = data[loc[0]][loc[1]] if len(loc) > 1 else data.get(loc[0])
    fields = fields_of(loc, item) if loc is not None else ()
    sentence = excerpt(source, reading.sentence, reading.spans)
    return Card(one.number, reading, one.state, loc, fields, _digest(item), sentence)


def _digest(item: Any) -> str:
    told = json.dumps(item, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(told.encode()).hexdigest()[:16]
