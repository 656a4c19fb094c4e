"""The tables of the periodic report; each None where it would be empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.exports.entries import Asked, Entry, Held, Taken
from bot.exports.layout import SMALL_UPRIGHT, Cell, Row, Table, head, weights_for
from bot.exports.plain import plain
from bot.staff.inert import masked
from intents.told import Told
from intents.wording import exports as shared
from intents.wording import report as wording

_PIECE = 900  # characters that are masked at a time


@dataclass(frozen=True, slots=True)
class Case:
    entry: Entry
    told: Told


def hidden(text: str) -> str:
    """`text` in full, without phones, mails and the names that can be told from other words."""
    lines = plain(text).split("\n")
    return "\n".join(
        "".join(masked(line[n : n + _PIECE]) for n in range(0, len(line), _PIECE)) for line in lines
    )


def by_task(cases: Sequence[Case]) -> Table | None:
    """What is needed most first."""
    tasks = [task for task, _ in Counter(_task(case) for case in cases).most_common()]
    counted = [(task, [c.entry for c in cases if _task(c) == task]) for task in tasks]
    return _table(
        wording.TASKS,
        [(_words(t), _number(len(e)), _number(sum(x.national for x in e))) for t, e in counted],
    )


def by_bureau(cases: Sequence[Case]) -> Table | None:
    """By how far they have come: who is closed was accepted and, mostly, matched before."""
    bureaus = list(dict.fromkeys(_bureau(case.entry) for case in cases))
    return _table(
        wording.BUREAUS,
        [_standing(b, [c.entry for c in cases if _bureau(c.entry) == b]) for b in bureaus],
    )


def needs(cases: Sequence[Case]) -> Table | None:
    return _table(
        wording.NEEDS,
        [
            (
                _number(case.entry.id),
                _words(case.told.company),
                _words(_bureau(case.entry)),
                _words(_task(case)),
                _words(hidden(case.told.need)),
                _words(case.entry.day.isoformat()),
            )
            for case in cases
        ],
    )


def questions(asked: Sequence[Asked]) -> Table | None:
    return _table(
        wording.QUESTIONS,
        [
            (
                _number(one.id),
                _words(hidden(one.text)),
                _words(one.day.isoformat()),
                _words(
                    wording.answered(one.answered.isoformat(), one.by)
                    if one.answered
                    else wording.unanswered()
                ),
            )
            for one in asked
        ],
    )


def steps(taken: Sequence[tuple[Case, Taken]]) -> Table | None:
    return _table(
        wording.STEPS,
        [
            (
                _words(one.day.isoformat()),
                _number(case.entry.id),
                _words(wording.MEASURES[one.step]),
                _words(one.by or _bureau(case.entry)),
                _words("\n".join(filter(None, (one.resource, hidden(one.why))))),
            )
            for case, one in taken
        ],
    )


def held(activities: Sequence[Held]) -> Table | None:
    return _table(
        wording.HELD,
        [
            (
                _words(one.bureau or shared.unknown_bureau()),
                _words(one.task),
                _words(one.form),
                _number(one.times),
                _number(one.enterprises),
            )
            for one in activities
        ],
    )


def closed(taken: Sequence[tuple[Case, Taken]]) -> Table | None:
    return _table(
        wording.CLOSED,
        [
            (
                _number(case.entry.id),
                _words(case.told.company),
                _words(hidden(case.told.need)),
                _words("\n".join(_resources(case.entry))),
                _words(hidden(one.why)),
                _words(one.day.isoformat()),
            )
            for case, one in taken
        ],
    )


def appeals(cases: Sequence[Case]) -> Table | None:
    return _table(
        wording.APPEALS,
        [
            (
                _number(case.entry.id),
                _words(case.told.company),
                _words(_bureau(case.entry)),
                _words(hidden(case.told.need)),
                _words(hidden(case.told.proposal)),
            )
            for case in cases
        ],
    )


def _table(headings: Sequence[str], rows: Sequence[Row]) -> Table | None:
    if not rows:
        return None
    weights = weights_for(headings, rows, SMALL_UPRIGHT)
    return Table(weights, (head(headings), *rows), heads=1)


def _standing(bureau: str, entries: Sequence[Entry]) -> Row:
    steps = [{taken.step for taken in entry.steps} for entry in entries]
    accepted = sum(e.status in ("accepted", "matched", "closed") for e in entries)
    matched = sum("match" in taken for taken in steps)
    closed = sum(entry.status == "closed" for entry in entries)
    numbers = (len(entries), accepted, matched, closed)
    return (_words(bureau), *map(_number, numbers))


def _resources(entry: Entry) -> Iterable[str]:
    return dict.fromkeys(t.resource for t in entry.steps if t.step == "match" and t.resource)


def _task(case: Case) -> str:
    return case.told.task or wording.no_task()


def _bureau(entry: Entry) -> str:
    return entry.bureau or shared.unknown_bureau()


def _words(text: str) -> Cell:
    return Cell(plain(text))


def _number(number: int) -> Cell:
    return Cell(number=number)
