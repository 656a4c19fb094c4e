"""Whether something is there at all: a place that speaks of all else does not tell."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("第一批地理标志重点联系名录有没有武夷岩茶", "武夷岩茶"),
        ("百城百品里有安溪铁观音吗", "铁观音"),
        ("重点联系名录里列了平和蜜柚没", "平和蜜柚"),
    ],
)
def test_what_is_on_no_list_that_is_printed_is_not_said_to_be(
    kb: KnowledgeBase, question: str, thing: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert f"没有提到“{thing}”" in reply.text
    assert "名录" in reply.text or "百城百品" in reply.text  # the nearest known thing


@pytest.mark.parametrize(
    "question", ["福建万里行方案里有没有地理标志", "24年任务清单里有没有开放许可"]
)
def test_what_is_there_is_told(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "answer"
