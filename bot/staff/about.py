"""What a stored demand is about, whatever the form that it was given in calls its slots."""

from __future__ import annotations

from typing import Protocol

from bot.staff.inert import known_values, masked, shortened
from intents.told import Told, told
from intents.wording import staff as say
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from storage.demands import Fields, StoredDemand


class Filled(Protocol):
    """A demand, as far as it says what it is about."""

    @property
    def notice(self) -> str: ...
    @property
    def fields(self) -> Fields: ...


class Forms(Protocol):
    """All that is needed of the knowledge base."""

    @property
    def has_form(self) -> bool: ...
    def get(self, notice_id: str) -> Notice | None: ...
    def form_notice(self) -> Notice: ...


def about(demand: Filled, kb: Forms) -> Told:
    """By its own form; where its notice is gone by the one in use, as far as that has its slots."""
    notice = kb.get(demand.notice)
    if notice is None and kb.has_form:
        notice = kb.form_notice()
    return told(demand.fields, notice.form if notice else None)


def region_of(demand: StoredDemand, kb: KnowledgeBase) -> str | None:
    """That of the bureau which has it; where none has, what the enterprise told."""
    bureau = kb.bureaus.get(demand.bureau) if demand.bureau else None
    return bureau.region if bureau else demand.region


def shown(demand: StoredDemand, text: str, limit: int) -> str:
    """Words out of the demand as a list shows them: without personal data, and short."""
    personal = [v for name in demand.personal if isinstance(v := demand.fields.get(name), str)]
    return shortened(masked(text, known_values(personal)), limit)


def company_of(demand: StoredDemand, kb: Forms) -> str:
    """The enterprise's name as a list shows it."""
    return shown(demand, about(demand, kb).company, 24) or say.unnamed()
