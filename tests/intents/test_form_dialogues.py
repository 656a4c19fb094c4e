"""Whole dialogues in users' words, with the entry that must lie there in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.snapshot import KnowledgeBase
from tests.intents.dialogue import Talk

_FILE = Path(__file__).with_name("dialogues.yaml")
_DIALOGUES: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda d: str(d["id"]))
def test_dialogue_ends_with_the_right_entry(dialogue: dict[str, Any], kb: KnowledgeBase) -> None:
    talk = Talk(kb)
    talk.all(*dialogue["turns"])
    assert talk.outcome == dialogue["outcome"]
    for name, expected in dialogue.get("expect", {}).items():
        given = talk.fields.get(name)
        if isinstance(expected, dict):
            assert all(part in str(given) for part in expected["contains"]), (name, given)
        else:
            assert given == expected, name


@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda d: str(d["id"]))
def test_every_turn_of_a_dialogue_says_something(
    dialogue: dict[str, Any], kb: KnowledgeBase
) -> None:
    talk = Talk(kb)
    talk.all(*dialogue["turns"])
    assert all(turn.reply.text.strip() for turn in talk.turns)
