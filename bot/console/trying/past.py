"""A past answer: what was said, what was answered, and why, as saying it once more tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from bot.answered import PastTurn, from_json
from bot.console.talk import is_erased, is_of
from bot.console.trying import words
from bot.console.trying.replay import Told, Whose, replayed
from bot.console.visit import Answer, Page, Visit, is_at_least
from bot.forgetting import without_personal
from bot.settings import SettingsError
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import demands, events, inbox, questions, revisions
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.inbox import InboxRow

_BEFORE, _MOST = timedelta(days=30), 60

By = Literal["served", "then", "now"]
"""By which knowledge it is said once more: what is in force, which answered then too | what was in
force then | what is in force, since the other cannot be had."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The message with what is needed to say it once more. `demand` is one within reach to whose
    talk it belongs; `texts` are the files of the revision that answered, None where it is gone."""

    row: InboxRow
    past: PastTurn
    demand: StoredDemand | None
    own: tuple[StoredDemand, ...]
    earlier: tuple[InboxRow, ...]
    texts: dict[str, str] | None


async def past(visit: Visit) -> Answer:
    """By the message's key, or by the number of the question that it left open."""
    async with visit.transaction() as conn:
        row = await _row(visit, conn)
        if row is None:
            return Page("problem.html", {"status": 404}, 404)
        found = await _found(visit, conn, row)
        at = visit.serving(conn)
        if not await _may_see(visit, conn, found):
            await at.refuse("查看答复", "不属于负责地区的需求")
            return Page("refused.html", {"why": "region", "what": "这条对话"}, 403)
        await at.record("look", found.demand.id if found.demand else None, f"答复 {row.key}")
    return Page("trace.html", await _context(visit, found))


async def _may_see(visit: Visit, conn: AsyncConnection, found: _Found) -> bool:
    """Of a demand, who may see that; of anything else heads, unless it is known to be of regions
    that are not theirs alone."""
    if found.demand is not None:
        return True
    left = await questions.left_by(conn, found.row.sender, found.row.at)
    if left is not None and not visit.reach.has_region(left.region, visit.kb):
        return False
    filed = [one for one in found.own if one.status != "draft"]
    theirs = not filed or any(visit.reach.has(one.bureau) for one in filed)
    return theirs and is_at_least(visit.staff.role, "head")


async def _row(visit: Visit, conn: AsyncConnection) -> InboxRow | None:
    if key := visit.asked("key"):
        return await inbox.find(conn, key)
    number = visit.asked("question")
    if not number.isdecimal() or len(number) > 9:
        return None
    asked = await questions.find(conn, int(number))
    if asked is None or asked.state == "erased":
        return None
    rows = await inbox.of_sender(conn, asked.sender, asked.at, asked.at, 1)
    return rows[0] if rows else None


async def _found(visit: Visit, conn: AsyncConnection, row: InboxRow) -> _Found:
    told = from_json(row.reply)
    own = (await demands.of_senders(conn, [row.sender])).get(row.sender, [])
    earlier = await inbox.of_sender(conn, row.sender, row.at - _BEFORE, row.at, _MOST)
    return _Found(
        row,
        told,
        await _demand(visit, conn, row, told, own),
        tuple(own),
        tuple(one for one in earlier if one.key != row.key),
        await _texts(conn, told.revision),
    )


async def _texts(conn: AsyncConnection, number: int) -> dict[str, str] | None:
    known = number <= await revisions.newest(conn)
    return await revisions.files(conn, number) if known else None


async def _demand(
    visit: Visit,
    conn: AsyncConnection,
    row: InboxRow,
    told: PastTurn,
    own: Sequence[StoredDemand],
) -> StoredDemand | None:
    near = [one for one in own if one.status != "draft" and visit.reach.has(one.bureau)]
    steps = await events.histories(conn, [one.id for one in near])
    return next((one for one in near if is_of(one, steps.get(one.id, []), row, told)), None)


async def _context(visit: Visit, found: _Found) -> dict[str, Any]:
    """Whoever has no demand of the sender's to handle sees nothing personal."""
    told = Told(found.row.at.astimezone(visit.now.tzinfo), found.past)
    channel, said = found.row.sender.partition(":")[0], found.past.said
    context = {
        "row": found.row,
        "past": found.past,
        "told": told,
        "demand": found.demand,
        "erased": is_erased(found.past),
        "plainly": str if found.demand else _without_personal,
        "in_full": found.demand is not None or _without_personal(said) == said,
        "channel": channel,
        "words": words,
        "kb": visit.kb,
        "again": None,
        "by": "served",
        "revision": visit.console.current.revision,
    }
    if not told.can_be_said_again:
        return context
    kb, by = await _base(visit, found)
    zone = visit.now.tzinfo
    earlier = [Told(one.at.astimezone(zone), from_json(one.reply)) for one in found.earlier]
    days = visit.console.settings.privacy.retention_days
    again = await replayed(kb, Whose(channel, found.own, days), earlier, told)
    return {**context, "again": again, "by": by, "kb": kb}


async def _base(visit: Visit, found: _Found) -> tuple[KnowledgeBase, By]:
    console, number = visit.console, found.past.revision
    if number == console.current.revision:
        return visit.kb, "served"
    if found.texts is None:
        return visit.kb, "now"
    try:
        settings, texts = console.settings, found.texts
        return await console.bases.of_revision(settings, number, texts, visit.now), "then"
    except (KnowledgeError, SettingsError):
        return visit.kb, "now"


def _without_personal(text: str) -> str:
    return without_personal(text, ())
