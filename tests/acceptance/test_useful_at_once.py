"""The official texts, imported and not touched by hand, answer what the curated files answer."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.asking import golden_reply
from bot.cli import main
from knowledge import golden
from knowledge.load import load_knowledge, shipped_dir
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase

TEXTS = Path(__file__).parents[2].parent / "shared" / "notices"
LEAST = 0.9
NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_nine_of_ten_that_the_curated_files_answer_pass_on_the_imported_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not TEXTS.is_dir():
        assert not os.environ.get("CI"), "the official texts are missing"
        pytest.skip("the official texts are not beside this checkout")
    assert main(["kb", "import", str(TEXTS), "--out", str(tmp_path)]) == 0
    curated, imported = load_knowledge(shipped_dir()), load_knowledge(shipped_dir(), tmp_path)
    assert all(notice.golden == () for notice in imported.notices)
    asked = [
        (question, home)
        for question, home in golden.questions(curated)
        if home and question.kind == "answer" and _passes(question, home, curated)
    ]
    missed = [question.q for question, home in asked if not _passes(question, home, imported)]
    assert len(missed) <= (1 - LEAST) * len(asked), "\n".join(missed)


def _passes(question: Golden, home: str | None, kb: KnowledgeBase) -> bool:
    return not golden.judge(question, home, golden_reply(kb, question, NOW))
