"""A message that leaves out what the talk was about takes the rest from the conversation."""

from __future__ import annotations

import re
from dataclasses import replace

from intents.conversation import Topic
from intents.query import Query, Scope
from intents.result import Answer
from knowledge.lexicon import Aspect
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

_NEIGHBOUR = re.compile("([上下前后])一?(?:条|项|个|款)")
# Asked after something else, these are about that same thing; others bring their own subject.
_OF_THE_SAME: tuple[Aspect, ...] = (
    "deadline", "period", "when", "over", "who", "where", "target", "columns", "list",
    "content",
)  # fmt: skip


def completed(query: Query, topic: Topic | None, kb: KnowledgeBase) -> Query:
    """`query` with what it leaves out, if it is a follow-up at all."""
    if topic is None or not _leaves_out(query):
        return query
    scope, said = query.scope, query.segments
    if label := _place(query, topic, kb):
        return replace(
            query, segments=(), scope=replace(scope, notices=topic.notices, labels=(label,))
        )
    asks = query.asks or _asks(topic)
    named = query.scope.pointed
    segments = said or (_subject(topic) if _same_subject(query) and not named else ())
    return replace(query, segments=segments, asks=asks, scope=_scope(scope, topic, kb))


def topic_of(query: Query, answer: Answer, kb: KnowledgeBase) -> Topic:
    """What is remembered of a question and its answer; of a refusal, only the question."""
    cited = answer.citations if answer.kind == "answer" else ()
    notices = tuple(dict.fromkeys(c.notice for c in cited)) or query.scope.notices
    campaigns = {kb.notice(notice).campaign for notice in notices}
    return Topic(
        question=query.text,
        notices=notices,
        label=cited[0].clause if len(cited) == 1 else None,
        years=query.scope.years,
        regions=query.scope.regions,
        campaign=query.scope.campaign or (campaigns.pop() if len(campaigns) == 1 else None),
        aspect=query.asks[0] if query.asks else answer.ask,
        subject=query.subject,
    )


def _place(query: Query, topic: Topic, kb: KnowledgeBase) -> str | None:
    """The clause that is pointed at from the last one: the next, the one before, or that one."""
    if topic.label is None or len(topic.notices) != 1:
        return None
    if match := _NEIGHBOUR.search(query.text):
        return _neighbour(kb.notice(topic.notices[0]), topic.label, -1 if match[1] in "上前" else 1)
    if query.segments or not query.scope.empty:
        return None
    same = bool(query.asks) and query.asks[0] in _OF_THE_SAME and not topic.subject
    return topic.label if query.duty or same else None


def _neighbour(notice: Notice, label: str, step: int) -> str | None:
    labels = [clause.label for clause in notice.clauses] + [task.clause for task in notice.tasks]
    place = labels.index(label) + step if label in labels else -1
    return labels[place] if 0 <= place < len(labels) else None


def _leaves_out(query: Query) -> bool:
    """Nothing to stand on of its own: no subject, or no aspect and only a hint of a subject."""
    if query.values or query.outside or query.scope.notices:
        return False
    if _NEIGHBOUR.search(query.text):
        return True
    if not query.segments:
        return bool(query.asks or query.duty or not query.scope.empty or query.continues)
    return query.continues and len(query.subject) <= 12


def _same_subject(query: Query) -> bool:
    return not query.asks or query.asks[0] in _OF_THE_SAME


def _asks(topic: Topic) -> tuple[Aspect, ...]:
    return (topic.aspect,) if topic.aspect else ()  # type: ignore[return-value]


def _subject(topic: Topic) -> tuple[str, ...]:
    return tuple(topic.subject.split())


def _scope(new: Scope, topic: Topic, kb: KnowledgeBase) -> Scope:
    """A year, place or level said anew replaces the old one; else the old notices stay meant."""
    campaign = new.campaign or topic.campaign
    if new.years or new.regions or new.level:
        regions = new.regions or (() if new.level or new.years else topic.regions)
        years = new.years or (() if new.level or new.regions else topic.years)
        return replace(new, campaign=campaign, years=years, regions=regions)
    notices = tuple(i for i in topic.notices if any(n.id == i for n in kb.notices))
    if notices:
        return replace(new, notices=notices, campaign=None)
    return replace(new, years=topic.years, regions=topic.regions, campaign=campaign)
