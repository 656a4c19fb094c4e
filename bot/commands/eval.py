"""`zhixing eval`: how well the questions of files, or the golden questions, are answered."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.evaluating import as_json, report
from bot.evaluating.asking import PLAIN, Outcome, outcomes
from bot.evaluating.cases import Case, own_cases, read_cases
from bot.evaluating.table import Column, column
from bot.evaluating.transforms import TRANSFORMS
from bot.settings import Settings, SettingsError
from bot.settling import settle
from bot.start import clock_of, knowledge_of
from bot.warm import warm
from intents.respond import respond
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase


class EvalError(Exception):
    """What was asked for cannot be; `str` is one line."""


BAD_INPUT = (SettingsError, KnowledgeError, EvalError)

ALL = "all"
TUNED, HELD = "tuned", "held back"


@dataclass(frozen=True, slots=True)
class _Run:
    """Outcomes by set of questions, as written, and by transform over all sets."""

    kb: KnowledgeBase
    now: datetime
    sets: dict[str, list[Outcome]]
    typed: dict[str, list[Outcome]]

    @property
    def plain(self) -> list[Outcome]:
        return [outcome for found in self.sets.values() for outcome in found]

    @property
    def columns(self) -> list[Column]:
        return [column(name, found) for name, found in self.sets.items()]

    @property
    def typed_columns(self) -> list[Column]:
        return [column(name, found) for name, found in self.typed.items()]

    def misses(self, held: bool) -> Iterator[tuple[str, Outcome]]:
        """(how it was typed, outcome) of what went wrong: of transforms what went right before."""
        for name, found in ((PLAIN, self.plain), *self.typed.items()):
            for was, one in zip(self.plain, found, strict=True):
                fell = not one.right or bool(one.wrong)
                mended = name != PLAIN and (not was.right or bool(was.wrong))
                if fell and not mended and (held or not one.case.held):
                    yield name, one


def run(args: argparse.Namespace, settings: Settings) -> int:
    names = _transforms(args.typed)
    try:
        cases = read_cases(args.files)
    except KnowledgeError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    kb, now = knowledge_of(settings, golden=not args.files), clock_of(settings)()
    warm(kb, respond, now)  # as a server is, before it takes the first question
    settle()
    sets = {PLAIN: cases} if args.files else _own(kb)
    every = [case for of in sets.values() for case in of]
    found = _Run(
        kb,
        now,
        {name: outcomes(kb, of, now) for name, of in sets.items()},
        {name: outcomes(kb, every, now, typed=name, seed=args.seed) for name in names},
    )
    misses = list(found.misses(args.held))
    shown = misses if args.misses is None else misses[: args.misses]
    if args.json:
        print(json.dumps(_value(found, shown), ensure_ascii=False))
    else:
        print(*_lines(found, shown, len(misses)), sep="\n")
    return 0


def _transforms(given: str | None) -> Sequence[str]:
    if given is None:
        return ()
    names = tuple(TRANSFORMS) if given == ALL else tuple(given.split(","))
    for name in names:
        if name not in TRANSFORMS:
            raise EvalError(f"eval: --as: no {name!r}, but {', '.join((*TRANSFORMS, ALL))}")
    return names


def _own(kb: KnowledgeBase) -> dict[str, list[Case]]:
    cases = own_cases(kb)
    return {
        TUNED: [case for case in cases if not case.held],
        HELD: [case for case in cases if case.held],
    }


def _lines(found: _Run, shown: Sequence[tuple[str, Outcome]], missed: int) -> Iterator[str]:
    plain = column(PLAIN, found.plain)
    yield f"{len(found.plain)} questions, {len(found.kb.notices)} notices"
    yield from report.table(found.columns, found.typed_columns, plain)
    if confusions := list(report.confused(found.plain)):
        yield from ("", "expected -> got", *confusions)
    for name, outcome in shown:
        yield ""
        if name != PLAIN:
            yield f"as {name}:"
        yield from report.missed(outcome, found.kb, found.now)
    if missed > len(shown):
        yield f"\n{missed - len(shown)} more misses are not shown"


def _value(found: _Run, shown: Sequence[tuple[str, Outcome]]) -> dict[str, object]:
    return {
        "targets": as_json.targets(),
        "columns": as_json.columns([*found.columns, *found.typed_columns]),
        "confusions": as_json.confused(found.plain),
        "misses": [as_json.missed(one, name, found.kb, found.now) for name, one in shown],
    }
