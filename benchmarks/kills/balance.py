"""Whether the books balance in the end, and the table that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from benchmarks.kills.books import Books
from benchmarks.kills.ledger import Account, Line
from benchmarks.kills.words import CALL, confirmed, told_of

ONCE = frozenset({"wecom", "wechat", "kf"})
"""Here nothing may come twice: replies ride back, or carry a key that WeCom knows."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kills` by how they came; `told`: what whoever is on duty has read."""

    seed: int
    kills: Counter[str]
    starts: int
    lines: Sequence[Line]
    accounts: Sequence[Account]
    books: Books
    told: Sequence[str]


def report(outcome: Outcome) -> bool:
    """Prints it; whether it was clean."""
    kills, books = outcome.kills, outcome.books
    how = ", ".join(f"{count} {name}" for name, count in sorted(kills.items()))
    print(f"seed {outcome.seed}, {kills.total()} kills ({how}), {outcome.starts} starts")
    heads = [field.name for field in fields(Line)]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for line in outcome.lines:
        print(f"| {' | '.join(map(str, line.cells))} |")
    seen = sum(len(set(confirmed(one.answers))) for one in outcome.accounts)
    heard = len(told_of(outcome.told))
    print(f"demands confirmed: {seen}, stored: {len(books.submitted)}")
    print(f"demands for the national office: {len(books.national)}, told: {heard}")
    print(f"calls for a person: {books.calls}, told: {_called(outcome)}")
    found = list(problems(outcome))
    print(*(found or ["clean"]), sep="\n")
    return not found


def problems(outcome: Outcome) -> Iterator[str]:
    """What is not as it must be."""
    books = outcome.books
    for line in outcome.lines:
        allowed = 0 if line.channel in ONCE else outcome.kills.total()
        if line.lost or line.anew or line.doubled > allowed:
            yield f"NOT CLEAN: {line}"
    for one in outcome.accounts:
        numbers = confirmed(one.answers)
        if one.channel in ONCE and len(numbers) != len(set(numbers)):
            yield f"NOT CLEAN: {one.sender} was confirmed a demand twice"
        if missing := [n for n in numbers if (one.sender, n) not in books.submitted]:
            yield f"NOT CLEAN: demands of {one.sender} confirmed and not stored: {missing}"
        stored = {number for sender, number in books.submitted if sender == one.sender}
        if one.channel != "aibot" and stored - set(numbers):
            yield f"NOT CLEAN: demands of {one.sender} stored and not confirmed"
    if _called(outcome) != books.calls:
        yield "NOT CLEAN: calls for a person were not told once"
    if sorted(told_of(outcome.told)) != sorted(books.national):
        yield "NOT CLEAN: demands for the national office were not told once"
    if books.waiting or books.failed:
        yield f"NOT CLEAN: {books.waiting} letters wait, {books.failed} failed"


def _called(outcome: Outcome) -> int:
    return sum(CALL in heard for heard in outcome.told)
