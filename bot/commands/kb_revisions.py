"""`zhixing kb publish`, `history`, `rollback`, `diff`: the life of a knowledge base."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.revisions import publishing, wording
from bot.revisions.answers import answer_changes
from bot.revisions.checking import Judged, judged, told
from bot.revisions.publishing import Entry, RevisionError, Signed
from bot.revisions.served import if_it_loads, knowledge_in, newest_revision
from bot.settings import Settings, SettingsError
from bot.start import clock_of, knowledge_of, loaded_of
from knowledge.changes import changes
from knowledge.golden import Miss
from knowledge.load import KnowledgeError, files_of
from knowledge.snapshot import KnowledgeBase
from storage.database import Conflict, Database, DatabaseError

_MOST_TOLD = 20
_LONGEST_NUMBER = 9
BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, RevisionError, Conflict)


def run(args: argparse.Namespace, settings: Settings) -> int:
    actions = {"publish": _publish, "history": _history, "rollback": _rollback, "diff": _diff}
    return asyncio.run(actions[args.action](args, settings, clock_of(settings)()))


async def _publish(args: argparse.Namespace, settings: Settings, now: datetime) -> int:
    files = files_of(_directory(args.dir, settings))
    texts, loaded = {file.name: file.text for file in files}, loaded_of(settings, files)
    async with _database(settings, create=True) as db:
        in_force = await newest_revision(db)
        if in_force.texts == texts:
            print(wording.nothing_new(in_force.number))
            return 0
        before = if_it_loads(settings, in_force)
        verdict = judged(loaded, before, now)
        _tell(verdict)
        if not verdict.may_be_published(anyway=args.anyway):
            _complain(_refusal(verdict))
            return 1
        number = await publishing.publish(db, texts, Signed(args.note, args.by, now))
    print(wording.published(number, len(loaded.kb.notices)))
    differences = changes(before, loaded.kb) if before else []
    print(*differences, *verdict.found.hints, sep="\n")
    return 0


def _tell(verdict: Judged) -> None:
    """What is to be looked at, whether it keeps anything from being published or not."""
    fell = verdict.fell
    if verdict.form is not None:
        _complain([wording.form_moved(verdict.form.short, verdict.form.id)])
    if fell.moved:
        _complain([wording.moved(len(fell.moved)), *_some(fell.moved)])
    _complain([*verdict.found.errors, *_some(fell.wrong)])
    if fell.before:
        _complain([wording.fell_before(fell.before)])


def _refusal(verdict: Judged) -> Iterator[str]:
    errors = len(verdict.found.errors)
    yield wording.not_published(errors, len(verdict.fell.wrong))
    if not errors:
        yield wording.anyway_hint()


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _some(misses: Sequence[Miss]) -> Iterator[str]:
    yield from map(told, misses[:_MOST_TOLD])
    if len(misses) > _MOST_TOLD:
        yield wording.and_more(len(misses) - _MOST_TOLD)


async def _history(_args: argparse.Namespace, settings: Settings, _now: datetime) -> int:
    async with _database(settings) as db:
        entries = await publishing.history(db)
    if not entries:
        print(wording.NO_HISTORY)
        return 0
    table = Table(*wording.HEADINGS, box=None)
    for entry in entries:
        table.add_row(*_row(entry, settings))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


def _row(entry: Entry, settings: Settings) -> Sequence[str]:
    row = entry.row
    return (
        str(row.number),
        f"{row.at.astimezone(settings.zone):%Y-%m-%d %H:%M}",
        row.note,
        row.author or "",
        wording.files(entry.added, entry.changed, entry.dropped),
        wording.IN_FORCE if entry.in_force else "",
    )


async def _rollback(args: argparse.Namespace, settings: Settings, now: datetime) -> int:
    async with _database(settings) as db:
        before = await newest_revision(db)
        signed = Signed(args.note, args.by, now)
        row = await publishing.rollback(settings, db, args.number, signed)
        after = await newest_revision(db)
    if row is None or row.restores is None:
        print(wording.nothing_new(before.number))
        return 0
    print(wording.restored(row.number, row.restores))
    old = if_it_loads(settings, before)
    print(*(changes(old, knowledge_in(settings, after, golden=True)) if old else []), sep="\n")
    return 0


async def _diff(args: argparse.Namespace, settings: Settings, now: datetime) -> int:
    numbers = [_number(what) for what in args.what if what.isdecimal()]
    dirs = [Path(what) for what in args.what if not what.isdecimal()]
    if len(dirs) > 1 or len(args.what) > 2:
        raise RevisionError("kb diff: one directory and one revision, or two revisions")
    async with _database(settings, create=True) as db:
        newest = await newest_revision(db)
        sides = [await publishing.revision(db, number) for number in numbers] or [newest]
    old = knowledge_in(settings, sides[0], golden=True)
    if len(sides) == 2:
        name = wording.version(sides[1].number)
        new = knowledge_in(settings, sides[1], golden=True)
    else:
        directory = _directory(dirs[0] if dirs else None, settings)
        new, name = knowledge_of(settings, files_of(directory), golden=True), str(directory)
    print(wording.compared(wording.version(sides[0].number), name))
    print(*_comparison(old, new, now), sep="\n")
    return 0


def _number(what: str) -> int:
    """Longer ones count no revision, and Python converts none of thousands of figures."""
    if len(what) > _LONGEST_NUMBER:
        raise RevisionError(f"kb diff: {what[:_LONGEST_NUMBER]}… is too large a number")
    return int(what)


def _comparison(old: KnowledgeBase, new: KnowledgeBase, now: datetime) -> Iterator[str]:
    told = changes(old, new)
    yield from map(str, told)
    if old.version == new.version and not told:
        yield wording.SAME_FILES
    answers = answer_changes(old, new, now)
    if answers:
        yield wording.answers_heading(len(answers))
    for change in answers:
        yield from wording.answer_change(change.question, change.old, change.new, change.turned)


def _directory(given: Path | None, settings: Settings) -> Path:
    directory = given or settings.knowledge
    if directory is None:
        raise SettingsError("settings: knowledge: names no directory, and none was given")
    return directory


@asynccontextmanager
async def _database(settings: Settings, *, create: bool = False) -> AsyncIterator[Database]:
    db = await Database.open(settings.database, create=create)
    try:
        yield db
    finally:
        await db.close()
