"""`zhixing kb check`: are the files sound, and the golden questions answered? `kb schema`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from bot.revisions.checking import Checked, checked, told
from bot.settings import Settings, SettingsError
from bot.start import clock_of, loaded_of
from knowledge import golden
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
    print(*_report(loaded.kb, found), sep="\n")
    return 0 if found.well else 1


def _report(kb: KnowledgeBase, found: Checked) -> Iterator[str]:
    asked = Counter(question.kind for question, _ in golden.questions(kb))
    fallen = Counter(miss.golden.kind for miss in found.misses)
    yield from found.errors
    yield from (f"{hint} (a hint)" for hint in found.hints)
    yield from map(told, found.misses)
    yield f"{len(kb.notices)} notices, {len(kb.units)} answerable units, content {kb.version}"
    for kind, count in sorted(asked.items()):
        yield f"{kind}: {count - fallen[kind]} of {count} golden questions as they should be"
