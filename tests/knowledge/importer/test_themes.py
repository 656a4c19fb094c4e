"""Key tasks of a drafted form come with the words in which enterprises speak of such needs."""

from __future__ import annotations

import pytest

from knowledge.importer.themes import cues_of


@pytest.mark.parametrize(
    ("task", "word"),
    [
        ("推进知识产权质押融资扩面行动", "贷款"),
        ("地理标志产业强县工程", "土特产"),
        ("专利转化运用对接行动", "转让"),
        ("知识产权质押融资“入园惠企”行动", "银行"),
    ],
)
def test_a_task_is_known_by_everyday_words(task: str, word: str) -> None:
    assert word in cues_of(task)


def test_a_task_of_no_known_theme_has_no_words() -> None:
    assert cues_of("其他") == ()
