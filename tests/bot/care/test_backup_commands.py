"""`zhixing backup` and `restore`: what an admin types, sees, and gets wrong."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest

from bot.cli import main
from bot.keys import new_key
from storage import conversations
from storage.conversations import ConversationRow
from storage.database import Database
from storage.key_text import key_of_text
from storage.sealing import Keyring
from tests.storage.rows import NOW

WHO = "wecom:张三"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
def filled(database_url: str, key: str) -> str:
    async def fill() -> None:
        db = await Database.open(database_url, keys=_ring(key))
        async with db.transaction() as conn:
            await conversations.save(conn, [ConversationRow(WHO, {"v": 1}, NOW)])
        await db.close()

    asyncio.run(fill())
    return database_url


def _ring(key: str) -> Keyring:
    return Keyring([key_of_text(key)])


def _talks(url: str, key: str) -> dict[str, object]:
    async def load() -> dict[str, object]:
        db = await Database.open(url, keys=_ring(key), create=False)
        async with db.transaction() as conn:
            found = await conversations.load(conn, [WHO])
        await db.close()
        return dict(found)

    return asyncio.run(load())


def test_a_backup_moves_an_office_to_another_database(
    filled: str, key: str, other_scratch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--database", filled, "--out", "a.backup"]) == 0
    told = capsys.readouterr().out
    assert _ring(key).ids[0] in told
    assert "NOT in it" in told
    assert key not in told
    for place in ("sqlite:///again.db", other_scratch):
        assert main(["restore", "a.backup", "--database", place]) == 0
        assert _ring(key).ids[0] in capsys.readouterr().out
        assert _talks(place, key) == {WHO: {"v": 1}}


def test_a_backup_is_for_its_owner_alone_and_holds_no_key(filled: str, key: str) -> None:
    assert main(["backup", "--database", filled, "--out", "a.backup"]) == 0
    assert stat.S_IMODE(Path("a.backup").stat().st_mode) == 0o600
    assert key.encode() not in Path("a.backup").read_bytes()


def test_an_older_backup_is_never_overwritten(
    filled: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.backup").write_text("last week's")
    assert main(["backup", "--database", filled, "--out", "a.backup"]) == 2
    assert capsys.readouterr().err == (
        "zhixing: a.backup: is there already; a backup overwrites nothing\n"
    )
    assert Path("a.backup").read_text() == "last week's"


def test_a_backup_that_was_cut_off_is_refused_and_can_be_restored_once_it_is_whole(
    filled: str, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--database", filled, "--out", "a.backup"]) == 0
    whole = Path("a.backup").read_bytes()
    Path("a.backup").write_bytes(whole[: len(whole) // 2])
    assert main(["restore", "a.backup", "--database", "sqlite:///again.db"]) == 2
    assert capsys.readouterr().err == "zhixing: a.backup: was cut off\n"
    Path("a.backup").write_bytes(whole)
    assert main(["restore", "a.backup", "--database", "sqlite:///again.db"]) == 0
    assert _talks("sqlite:///again.db", key) == {WHO: {"v": 1}}


def test_a_database_in_use_is_not_restored_over(
    filled: str, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--database", filled, "--out", "a.backup"]) == 0
    assert main(["restore", "a.backup", "--database", filled]) == 2
    assert "not empty" in capsys.readouterr().err
    assert _talks(filled, key) == {WHO: {"v": 1}}


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["backup", "--database", "sqlite:///none.db", "--out", "a"], "none.db: no such file"),
        (["backup", "--out", "no/such/folder/a"], "no/such/folder/a: No such file"),
        (["restore", "none.backup"], "none.backup: no such file"),
        (["restore", "letter.txt"], "letter.txt: is no backup, or is damaged"),
        (["restore", "."], "Is a directory"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("letter.txt").write_text("您好")
    asyncio.run(_made("sqlite:///zhixing.db"))
    if argv[0] == "restore":
        argv = [*argv, "--database", "sqlite:///again.db"]
    assert main(argv) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert list(Path().glob(".*")) == []


async def _made(url: str) -> None:
    await (await Database.open(url)).close()
