"""Stored questions in groups of those that one answer answers, as staff see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.beside import beside
from bot.staff.counter.reach import Reach
from bot.staff.inert import masked, shortened
from intents.alike.question import Asked, grouped
from knowledge.snapshot import KnowledgeBase
from storage import questions
from storage.database import Database
from storage.questions import StoredQuestion

_REACHES = 8


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


class OpenGroups:
    """The groups of the open questions, as they were for the last few reaches: worked out anew
    only once a question was asked or is open no more, and then what was read before is remembered
    (`intents.alike.question.read_of`)."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, tuple[int, ...]], list[Group]] = {}

    async def of(self, db: Database, reach: Reach, kb: KnowledgeBase) -> list[Group]:
        """Those within the reach, by who asked first."""
        async with db.transaction() as conn:
            places = await questions.open_places(conn)
            theirs = {
                where for where in {region for _, region in places} if reach.has_region(where, kb)
            }
            ids = tuple(id_ for id_, region in places if region in theirs)
            key = kb.version, ids
            if key in self._kept:
                return self._kept[key]
            found = [one for one in await questions.open_questions(conn) if one.region in theirs]
        groups = await groups_of([one for one in found if one.id in set(ids)], kb)
        while len(self._kept) >= _REACHES:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = groups
        return groups


async def groups_of(found: Sequence[StoredQuestion], kb: KnowledgeBase) -> list[Group]:
    """In the order of `found`. In a thread, as of thousands it takes seconds the first time."""
    by_id = {one.id: one for one in found}
    asked = [Asked(q.id, q.question, q.at.year, q.region, q.kind == "handoff") for q in found]
    ids = await beside(lambda: grouped(asked, kb))
    return [Group(tuple(by_id[id_] for id_ in group)) for group in ids]
