"""How messages are answered: what that takes is imported with the first of them.

It is a third of the program, and a tenth of a server's start; the warming up is such a message.
"""

from __future__ import annotations

from datetime import datetime

from intents.conversation import Conversation
from intents.turn import Said, Turn
from knowledge.snapshot import KnowledgeBase


def respond(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Turn:
    """As `intents.respond.respond`."""
    from intents.respond import respond as answer

    return answer(conversation, said, kb, now)


def forget() -> None:
    """As `intents.remembered.forget`."""
    from intents.remembered import forget as forget_all

    forget_all()
