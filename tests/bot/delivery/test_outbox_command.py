"""`zhixing outbox`: what waits and what was given up, for who runs the machine."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import main
from bot.opening import open_database
from bot.settings import Settings
from storage import claims, outbox
from storage.claims import Wanted
from storage.database import Database
from storage.outbox import OutboxRow, StoredMessage
from tests.bot.delivery.carrying import NOW

T = TypeVar("T")
URL = "sqlite:///zhixing.db"
SECRET = {"reply": {"kind": "command", "text": "林小燕 13900000001"}}


@pytest.fixture(autouse=True)
def _an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)


def within(act: Callable[[Database], Awaitable[T]]) -> T:
    async def opened() -> T:
        async with AsyncExitStack() as stack:
            return await act(await open_database(stack, Settings(database=URL)))

    return asyncio.run(opened())


async def _filled(db: Database) -> None:
    """One given up, one that waits, one sent."""
    async with db.transaction() as conn:
        rows = [
            OutboxRow("note:7", "wecom:linxiaoyan", SECRET, NOW, "wecom"),
            OutboxRow("digest:2024-05-01:省局群", "robot:省局群", SECRET, NOW, "robot"),
            OutboxRow("reply:wecom:linxiaoyan 1:1", "wecom:linxiaoyan", SECRET, NOW, "wecom"),
        ]
        await outbox.add(conn, rows)
        wanted = {"wecom": Wanted(9)}
        gone, done = await claims.claim(conn, NOW, wanted, timedelta(minutes=1))
        await claims.dead(conn, gone, NOW, "errcode 60111")
        await claims.sent(conn, done, NOW)


async def _stored(db: Database) -> list[StoredMessage]:
    async with db.transaction() as conn:
        return await outbox.listing(conn)


def test_what_waits_and_what_was_given_up_is_listed_without_words_or_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    within(_filled)
    assert main(["outbox", "list", "--database", URL]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1  note  wecom  dead 2024-05-01T09:00:00+08:00  attempts 1  errcode 60111",
        "2  digest  robot 省局群  waiting 2024-05-01T09:00:00+08:00  attempts 0",
    ]
    main(["outbox", "list", "--dead", "--json", "--database", URL])
    [dead] = json.loads(capsys.readouterr().out)
    assert dead == {
        "id": 1,
        "kind": "note",
        "channel": "wecom",
        "robot": None,
        "state": "dead",
        "due": "2024-05-01T09:00:00+08:00",
        "attempts": 1,
        "error": "errcode 60111",
    }
    main(["outbox", "list", "--waiting", "--database", URL])
    assert capsys.readouterr().out.startswith("2  digest")


def test_an_outbox_with_nothing_in_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    within(_stored)
    main(["outbox", "list", "--database", URL])
    main(["outbox", "list", "--json", "--database", URL])
    assert capsys.readouterr().out == "nothing waits, nothing was given up\n[]\n"


def test_what_was_given_up_is_tried_anew(capsys: pytest.CaptureFixture[str]) -> None:
    within(_filled)
    assert main(["outbox", "retry", "1", "--database", URL]) == 0
    assert capsys.readouterr().out == "tried again: 1\n"
    first = within(_stored)[0]
    assert (first.state, first.attempts, first.error) == ("waiting", 0, None)


@pytest.mark.parametrize("ids", [("2",), ("3",), ("1", "99"), ("eins",)])
def test_only_what_was_given_up_can_be_tried_anew(
    capsys: pytest.CaptureFixture[str], ids: tuple[str, ...]
) -> None:
    within(_filled)
    status: object
    try:
        status = main(["outbox", "retry", *ids, "--database", URL])
    except SystemExit as ended:
        status = ended.code
    assert status == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [m.state for m in within(_stored)] == ["dead", "waiting", "sent"]


def test_without_a_database_there_is_one_line_and_no_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["outbox", "list", "--database", URL]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert os.listdir() == []
