"""Revisions: published whole or not at all, undone with one step, and served at the next start."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.revisions.publishing import (
    RevisionError,
    Signed,
    history,
    publish,
    revision,
    rollback,
)
from bot.revisions.served import begun, newest_revision, served
from bot.revisions.wording import AT_FIRST_START
from bot.settings import Settings
from knowledge.load import KnowledgeError
from storage.database import Database
from tests.bot.killed_publishing import DONE, NEW
from tests.knowledge.small import FILE, NOTICE, lay, renamed

AT = datetime(2030, 3, 1, tzinfo=UTC)
SIGNED = Signed("改截止时间", "王五", AT)
ONE, TWO, THREE = ({FILE: NOTICE.replace("惠企助企", word)} for word in ("甲", "乙", "丙"))
BROKEN = {FILE: NOTICE.replace("2030-05-20", "2030-13-01")}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database=database_url)


async def put(db: Database, *versions: dict[str, str]) -> list[int]:
    return [await publish(db, texts, SIGNED) for texts in versions]


async def texts_in_force(db: Database) -> dict[str, str]:
    return (await newest_revision(db)).texts


async def back(settings: Settings, db: Database, number: int | None = None) -> int:
    """The revision that the rollback restored."""
    row = await rollback(settings, db, number, Signed("", None, AT))
    assert row is not None
    assert row.restores is not None
    return row.restores


def summary(notices: Sequence[object]) -> set[str]:
    return {str(getattr(notice, "id", "")) for notice in notices}


# publish


async def test_what_is_published_is_in_force_and_what_was_is_kept(db: Database) -> None:
    assert await put(db, ONE, TWO) == [1, 2]
    assert await texts_in_force(db) == TWO
    assert (await revision(db, 1)).texts == ONE


async def test_the_same_once_more_is_no_revision(db: Database) -> None:
    assert await put(db, ONE, ONE, TWO, TWO) == [1, 1, 2, 2]
    assert len(await history(db)) == 2


async def test_of_nothing_nothing_is_published(db: Database) -> None:
    assert await put(db, {}) == [0]


async def test_two_who_publish_at_once_are_both_kept(db: Database, database_url: str) -> None:
    other = await Database.open(database_url)
    numbers = await asyncio.gather(publish(db, ONE, SIGNED), publish(other, TWO, SIGNED))
    await other.close()
    assert sorted(numbers) == [1, 2]
    assert len(await history(db)) == 2


async def test_whoever_is_killed_while_publishing_leaves_the_old_one_in_force(
    db: Database, database_url: str, settings: Settings
) -> None:
    await put(db, ONE)
    for statements in count(1):
        ended, printed = await publisher_killed_after(statements, database_url)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        assert (await newest_revision(db)).number == 1
        assert await texts_in_force(db) == ONE
        assert len(await history(db)) == 1
        if statements == 4:
            kb = (await served(settings, db)).kb
            assert kb.notice("demo-2030-1").clauses[0].summary == "活动主题是甲。"
    assert statements > 4, "it was killed at every step"
    assert printed.strip() == DONE
    assert await texts_in_force(db) == NEW


async def publisher_killed_after(statements: int, url: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.killed_publishing", url, str(statements),
        cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode()


# rollback


async def test_a_rollback_returns_to_what_was_in_force_before(
    db: Database, settings: Settings
) -> None:
    await put(db, ONE, TWO)
    assert await back(settings, db) == 1
    assert await texts_in_force(db) == ONE


async def test_a_second_rollback_goes_further_back(db: Database, settings: Settings) -> None:
    await put(db, ONE, TWO, THREE)
    assert [await back(settings, db) for _ in range(3)] == [2, 1, 0]
    assert await texts_in_force(db) == {}


async def test_what_was_published_after_a_rollback_returns_to_what_that_restored(
    db: Database, settings: Settings
) -> None:
    await put(db, ONE, TWO)
    await back(settings, db)
    await put(db, THREE)
    assert await back(settings, db) == 1
    assert await back(settings, db) == 0


async def test_past_the_first_there_is_nothing(db: Database, settings: Settings) -> None:
    with pytest.raises(RevisionError, match="nothing was published before"):
        await back(settings, db)
    await put(db, ONE)
    await back(settings, db)
    with pytest.raises(RevisionError, match="nothing was published before"):
        await back(settings, db)


async def test_any_revision_can_be_returned_to_and_forth(db: Database, settings: Settings) -> None:
    await put(db, ONE, TWO, THREE)
    assert await back(settings, db, 1) == 1
    assert await back(settings, db, 3) == 3
    assert await texts_in_force(db) == THREE
    assert [entry.row.restores for entry in await history(db)] == [3, 1, None, None, None]


async def test_to_what_is_in_force_there_is_no_return(db: Database, settings: Settings) -> None:
    await put(db, ONE)
    assert await rollback(settings, db, 1, SIGNED) is None


@pytest.mark.parametrize("number", [2, -1, 99])
async def test_to_what_is_not_there_there_is_no_return(
    db: Database, settings: Settings, number: int
) -> None:
    await put(db, ONE)
    with pytest.raises(RevisionError, match=f"no revision {number}"):
        await rollback(settings, db, number, SIGNED)


async def test_what_cannot_be_loaded_any_more_is_not_restored(
    db: Database, settings: Settings
) -> None:
    await put(db, BROKEN, TWO)
    with pytest.raises(KnowledgeError, match=rf"^revision 1: {FILE}:\d+:\d+: deadlines\[0\].due"):
        await rollback(settings, db, None, SIGNED)
    assert await texts_in_force(db) == TWO


# history


async def test_the_history_tells_which_files_changed_and_which_is_in_force(db: Database) -> None:
    other = {"demo-2031-1.yaml": renamed("demo-2031-1")}
    await put(db, ONE, {**TWO, **other}, other)
    entries = await history(db)
    assert [entry.row.number for entry in entries] == [3, 2, 1]
    assert [entry.in_force for entry in entries] == [True, False, False]
    told = [(entry.added, entry.changed, entry.dropped) for entry in entries]
    assert told == [
        ((), (), (FILE,)),
        (("demo-2031-1.yaml",), (FILE,), ()),
        ((FILE,), (), ()),
    ]
    assert (entries[0].row.note, entries[0].row.author) == ("改截止时间", "王五")


# which one is served


async def test_without_a_revision_the_directory_is_served_as_it_is(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    drafts = settings.model_copy(update={"knowledge": lay(tmp_path / "own")})
    current = await served(drafts, db)
    assert current.revision == 0
    assert "demo-2030-1" in summary(current.kb.notices)


async def test_a_revision_is_served_rather_than_the_directory(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    await put(db, {"demo-2031-1.yaml": renamed("demo-2031-1")})
    drafts = settings.model_copy(update={"knowledge": lay(tmp_path / "own")})
    current = await served(drafts, db)
    assert current.revision == 1
    assert {"demo-2031-1", "cnipa-2021-51"} <= summary(current.kb.notices)
    assert "demo-2030-1" not in summary(current.kb.notices)


async def test_what_the_first_server_finds_is_the_first_revision(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"knowledge": lay(tmp_path / "own")})
    workers = await asyncio.gather(*(begun(own, db, AT) for _ in range(3)))
    assert {worker.revision for worker in workers} == {1}
    (first,) = await history(db)
    assert first.row.note == AT_FIRST_START
    await put(db, TWO)
    assert await back(settings, db) == 1
    assert await texts_in_force(db) == {FILE: NOTICE}


async def test_without_files_of_its_own_the_first_server_stores_nothing(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    empty = settings.model_copy(update={"knowledge": tmp_path / "own"})
    for each in (settings, empty):
        assert (await begun(each, db, AT)).revision == 0
    assert await history(db) == []


async def test_a_first_directory_that_is_broken_is_not_stored(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"knowledge": lay(tmp_path / "own", BROKEN[FILE])})
    with pytest.raises(KnowledgeError, match=r"deadlines\[0\].due"):
        await begun(own, db, AT)
    assert await history(db) == []


@pytest.mark.parametrize("left", ["edited", "broken", "gone"])
async def test_a_server_says_where_the_directory_is_not_what_it_serves(
    db: Database,
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    left: str,
) -> None:
    await put(db, {FILE: NOTICE})
    own = lay(tmp_path / "own")
    here = settings.model_copy(update={"knowledge": own})
    caplog.set_level(logging.WARNING)
    assert (await begun(here, db, AT)).revision == 1
    assert caplog.messages == []
    match left:
        case "edited":
            lay(own, TWO[FILE])
        case "broken":
            lay(own, "nonsense: [")
        case "gone":
            (own / FILE).unlink()
            own.rmdir()
    assert (await begun(here, db, AT)).revision == 1
    (line,) = caplog.messages
    assert line.startswith("revision 1 is served; ")
    assert str(own) in line


async def test_a_revision_that_cannot_be_loaded_is_told_with_its_place_at_the_start(
    db: Database, settings: Settings
) -> None:
    await put(db, BROKEN)
    with pytest.raises(KnowledgeError, match=rf"^revision 1: {FILE}:\d+:\d+: deadlines\[0\].due"):
        await begun(settings, db, AT)
