"""One message in its conversation, with what several of the decisions want to know about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from intents.answer import answer, found, is_answered
from intents.conversation import Conversation
from intents.counting_on import reckons_on
from intents.followup import readings
from intents.form import region_told
from intents.preface import Heard, core_of, heard, storyless
from intents.query import Query
from intents.recognise import bare
from intents.refusal import far_off
from intents.result import Answer
from intents.slots.cues import form_of
from intents.turn import Handed, Kind, OwnDemand
from intents.understand import meant, understand
from knowledge.late import late
from knowledge.model import DemandForm
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase

_INTERROGATIVE = late(
    r"[?？]|[吗呢么]$|([\u4e00-\u9fff])[没不]\1|什么|啥|哪|谁|几|多少|多[大长高久]|怎|咋|如何|何时|是否|能不能|是不是|"
    r"有没有|真的假的|真假"
    r"|(?<![都也还从并有就])没$"
)


@dataclass(frozen=True)
class Moment:
    """One message in its conversation, with what several steps want to know about it."""

    conversation: Conversation
    text: str
    kb: KnowledgeBase
    now: datetime
    before: Query | None = None
    """The question before this one in the same message."""
    own: tuple[OwnDemand, ...] = ()
    """The sender's demands as they are stored, oldest first."""
    kept_days: int = 730
    """How long personal data are kept."""
    handed: Handed | None = None
    """That people have the talk, or are waited for."""
    opens: datetime | None = None
    """When people are there again; None where they are now."""
    pushed: bool = False
    """Whether the platform lets us write first."""

    def saying(self, text: str, conversation: Conversation) -> Moment:
        """The same sender at the same time, with other words in another state of the talk."""
        return replace(self, text=text, conversation=conversation, before=None)

    @cached_property
    def bare(self) -> str:
        """The message without punctuation, for commands and small talk."""
        return bare(self.text)

    @cached_property
    def said(self) -> str:
        """What was meant, to know its kind by: slips of typing put right, pinyin read. In an open
        form the sender's own words, for they may be a name or a number."""
        if self.conversation.form is not None:
            return self.text
        return meant(self.text, self.kb)

    @cached_property
    def heard(self) -> Heard:
        return heard(meant(self.text, self.kb), self.kb)

    @cached_property
    def today(self) -> date:
        """The day to reckon from: as the message says, or else as it is."""
        return self.heard.today(self.now.date())

    @cached_property
    def asked(self) -> Query:
        """What the message asks by itself: the first way to take it that has an answer. Who asks
        and why is no part of it."""
        *before, question = self.heard.ways
        asked = self._understood(question)
        plain = storyless(question, self.kb)
        core = core_of(plain or question, self.kb)
        ways = [*before, *filter(None, (plain,)), question, *filter(None, (core,))]
        if len(ways) == 1:
            return asked
        answered = (q for q in map(self._understood, ways) if is_answered(q, self.kb, self.today))
        return next(answered, self._understood(plain) if plain else asked)

    def _understood(self, text: str) -> Query:
        return understand(text, self.kb, self.today.year)

    @cached_property
    def query(self) -> Query:
        """What the message asks in its conversation: the first reading that has an answer."""
        joined = reckons_on(self.asked, self.conversation.topic, self.kb)
        if joined and is_answered(both := self._understood(joined), self.kb, self.today):
            return self._at_home(both)
        read = readings(self.asked, self.conversation.topic, self.kb, self.before)
        if len(read.ways) == 1:
            return self._at_home(read.plain)
        ways = map(self._at_home, read.ways)
        answered = (way for way in ways if is_answered(way, self.kb, self.today))
        return next(answered, self._at_home(read.plain))

    def _at_home(self, query: Query) -> Query:
        return query.of(query.scope.asked_by(self.home))

    @cached_property
    def home(self) -> str | None:
        """Where the sender is from: as said now, in the open form, before, or else the bureau's."""
        place = self.region
        lineage = self.kb.divisions.lineage(place) if place else ()
        known = (name for name in lineage if name in self.kb.regions.names)
        return next(known, None) or self.kb.home

    @cached_property
    def region(self) -> str | None:
        """Where the sender is from, as far as they have told it."""
        told = self.asked.scope.home or region_told(self.conversation, self.kb)
        return told or self.conversation.region

    @cached_property
    def answer(self) -> Answer:
        return answer(self.query, self.kb, self.today)

    @cached_property
    def told(self) -> Answer | None:
        """Its answer, but None for a refusal, which takes longer to make than to foresee."""
        return found(self.query, self.kb, self.today)

    @property
    def kind(self) -> Kind:
        """Of its answer."""
        return self.told.kind if self.told else "refuse"

    @cached_property
    def far(self) -> bool:
        """Whether its answer is that nothing in the notices is near."""
        if self.told:
            return self.told.far
        return far_off(self.query.of(self.query.scope.asked_on(self.today)), self.kb)

    @cached_property
    def form(self) -> DemandForm | None:
        return form_of(self.kb.form_notice(), self.kb) if self.kb.has_form else None

    @cached_property
    def asks(self) -> bool:
        """Whether the message has the form of a question."""
        return bool(_INTERROGATIVE.search(normalise(self.said)))
