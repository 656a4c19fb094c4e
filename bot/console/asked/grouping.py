"""Stored questions in groups of those that one answer answers, as staff see them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.staff.inert import masked, shortened
from intents.alike.question import Asked, grouped
from knowledge.snapshot import KnowledgeBase
from storage.questions import StoredQuestion


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike (`intents.alike.question`); the first was asked first."""

    questions: tuple[StoredQuestion, ...]

    @property
    def id(self) -> int:
        return self.questions[0].id

    @property
    def at(self) -> datetime:
        return self.questions[0].at

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.region for one in self.questions if one.region))

    @property
    def wants_a_person(self) -> bool:
        return self.questions[0].kind == "handoff"

    def text(self, longest: int) -> str:
        """The first one's, without personal data."""
        return shortened(masked(self.questions[0].question), longest)


async def groups_of(found: Sequence[StoredQuestion], kb: KnowledgeBase) -> list[Group]:
    """In the order of `found`. In a thread, as of thousands it takes seconds the first time."""
    by_id = {one.id: one for one in found}
    asked = [Asked(q.id, q.question, q.at.year, q.region, q.kind == "handoff") for q in found]
    ids = await asyncio.to_thread(grouped, asked, kb)
    return [Group(tuple(by_id[id_] for id_ in group)) for group in ids]
