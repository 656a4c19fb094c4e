"""`zhixing kb tune`: learn from the golden questions, and write what was learnt."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import yaml

from bot.settings import Settings, SettingsError
from bot.start import clock_of
from bot.tuning import answers, kinds, phrases
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
    """Each directory is learnt from with the shipped notices under it, in their order."""
    if args.what == "kinds":
        return kinds.main([])
    if args.what == "phrases":
        print(phrases.main())
        return 0
    now = clock_of(settings)()
    learnt = _newcomers if args.what == "newcomers" else _answers
    _write(learnt(args.dirs, now), args.out or shipped_dir() / SCORING)
    return 0


def _answers(dirs: Sequence[Path], now: datetime) -> Scoring:
    shipped = _with_askings(load_knowledge(shipped_dir(), golden=True), now)
    found = [*examples(shipped, now), *_added(examples, dirs, shipped, now)]
    scoring = answers.tuned(found, shipped.scoring)
    tried = answers.validated(found, scoring.margin)
    print(
        f"{len(found)} questions; of those left out in turn {tried.right} right, {tried.lost} "
        f"refused, {tried.wrong} with another place first, {tried.spoken} answered that no notice "
        f"answers; margin {scoring.margin}"
    )
    return scoring


def _newcomers(dirs: Sequence[Path], now: datetime) -> Scoring:
    """The scoring as it is, but for what counts of notices that nobody has asked of yet."""
    shipped = load_knowledge(shipped_dir(), golden=True)
    own, imported = list(unasked(shipped, now)), list(_added(unasked, dirs, shipped, now))
    learnt = weights_of(own, imported)
    print(f"{len(own) + len(imported)} questions; margin {learnt.margin}")
    return shipped.scoring.model_copy(update={"newcomers": learnt})


def _added(
    made: Callable[[KnowledgeBase, datetime, Collection[str]], Iterator[Example]],
    dirs: Sequence[Path],
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
