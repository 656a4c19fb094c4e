"""`zhixing kb check`: are the files sound, and the golden questions answered? `kb schema`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from bot.asking import golden_reply
from bot.settings import Settings, SettingsError
from bot.start import clock_of, knowledge_of
from knowledge import golden
from knowledge.load import KnowledgeError
from knowledge.schema import write_schemas
from knowledge.snapshot import KnowledgeBase

BAD_INPUT = (SettingsError, KnowledgeError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "schema":
        print(*write_schemas(args.dir), sep="\n")
        return 0
    kb = knowledge_of(settings.model_copy(update={"knowledge": args.dir or settings.knowledge}))
    well, report = check(kb, clock_of(settings)())
    print(*report, sep="\n")
    return 0 if well else 1


def check(kb: KnowledgeBase, now: datetime) -> tuple[bool, Iterator[str]]:
    """Whether all is well, and the report, line by line."""
    misses = golden.run(kb, partial(golden_reply, kb, now=now))
    return not misses, _report(kb, misses)


def _report(kb: KnowledgeBase, misses: list[golden.Miss]) -> Iterator[str]:
    asked = Counter(question.kind for question, _ in golden.questions(kb))
    fallen = Counter(miss.golden.kind for miss in misses)
    for miss in misses:
        yield f"{miss.home or 'golden'}: {miss.golden.q}: {'; '.join(miss.reasons)}"
    yield f"{len(kb.notices)} notices, {len(kb.units)} answerable units, revision {kb.version}"
    for kind, count in sorted(asked.items()):
        yield f"{kind}: {count - fallen[kind]} of {count} golden questions as they should be"
