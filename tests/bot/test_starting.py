"""What a command loads before it does anything: only what it needs."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from bot import allocating

_LOADED = "import sys, bot.cli, bot.commands.ask; print(*sys.modules)"


def test_a_question_waits_for_no_database_no_server_and_no_office_files() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "bot" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "aiohttp", "docx", "openpyxl", "cryptography"}


_SERVED = """
import sys, bot.cli, bot.commands.serve, bot.console.routes, sqlalchemy.dialects.sqlite.aiosqlite
print(*sys.modules)
"""


def test_a_server_on_sqlite_loads_no_mapper_and_no_other_database() -> None:
    done = subprocess.run([sys.executable, "-c", _SERVED], capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "storage.conversations" in loaded, done.stderr
    assert not loaded & {"sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "asyncpg"}


def test_a_server_listens_before_it_loads_what_only_answering_takes() -> None:
    done = subprocess.run([sys.executable, "-c", _SERVED], capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "bot.app" in loaded, done.stderr
    assert not loaded & {"intents.respond", "intents.answer", "intents.remembered"}


_TRUSTING = """
import bot.cli, bot.commands.serve, aiohttp.connector as c, ssl
v, u = c._SSL_CONTEXT_VERIFIED, c._SSL_CONTEXT_UNVERIFIED
told = "set_default_verify_paths" in vars(ssl.SSLContext)
print(v.verify_mode.name, v.check_hostname, u.verify_mode.name, told)
"""


def test_connections_are_verified_as_ever() -> None:
    done = subprocess.run([sys.executable, "-c", _TRUSTING], capture_output=True, text=True)
    assert done.stdout.split() == ["CERT_REQUIRED", "True", "CERT_NONE", "False"], done.stderr


def test_where_the_c_library_is_another_one_memory_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    allocating.begin_sparingly()
    allocating.give_back()
