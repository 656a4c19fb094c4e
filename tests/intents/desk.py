"""A sender at the desk: a small store that keeps entries as the real one does, and its staff."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from intents.conversation import FRESH, Conversation, from_json, to_json
from intents.respond import respond
from intents.turn import (
    Attachment,
    CancelDemand,
    DemandEntry,
    Effect,
    Event,
    Forget,
    HandOff,
    NoteDemand,
    OpenQuestion,
    OwnDemand,
    Said,
    SaveDraft,
    SubmitDemand,
    Turn,
)
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import morning

Status = Literal["draft", "submitted", "accepted", "returned", "matched", "closed", "cancelled"]
EDITABLE = ("draft", "submitted", "returned")
FIRST_ID = 17
"""Ids are given out to all senders: a sender's own first demand is seldom the first."""


@dataclass
class Lying:
    """An entry as it lies in the store."""

    id: int
    entry: DemandEntry
    status: Status
    created: datetime
    told: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def own(self) -> OwnDemand:
        return OwnDemand(
            self.id,
            self.entry.number,
            self.status,
            self.status in EDITABLE,
            self.entry.notice,
            self.created,
            dict(self.entry.fields),
            self.entry.region,
            self.told,
        )


@dataclass
class Desk:
    """One sender's talk through all the decisions, over days, with what is stored of it."""

    kb: KnowledgeBase
    now: datetime = field(default_factory=morning)
    conversation: Conversation = FRESH
    entries: dict[int, Lying] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    questions: list[OpenQuestion | HandOff] = field(default_factory=list)
    submissions: list[DemandEntry] = field(default_factory=list)

    def say(self, text: str, event: Event = "text") -> Turn:
        return self.take(Said(text, event))

    def send(self, attachment: Attachment) -> Turn:
        return self.take(Said(event="attachment", attachment=attachment))

    def take(self, said: Said) -> Turn:
        own = tuple(lying.own for lying in self.entries.values())
        turn = respond(self.conversation, replace(said, own=own), self.kb, self.now)
        self.turns.append(turn)
        self.conversation = from_json(to_json(turn.conversation))
        for effect in turn.effects:
            self._apply(effect)
        self.now += timedelta(minutes=1)
        return turn

    def all(self, *texts: str) -> Turn:
        for text in texts:
            turn = self.say(text)
        return turn

    def wait(self, *, days: int) -> None:
        self.now += timedelta(days=days)

    def staff(self, status: Status, number: int, told: str = "") -> None:
        """Staff bring a demand to `status`, with what they write to the enterprise."""
        self.entries[number].status = status
        self.entries[number].told = told

    @property
    def last(self) -> str:
        return self.turns[-1].reply.text

    def _apply(self, effect: Effect) -> None:
        match effect:
            case SaveDraft(entry):
                self._save(entry, "draft")
            case SubmitDemand(entry):
                self.submissions.append(entry)
                self._save(entry, "submitted")
            case CancelDemand(number):
                self._empty(number, "cancelled")
            case Forget():
                for number, lying in self.entries.items():
                    draft = lying.status == "draft"
                    self._empty(number, "cancelled" if draft else lying.status)
                kept = replace(FRESH, demands=self.conversation.demands)
                self.conversation = kept
            case NoteDemand(number, told):
                self.entries[number].notes.append(told)
            case OpenQuestion() | HandOff():
                self.questions.append(effect)

    def _save(self, entry: DemandEntry, status: Status) -> None:
        """A draft replaces nothing that was submitted, nothing what staff have taken up."""
        old = self.entries.get(entry.number)
        if old is None:
            id_ = FIRST_ID + len(self.entries)
            self.entries[entry.number] = Lying(id_, entry, status, self.now)
        elif old.status in ("draft", "cancelled") or (
            status == "submitted" and old.status in EDITABLE
        ):
            old.entry, old.status = entry, status

    def _empty(self, number: int, status: Status) -> None:
        lying = self.entries.get(number)
        if lying is None or (status == "cancelled" and lying.status in ("closed", "cancelled")):
            return
        fields = {n: v for n, v in lying.entry.fields.items() if n not in lying.entry.personal}
        lying.entry, lying.status = replace(lying.entry, fields=fields), status
