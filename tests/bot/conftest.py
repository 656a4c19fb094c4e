"""The shipped knowledge with a handful of golden questions, for what would ask them all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import start
from knowledge.load import shipped_dir
from tests.knowledge.small import ask_few

_ASKED = """\
golden:
  - {q: 谢谢你啊, kind: smalltalk, intent: thanks}
  - {q: 2021年万里行的总结几号交, facts: [10月30日], clauses: ["cnipa-2021-51#六（三）"]}
  - {q: 万里行报名要交多少钱, kind: refuse}
"""


@pytest.fixture(scope="session")
def little_asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped files, their golden questions left out but for a few."""
    folder = tmp_path_factory.mktemp("shipped")
    for file in shipped_dir().glob("*.yaml"):
        shutil.copy(file, folder)
    ask_few(folder)
    (folder / "golden" / "elsewhere.yaml").write_text(_ASKED, encoding="utf-8")
    return folder


@pytest.fixture
def few_questions(little_asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking all that are shipped takes a while, and says nothing about the command."""
    monkeypatch.setattr(start, "shipped_dir", lambda: little_asked)
