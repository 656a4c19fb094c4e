"""A dialogue through `intents.respond`, with a small store in the place of the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.enterprises.dialogue import Dialogue
from intents.conversation import FRESH, Conversation, from_json, to_json
from intents.respond import respond
from intents.turn import CancelDemand, DemandEntry, OwnDemand, Said, SaveDraft, SubmitDemand, Turn
from knowledge.snapshot import KnowledgeBase

START = datetime(2021, 5, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Talk:
    """One sender's talk; the conversation goes through JSON after every turn, as when stored."""

    kb: KnowledgeBase
    conversation: Conversation = FRESH
    turns: list[Turn] = field(default_factory=list)
    entries: dict[int, DemandEntry] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)

    def say(self, text: str, day: int = 0) -> Turn:
        now = START + timedelta(days=day, minutes=len(self.turns))
        turn = respond(self.conversation, Said(text, own=self._own()), self.kb, now)
        self.turns.append(turn)
        self.conversation = from_json(to_json(turn.conversation))
        for effect in turn.effects:
            if isinstance(effect, SaveDraft):
                self._store(effect.entry, "draft")
            elif isinstance(effect, SubmitDemand):
                self._store(effect.entry, "submitted")
            elif isinstance(effect, CancelDemand):
                self.status[effect.number] = "cancelled"
        return turn

    def _store(self, entry: DemandEntry, status: str) -> None:
        self.entries[entry.number] = entry
        if self.status.get(entry.number) != "submitted":
            self.status[entry.number] = status

    def _own(self) -> tuple[OwnDemand, ...]:
        return tuple(
            OwnDemand(
                id=number,
                number=number,
                status=self.status[number],
                editable=self.status[number] == "submitted",
                notice=entry.notice,
                created=START,
                fields=entry.fields,
                region=entry.region,
            )
            for number, entry in sorted(self.entries.items())
        )

    @property
    def last(self) -> int | None:
        return max(self.status) if self.status else None


@dataclass(frozen=True, slots=True)
class Miss:
    """A slot that does not hold what it should. `slot` may be `outcome`."""

    slot: str
    expected: Any
    given: Any


@dataclass(frozen=True, slots=True)
class Played:
    dialogue: Dialogue
    talk: Talk
    slots: int
    misses: tuple[Miss, ...]


def play(dialogue: Dialogue, kb: KnowledgeBase) -> Played:
    talk = Talk(kb)
    for text, day in zip(dialogue.turns, dialogue.days, strict=True):
        talk.say(text, day)
    misses: list[Miss] = []
    slots = len(dialogue.expect)
    for number, expect in enumerate(dialogue.before, 1):
        slots += len(expect)
        misses += _misses(expect, talk, number)
    misses += _misses(dialogue.expect, talk, talk.last)
    return Played(dialogue, talk, slots, tuple(misses))


def _misses(expect: Mapping[str, Any], talk: Talk, number: int | None) -> list[Miss]:
    entry = talk.entries.get(number) if number is not None else None
    fields = entry.fields if entry else {}
    outcome = talk.status.get(number, "none") if number is not None else "none"
    return [
        Miss(key, expected, given)
        for key, expected in expect.items()
        if not _holds(key, expected, given := outcome if key == "outcome" else _given(fields, key))
    ]


def _given(fields: Mapping[str, str | bool], key: str) -> str | bool | None:
    return fields.get(key.split()[0])


def _holds(key: str, expected: Any, given: str | bool | None) -> bool:
    if key.endswith(" contains"):
        return all(_bare(part) in _bare(str(given)) for part in expected)
    if key.endswith(" lacks"):
        return not any(part in str(given) for part in expected)
    return bool(given == expected)


def _bare(text: str) -> str:
    """The words alone: voice input has no punctuation."""
    return re.sub(r"[，、。；,;\s]", "", text)


def shown(played: Played) -> str:
    """A missed dialogue as a person reads it: what was said, what it changed, what is amiss."""
    lines = [f"--- {played.dialogue.id}"]
    before: dict[str, str | bool] = {}
    for text, turn in zip(played.dialogue.turns, played.talk.turns, strict=True):
        now = _fields_after(turn, before)
        changed = {k: v for k, v in now.items() if before.get(k) != v}
        gone = [f"-{k}" for k in before if k not in now]
        asks = turn.conversation.form.asking if turn.conversation.form else None
        what = " ".join([*(f"{k}={v}" for k, v in changed.items()), *gone])
        lines.append(f"  > {text!r}  [{turn.reply.kind}] {what}  ?{asks}")
        before = now
    lines += [f"  ! {m.slot}: {m.given!r}, not {m.expected!r}" for m in played.misses]
    return "\n".join(lines)


def _fields_after(turn: Turn, before: dict[str, str | bool]) -> dict[str, str | bool]:
    """The open form as it is after the turn; what it was where the turn closed or left it."""
    form = turn.conversation.form
    return dict(form.values) if form else before
