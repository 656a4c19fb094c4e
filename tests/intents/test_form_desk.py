"""Whole talks at the desk, over days and several demands: what is said, and what lies there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.turn import HandOff
from knowledge.snapshot import KnowledgeBase
from tests.intents.desk import Desk

_FILE = Path(__file__).with_name("dialogues_desk.yaml")
_DIALOGUES: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _play(desk: Desk, turn: str | dict[str, Any]) -> None:
    if isinstance(turn, str):
        desk.say(turn)
    elif "days" in turn:
        desk.wait(days=turn["days"])
    elif "staff" in turn:
        desk.staff(turn["staff"], turn["number"], turn.get("told", ""))
    else:
        reply = desk.say(turn["say"], turn.get("event", "text")).reply
        seen = reply.plain
        for part in turn.get("told", ()):
            assert part in seen, (turn["say"], part, seen)
        for part in turn.get("not", ()):
            assert part not in seen, (turn["say"], part, seen)


@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda d: str(d["id"]))
def test_dialogue_at_the_desk(dialogue: dict[str, Any], kb: KnowledgeBase) -> None:
    desk = Desk(kb)
    for turn in dialogue["turns"]:
        _play(desk, turn)
    assert all(turn.reply.text.strip() for turn in desk.turns)
    assert set(desk.entries) == set(dialogue.get("entries", {}))
    for number, expected in dialogue.get("entries", {}).items():
        lying = desk.entries[number]
        given: dict[str, object] = {"状态": lying.status, "地区": lying.entry.region}
        given |= {"主管": lying.entry.bureau, "国家": lying.entry.national}
        given |= lying.entry.fields
        for name, value in expected.items():
            if isinstance(value, dict):
                said = str(given.get(name))
                assert all(part in said for part in value.get("contains", ())), (number, name, said)
                assert not any(part in said for part in value.get("not", ())), (number, name, said)
            else:
                assert given.get(name) == value, (number, name)
    notes = "\n".join(q.said if isinstance(q, HandOff) else q.question for q in desk.questions)
    for part in dialogue.get("staff_reads", ()):
        assert part in notes
