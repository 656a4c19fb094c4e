"""`zhixing` as a command, in a directory of its own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot import start
from bot.cli import main
from knowledge.load import Layer, load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from tests.bot.cli.running import Ran, Run, as_bytes


@pytest.fixture
def run(
    kb: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs a command in an empty directory; the shipped knowledge is read once for all tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)

    def read(*layers: Layer, **over: Any) -> KnowledgeBase:
        if layers == (shipped_dir(),) and not any(over.values()):
            return kb
        return load_knowledge(*layers, **over)

    monkeypatch.setattr(start, "load_knowledge", read)

    def ran(*argv: str | Path, stdin: str | bytes | Iterable[dict[str, Any]] = b"") -> Ran:
        given = io.TextIOWrapper(io.BytesIO(as_bytes(stdin)), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", given)
        try:
            status = main([str(arg) for arg in argv])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'talk.db'}"
