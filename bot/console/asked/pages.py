"""Questions that no notice answers: those alike together, answered once for all who asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console import browser
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.staff import handling
from bot.staff.counter.serving import Serving
from bot.staff.inert import masked, shortened
from intents.wording import staff as say
from knowledge.normalise import normalise
from storage import questions
from storage.questions import AlreadyAnswered, StoredQuestion

_IN_LIST = 120
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Open questions in the same words, but for marks; the first was asked first. `text` is
    without personal data."""

    questions: tuple[StoredQuestion, ...]
    text: str
    regions: tuple[str, ...]

    @property
    def id(self) -> int:
        return self.questions[0].id

    @property
    def at(self) -> datetime:
        return self.questions[0].at

    @property
    def wants_a_person(self) -> bool:
        return self.questions[0].kind == "handoff"


async def question_list(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        found = await _open(visit.serving(conn))
    groups = sorted(_grouped(found, _IN_LIST), key=lambda group: (-len(group.questions), group.at))
    return Page("questions.html", {"groups": groups, "told": visit.asked("told")[:6]})


async def question(visit: Visit) -> Answer:
    return await _shown(visit)


async def answer(visit: Visit) -> Answer:
    """To all who asked it, each told as by chat."""
    text = visit.form.get("answer", "").strip()
    if not text:
        return await _shown(visit, "lacking", status=400)
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        group = _group_of(await _open(at), visit.number)
        told = [one for one in group if await _answered(at, one, text)]
    if not told:
        return await _shown(visit, "answered", text, status=409)
    visit.console.wake()
    return Elsewhere(f"{browser.PATH}/questions?told={len(told)}")


async def _answered(at: Serving, one: StoredQuestion, text: str) -> bool:
    try:
        await handling.answer(at.conn, at.staff, one.id, text, at.now, at.provided.pushable)
    except AlreadyAnswered:  # by another worker, at this moment
        return False
    return True


async def _shown(visit: Visit, problem: str = "", kept: str = "", status: int = 200) -> Answer:
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        one = await questions.find(conn, visit.number)
        if one is None or one.state == "erased":
            return Page("problem.html", {"status": 404}, 404)
        if not at.reach.has_region(one.region, visit.kb):
            await at.refuse(say.COMMAND["answer"], say.not_yours(one.id, at.staff.regions))
            return Page("refused.html", {"why": "region", "what": f"{one.id}号问题"}, 403)
        same = _group_of(await _open(at), one.id) or [one]
        by = await at.name_of(one.answered_by) if one.answered_by else ""
    notice = visit.kb.get(one.nearest["notice"]) if one.nearest else None
    context = {
        "one": one,
        "group": _grouped(same, 1000)[0],
        "lacks": masked(one.lacks),
        "notice": notice,
        "clause": one.nearest["clause"] if one.nearest else "",
        "by": by,
        "problem": problem,
        "kept": kept,
    }
    return Page("question.html", context, status)


async def _open(at: Serving) -> list[StoredQuestion]:
    found = await questions.open_questions(at.conn)
    return [one for one in found if at.reach.has_region(one.region, at.kb)]


def _grouped(found: Sequence[StoredQuestion], longest: int) -> list[Group]:
    alike: dict[str, list[StoredQuestion]] = {}
    for one in found:
        alike.setdefault(_key(one), []).append(one)
    return [_group(same, longest) for same in alike.values()]


def _group(same: Sequence[StoredQuestion], longest: int) -> Group:
    regions = tuple(dict.fromkeys(one.region for one in same if one.region))
    return Group(tuple(same), shortened(masked(same[0].question), longest), regions)


def _group_of(found: Sequence[StoredQuestion], number: int) -> list[StoredQuestion]:
    key = next((_key(one) for one in found if one.id == number), None)
    return [one for one in found if key is not None and _key(one) == key]


def _key(one: StoredQuestion) -> str:
    """Who wants a person wants one each."""
    return f"#{one.id}" if one.kind == "handoff" else _MARKS.sub("", normalise(one.question))
