"""`zhixing kb tune`: learn from the golden questions, and write what was learnt."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import yaml

from bot.settings import Settings, SettingsError
from bot.start import clock_of
from bot.tuning import answers, kinds, phrases
from bot.tuning.answers import Outcome
from bot.tuning.askings import known_askings
from bot.tuning.examples import examples
from bot.tuning.learning import Example
from bot.tuning.newcomers import unasked, weights_of
from knowledge.asked import FILE, written
from knowledge.golden import placed
from knowledge.leant import FILE as LEANINGS
from knowledge.leant import write_leanings
from knowledge.load import SCORING, KnowledgeError, load_knowledge, shipped_dir
from knowledge.scoring import Scoring
from knowledge.snapshot import KnowledgeBase

BAD_INPUT = (SettingsError, KnowledgeError, OSError)

_HEAD = "# Learnt by `zhixing kb tune` from the golden questions; not to be edited by hand.\n"


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Each directory is learnt from with the shipped notices under it, in their order. What is
    learnt of notices that nobody has asked of yet is learnt where there are directories."""
    if args.what == "kinds":
        return kinds.main([])
    if args.what == "phrases":
        print(phrases.main())
        return 0
    now = clock_of(settings)()
    if args.what == "newcomers":
        shipped = load_knowledge(shipped_dir(), golden=True)
        scoring = shipped.scoring
    else:
        shipped = _with_askings(load_knowledge(shipped_dir(), golden=True), now)
        found = [*examples(shipped, now), *_added(examples, args.dirs, shipped, now)]
        scoring = answers.tuned(found, shipped.scoring)
        _tell(len(found), scoring.margin, answers.validated(found, scoring.margin))
    if added := list(_added(unasked, args.dirs, shipped, now)):
        learnt = weights_of(list(unasked(shipped, now)), added)
        scoring = scoring.model_copy(update={"newcomers": learnt})
        print(f"{len(added)} questions of imported notices; margin {learnt.margin}")
    _write(scoring, args.out or shipped_dir() / SCORING)
    return 0


def _tell(count: int, margin: float, tried: Outcome) -> None:
    print(
        f"{count} questions; of those left out in turn {tried.right} right, {tried.lost} "
        f"refused, {tried.wrong} with another place first, {tried.spoken} answered that no notice "
        f"answers; margin {margin}"
    )


def _added(
    made: Callable[[KnowledgeBase, datetime, Container[str]], Iterator[Example]],
    dirs: Iterable[Path],
    shipped: KnowledgeBase,
    now: datetime,
) -> Iterator[Example]:
    """The examples of the directories' own golden questions."""
    known = {one.file for one in placed(shipped)}
    for directory in dirs:
        yield from made(load_knowledge(shipped_dir(), directory, golden=True), now, known)


def _with_askings(kb: KnowledgeBase, now: datetime) -> KnowledgeBase:
    """Writes down how people ask for what the notices hold, and knows it from now on."""
    text = written(known_askings(kb, now))
    (shipped_dir() / FILE).write_text(text, encoding="utf-8")
    asked = load_knowledge(shipped_dir(), golden=False).askings
    write_leanings(asked.without(frozenset()).leanings, shipped_dir() / LEANINGS)
    return load_knowledge(shipped_dir(), golden=True)


def _write(scoring: Scoring, path: Path) -> None:
    told = yaml.safe_dump(scoring.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    path.write_text(_HEAD + told, encoding="utf-8")
