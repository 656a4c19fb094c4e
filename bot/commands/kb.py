"""`zhixing kb check`: are the files sound, and the golden questions answered? `kb schema`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.revisions.checking import Checked, checked, told
from bot.settings import Settings, SettingsError
from bot.start import clock_of, loaded_of
from knowledge import golden
from knowledge.golden import Placed
from knowledge.load import KnowledgeError
from knowledge.schema import write_schemas
from knowledge.snapshot import KnowledgeBase

BAD_INPUT = (SettingsError, KnowledgeError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "schema":
        print(*write_schemas(args.dir), sep="\n")
        return 0
    loaded = loaded_of(settings.model_copy(update={"knowledge": args.dir or settings.knowledge}))
    found = checked(loaded, clock_of(settings)())
    print(*_report(loaded.kb, found, args.held), sep="\n")
    return 0 if found.well else 1


def _report(kb: KnowledgeBase, found: Checked, held: bool) -> Iterator[str]:
    yield from found.errors
    yield from (f"{hint} (a hint)" for hint in found.hints)
    yield from map(told, found.misses if held else found.told)
    yield f"{len(kb.notices)} notices, {len(kb.units)} answerable units, content {kb.version}"
    yield f"{len(kb.bureaus.all)} bureaus, {len(kb.resources)} resources to match demands with"
    if found.known:
        yield f"{found.known} golden questions are missed, and marked so"
    asked = list(golden.placed(kb))
    for line in _counts((one for one in asked if not one.held), found):
        yield f"{line} golden questions as they should be"
    for line in _counts((one for one in asked if one.held), found):
        yield f"held back: {line}"


def _counts(asked: Iterable[Placed], found: Checked) -> Iterator[str]:
    """One line a kind, of the questions that are given."""
    questions = set(asked)
    of = Counter(one.golden.kind for one in questions)
    fallen = Counter(m.golden.kind for m in found.misses if m.placed in questions)
    for kind, count in sorted(of.items()):
        yield f"{kind}: {count - fallen[kind]} of {count}"
