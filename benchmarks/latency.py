"""How long understanding and answering take by themselves, in a process that knows nothing yet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from intents.conversation import FRESH, Conversation
from intents.respond import respond
from intents.turn import Said
from knowledge import golden
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase

Question = tuple[Conversation, str]


@dataclass(frozen=True, slots=True)
class Latencies:
    """Seconds, one a golden question: asked for the first time, and again."""

    cold: tuple[float, ...]
    warm: tuple[float, ...]


def measure(limit: int | None) -> Latencies:
    """Over the first `limit` golden questions, or all. To be called in a fresh process."""
    settings = Settings()
    kb, now = knowledge_of(settings, golden=True), clock_of(settings)()
    asked = [_asked(kb, question, now) for question in _distinct(kb, limit)]
    return Latencies(_timed(asked, kb, now), _timed(asked, kb, now))


def _distinct(kb: KnowledgeBase, limit: int | None) -> Sequence[Golden]:
    """Each text once, so that none is known when it is asked first."""
    by_text = {question.q: question for question, _ in golden.questions(kb)}
    return list(islice(by_text.values(), limit))


def _asked(kb: KnowledgeBase, question: Golden, now: datetime) -> Question:
    conversation = FRESH
    for before in question.context:
        conversation = respond(conversation, Said(before), kb, now).conversation
    return conversation, question.q


def _timed(asked: Sequence[Question], kb: KnowledgeBase, now: datetime) -> tuple[float, ...]:
    seconds = []
    for conversation, text in asked:
        begun = time.perf_counter()
        respond(conversation, Said(text), kb, now)
        seconds.append(time.perf_counter() - begun)
    return tuple(seconds)
