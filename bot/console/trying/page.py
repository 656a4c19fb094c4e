"""Try a question: the answer as the user would see it on each channel, and why it is this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.asking import noon
from bot.console.drafts.ground import Ground, ground_of
from bot.console.trying import words
from bot.console.trying.asking import tried
from bot.console.visit import LONGEST, Answer, Page, Visit, is_at_least
from bot.console.wanting import day_of
from bot.settings import SettingsError
from intents.respond import LONGEST as LONGEST_MESSAGE
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import drafts

_MOST_BEFORE = 10
_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in. `before` has a message a line."""

    q: str = ""
    day: str = ""
    region: str = ""
    before: str = ""
    draft: str = ""

    @property
    def earlier(self) -> list[str]:
        """The last of them."""
        lines = [line.strip() for line in self.before.split("\n")]
        return [line for line in lines if line][-_MOST_BEFORE:]

    @property
    def then(self) -> str:
        """What stands before the next message."""
        return "\n".join([*self.earlier, self.q.replace("\n", " ")])


class _Cannot(Exception):
    """What was typed cannot be tried: `what` is wrong, as `found` tells in full."""

    def __init__(self, what: str, found: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what, self.found = what, found


async def form(visit: Visit) -> Answer:
    """To be filled in; a link may bring words with it."""
    return await _page(visit, _asked({name: visit.asked(name) for name in visit.query}))


async def ask(visit: Visit) -> Answer:
    asked = _asked(visit.form)
    if asked.draft and not is_at_least(visit.staff.role, "admin"):
        return Page("refused.html", {"why": "role", "least": "admin"}, 403)
    try:
        if not asked.q:
            raise _Cannot("empty")
        kb = await _base(visit, asked)
        region = _region(asked.region, kb)
        found = await tried(kb, asked.q, _moment(asked.day, visit.now), region, asked.earlier)
    except _Cannot as why:
        told = {"problem": why.what, "problems": why.found}
        return await _page(visit, asked, told, 400)
    return await _page(visit, asked, {"tried": found, "kb": kb})


async def _page(
    visit: Visit, asked: Asked, told: Mapping[str, Any] | None = None, status: int = 200
) -> Answer:
    """The form with what was typed, and what came of it."""
    listed = []
    if is_at_least(visit.staff.role, "admin"):
        async with visit.transaction() as conn:
            listed = await drafts.listing(conn)
    context = {
        "asked": asked,
        "today": visit.now.date().isoformat(),
        "regions": [bureau.region for bureau in visit.kb.bureaus.all],
        "drafts": listed,
        "longest": LONGEST_MESSAGE,
        "longest_before": LONGEST,
        "most_before": _MOST_BEFORE,
        "words": words,
        "plainly": str,
        "in_full": True,
        "problem": "",
        "problems": (),
        "tried": None,
        "kb": visit.kb,
    }
    return Page("try.html", {**context, **(told or {})}, status)


def _asked(given: Mapping[str, str]) -> Asked:
    return Asked(
        given.get("q", "").strip(),
        given.get("day", "").strip(),
        given.get("region", "").strip(),
        given.get("before", "").strip(),
        given.get("draft", "").strip(),
    )


async def _base(visit: Visit, asked: Asked) -> KnowledgeBase:
    """What is served, or what the draft would make of it. Raises _Cannot."""
    if not asked.draft:
        return visit.kb
    async with visit.transaction() as conn:
        ground = await ground_of(conn, _number(asked.draft))
    if ground is None or not ground.is_open:
        raise _Cannot("no draft")
    return await _of_draft(visit, ground)


async def _of_draft(visit: Visit, ground: Ground) -> KnowledgeBase:
    console = visit.console
    try:
        return await console.bases.of_draft(console.settings, ground.key, ground.texts, visit.now)
    except KnowledgeError as error:
        raise _Cannot("draft", tuple(error.problems[:_PROBLEMS])) from None
    except SettingsError as error:
        raise _Cannot("draft", (str(error),)) from None


def _region(said: str, kb: KnowledgeBase) -> str | None:
    """By its full name. Raises _Cannot."""
    if not said:
        return None
    place = kb.divisions.find(said, near=kb.home)
    if place is None:
        raise _Cannot("region")
    return place


def _moment(day: str, now: datetime) -> datetime:
    """That day's noon; today it is as late as it is. Raises _Cannot."""
    wanted: date | None = day_of(day) if day else now.date()
    if wanted is None:
        raise _Cannot("day")
    return now if wanted == now.date() else noon(wanted, now)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
