"""`zhixing keys`, `purge` and `audit`: for who runs the machine."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.opening import open_database
from bot.settings import Settings
from storage import audit, demands
from storage.audit import AuditRow
from storage.database import Database
from storage.demands import StoredDemand
from storage.key_text import key_of_text
from storage.sealing import key_id
from tests.storage.rows import SUBMITTED, brought_to, file

URL = "sqlite:///zhixing.db"
KEY_FILE = Path("zhixing.db.key")
LONG_AGO = SUBMITTED.at - timedelta(days=5000)


@pytest.fixture(autouse=True)
def _an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)


class Shell:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *argv: str) -> str:
        assert main(list(argv)) == 0
        return self._capsys.readouterr().out

    def refused(self, *argv: str) -> str:
        """The one line with which it is refused."""
        status: object
        try:
            status = main(list(argv))
        except SystemExit as ended:
            status = ended.code
        assert status == 2
        told = self._capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        return told.err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


async def opened(stack: AsyncExitStack) -> Database:
    return await open_database(stack, Settings(database=URL))


async def stored() -> list[StoredDemand]:
    async with AsyncExitStack() as stack, (await opened(stack)).transaction() as conn:
        return await demands.listing(conn)


async def one_filed() -> int:
    async with AsyncExitStack() as stack:
        return await file(await opened(stack))


def test_a_new_key_is_printed_each_time_and_is_a_key(shell: Shell) -> None:
    first, second = shell.run("keys", "new"), shell.run("keys", "new")
    assert first != second
    assert len(key_of_text(first)) == 32


def test_keys_are_rotated_in_the_three_steps_of_the_guide(shell: Shell) -> None:
    asyncio.run(one_filed())
    old, new = KEY_FILE.read_text(), shell.run("keys", "new")
    KEY_FILE.write_text(new + old)
    assert "1 rows sealed anew" in shell.run("keys", "rotate", "--database", URL)
    KEY_FILE.write_text(new)
    assert "福建某某公司" in shell.run("demand", "list", "--json", "--database", URL)
    KEY_FILE.write_text(old)
    assert key_id(key_of_text(new)) in shell.refused("demand", "list", "--database", URL)


def test_what_ended_long_ago_is_purged(shell: Shell) -> None:
    async def closed_long_ago() -> None:
        async with AsyncExitStack() as stack:
            db = await opened(stack)
            await brought_to(db, "closed")
            await file(db, number=2)

    asyncio.run(closed_long_ago())
    Path("zhixing.toml").write_text("[privacy]\nretention_days = 1\n")
    assert "erased: 1 demands" in shell.run("purge", "--database", URL)
    closed, running = asyncio.run(stored())
    assert (closed.fields["手机"], running.fields["手机"]) == (None, "13900000001")


def test_the_audit_log_is_listed_by_day_and_by_demand(shell: Shell) -> None:
    async def audited() -> None:
        async with AsyncExitStack() as stack, (await opened(stack)).transaction() as conn:
            rows = [AuditRow(SUBMITTED.at, "wecom:li", "look", 17), AuditRow(LONG_AGO, "x", "look")]
            await audit.record(conn, rows)

    asyncio.run(audited())
    both = shell.run("audit", "list", "--database", URL).splitlines()
    assert both[0].split("  ")[1:] == ["2024-05-01 16:30:00", "wecom:li", "look", "demand 17"]
    assert len(both) == 2
    since = shell.run("audit", "list", "--since", "2024-05-01", "--database", URL)
    [of_one] = json.loads(shell.run("audit", "list", "--demand", "17", "--json", "--database", URL))
    assert since.splitlines() == both[:1]
    assert (of_one["actor"], of_one["at"]) == ("wecom:li", "2024-05-01T16:30:00+08:00")


def test_a_list_in_full_is_on_record_and_a_masked_one_shows_no_personal_field(
    shell: Shell,
) -> None:
    asyncio.run(one_filed())
    masked = shell.run("demand", "list", "--database", URL)
    assert "13900000001" not in masked
    assert shell.run("audit", "list", "--database", URL) == ""
    assert "13900000001" in shell.run("demand", "list", "--json", "--database", URL)
    [line] = shell.run("audit", "list", "--database", URL).splitlines()
    assert "export" in line
    assert "1 in full" in line


@pytest.mark.parametrize(
    "argv",
    [
        ("keys",),
        ("keys", "lose"),
        ("keys", "rotate", "--database", URL),
        ("purge", "--database", URL),
        ("audit", "list", "--database", URL),
        ("audit", "list", "--since", "yesterday"),
        ("audit", "list", "--demand", "seventeen"),
    ],
)
def test_bad_input_is_told_in_one_line_and_makes_no_file(
    shell: Shell, argv: tuple[str, ...]
) -> None:
    shell.refused(*argv)
    assert os.listdir() == []


def test_a_key_file_that_is_none_is_told_in_one_line(shell: Shell) -> None:
    asyncio.run(one_filed())
    KEY_FILE.write_text("geheim")
    assert "geheim" not in shell.refused("demand", "list", "--database", URL)
