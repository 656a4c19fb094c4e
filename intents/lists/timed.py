"""When a step of a campaign is, called by its very name; beside it what is then handed in."""

from __future__ import annotations

from datetime import date

from intents.lists.operators import reading
from intents.lists.points import due_of
from intents.lists.subject import spelled
from intents.lists.tables import notices_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import answers as say
from knowledge.model import Period
from knowledge.snapshot import KnowledgeBase

_CAMPAIGN = "活动"


def step_named(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """活动总结安排在几月: None unless a step is all that is named, and a time all that is asked."""
    read, scope = reading(query, kb), query.scope
    if query.asks[:1] not in (("when",), ("period",)) or read.has("hand_in", "start", "end"):
        return None
    if not (scope.notices or scope.years or scope.regions) or scope.pointed or scope.days:
        return None
    words = read.left("steps", "documents", "count")
    if len(words) != 1 or scope.months or read.has("each", "compare", "length"):
        return None
    for notice in in_order(notices_of(query, kb, "period"), scope, kb):
        period = next((p for p in notice.periods if _is_called(words[0], p, kb)), None)
        due = due_of(words, notice, kb)
        if period is not None and due is not None and due.clause != period.clause:
            lines = [say.period(period, today), say.deadline(due, today)]
            return told(lines, notice, [period.clause, due.clause], query, kb)
    return None


def _is_called(word: str, period: Period, kb: KnowledgeBase) -> bool:
    """The campaign's own name before it may be left out."""
    return spelled(period.what, kb).removeprefix(_CAMPAIGN) == word.removeprefix(_CAMPAIGN)
