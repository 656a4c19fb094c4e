"""Which knowledge is served: the newest revision of the database, else the directory as found."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.current import Current
from bot.revisions.wording import AT_FIRST_START
from bot.settings import Settings, SettingsError
from bot.start import knowledge_of
from knowledge.load import File, KnowledgeError, file_of, files_of
from knowledge.snapshot import KnowledgeBase
from storage import revisions
from storage.database import Conflict, Database
from storage.revisions import RevisionRow

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision's number and the bureau's own files in it; number 0 has none."""

    number: int
    texts: dict[str, str]

    @property
    def files(self) -> tuple[File, ...]:
        return tuple(file_of(name, text) for name, text in self.texts.items())


async def newest_revision(db: Database) -> Revision:
    """The one that is in force; number 0 where nothing was published yet."""
    async with db.transaction() as conn:
        number = await revisions.newest(conn)
        return Revision(number, await revisions.files(conn, number))


def texts_of(directory: Path) -> dict[str, str]:
    """What a revision of the directory holds. Raises KnowledgeError."""
    return {file.name: file.text for file in files_of(directory)}


def knowledge_in(settings: Settings, revision: Revision, *, golden: bool = False) -> KnowledgeBase:
    """The shipped notices with the revision's files over them.

    Raises SettingsError, and KnowledgeError whose problems name the revision: one that was sound
    when it was published may not be to a newer program.
    """
    try:
        return knowledge_of(settings, revision.files, golden=golden)
    except KnowledgeError as error:
        where = f"revision {revision.number}"
        raise KnowledgeError([f"{where}: {problem}" for problem in error.problems]) from None


def if_it_loads(settings: Settings, revision: Revision) -> KnowledgeBase | None:
    """With its golden questions. What was published long ago may not fit this program; then there
    is nothing to compare."""
    try:
        return knowledge_in(settings, revision, golden=True)
    except (KnowledgeError, SettingsError):
        return None


async def served(settings: Settings, db: Database) -> Current:
    """The newest revision, or the settings' directory where there is none.

    Raises KnowledgeError, SettingsError.
    """
    newest = await newest_revision(db)
    if newest.number == 0:
        return Current(knowledge_of(settings))
    return Current(knowledge_in(settings, newest), newest.number)


async def begun(settings: Settings, db: Database, now: datetime) -> Current:
    """`served` for a server that starts: the directory that it finds becomes the first revision,
    so that one can return to it; later it says where the directory is no longer what is served.

    Raises KnowledgeError, SettingsError.
    """
    if settings.knowledge is not None:
        newest = await newest_revision(db)
        if newest.number == 0:
            await _record_first(settings, texts_of(settings.knowledge), db, now)
        else:
            _compare(settings.knowledge, newest)
    return await served(settings, db)


async def _record_first(
    settings: Settings, texts: dict[str, str], db: Database, now: datetime
) -> None:
    """Of several workers that start together one does it."""
    first = Revision(1, texts)
    if texts and knowledge_of(settings, first.files):  # only what can be loaded
        with suppress(Conflict):
            async with db.transaction() as conn:
                await revisions.add(conn, RevisionRow(1, now, AT_FIRST_START), texts)


def _compare(directory: Path, newest: Revision) -> None:
    try:
        same = texts_of(directory) == newest.texts
    except KnowledgeError as error:
        log.warning("revision %d is served; %s", newest.number, error.problems[0])
        return
    if not same:
        text = "revision %d is served; %s differs from it, see `zhixing kb diff`"
        log.warning(text, newest.number, directory)
