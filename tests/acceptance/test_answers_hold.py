"""What users may rely on as to answers: the share that is right, of what nobody tuned on too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.asking import golden_reply
from knowledge import golden
from knowledge.golden import Placed
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MORE = Path(__file__).parents[1] / "more_notices"
UNSEEN = Path(__file__).parents[1] / "unseen_notices"


def shares(kb: KnowledgeBase, asked: Sequence[Placed]) -> dict[str, float]:
    """The share answered as it should be, by kind."""
    every = Counter(one.golden.kind for one in asked)
    right = Counter(
        one.golden.kind
        for one in asked
        if not golden.judge(one.golden, one.home, golden_reply(kb, one.golden, NOW))
    )
    return {kind: right[kind] / count for kind, count in every.items()}


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return load_knowledge(shipped_dir(), golden=True)


def test_questions_that_no_tuning_has_seen_are_mostly_answered(shipped: KnowledgeBase) -> None:
    held = [one for one in golden.placed(shipped) if one.held]
    found = shares(shipped, held)
    assert len(held) > 200
    assert found["answer"] >= 0.8
    assert found["refuse"] >= 0.8
    assert found["collect"] >= 0.9


def added(shipped: KnowledgeBase, directory: Path) -> tuple[KnowledgeBase, list[Placed]]:
    """The shipped notices with those of the directory, and the questions that came with them."""
    kb = load_knowledge(shipped_dir(), directory, golden=True)
    known = {one.file for one in golden.placed(shipped)}
    return kb, [one for one in golden.placed(kb) if one.file not in known]


def test_imported_notices_are_answered_from_as_they_came(shipped: KnowledgeBase) -> None:
    """Nothing but their heads was mended by hand after the import."""
    kb, more = added(shipped, MORE)
    found = shares(kb, more)
    assert len(kb.notices) == 29
    assert len(more) >= 180
    assert found["answer"] >= 0.78
    assert found["refuse"] >= 0.95


def test_notices_that_nothing_was_tuned_on_are_answered_from_in_minutes(
    shipped: KnowledgeBase,
) -> None:
    """Imported, nothing mended, and nobody has asked of them yet."""
    kb, unseen = added(shipped, UNSEEN)
    found = shares(kb, unseen)
    assert len(unseen) >= 50
    assert found["answer"] >= 0.5
    assert found["refuse"] >= 0.8
