"""One sender asking, on a day: what tests of answers say in one line."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from intents.conversation import FRESH, Conversation, from_json, to_json
from intents.respond import respond
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase

ZONE = ZoneInfo("Asia/Shanghai")
LATER = "2024-09-01"
"""A day after all that the shipped notices set dates for, but the last of 2024."""


def morning(on: str = LATER) -> datetime:
    return datetime.fromisoformat(f"{on}T09:00").replace(tzinfo=ZONE)


def turns(
    kb: KnowledgeBase, *messages: str, on: str = LATER, after: Conversation = FRESH
) -> list[Turn]:
    """The turns of one talk; between them the conversation is stored and loaded again."""
    now = morning(on)
    talk, out = after, []
    for message in messages:
        out.append(respond(talk, Said(message), kb, now))
        talk = from_json(to_json(out[-1].conversation))
    return out


def ask(kb: KnowledgeBase, *messages: str, on: str = LATER) -> Reply:
    """The reply to the last of the messages."""
    return turns(kb, *messages, on=on)[-1].reply


def cited(reply: Reply) -> list[str]:
    """`notice#clause`, best first."""
    return [f"{citation.notice}#{citation.clause}" for citation in reply.citations]


def notices(reply: Reply) -> list[str]:
    return list(dict.fromkeys(citation.notice for citation in reply.citations))
