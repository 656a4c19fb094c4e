"""Dialogues as owners type and dictate them, through all of the assistant."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.enterprises.dialogue import Dialogue
from benchmarks.enterprises.file import read
from benchmarks.enterprises.playing import play, shown
from knowledge.snapshot import KnowledgeBase

_MISSED = 0.06  # the share that may end wrongly
_DIALOGUES = read(Path(__file__).with_name("dialogues_owners.yaml"))


def test_owners_dialogues_end_with_the_right_entry(kb: KnowledgeBase) -> None:
    wrong = [one for one in (play(dialogue, kb) for dialogue in _DIALOGUES) if one.misses]
    assert len(wrong) <= len(_DIALOGUES) * _MISSED, "\n".join(map(shown, wrong))


@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda d: str(d.id))
def test_every_turn_says_something(dialogue: Dialogue, kb: KnowledgeBase) -> None:
    assert all(turn.reply.text.strip() for turn in play(dialogue, kb).talk.turns)
