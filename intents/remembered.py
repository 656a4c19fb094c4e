"""What is remembered for each snapshot of the knowledge base, forgotten together."""

from __future__ import annotations

from intents.answer import answer
from intents.duties import actors_of, scopes_of
from intents.operators import reading
from intents.recognise import entry_of, need_in
from intents.select import opened
from intents.slots.cues import form_of
from intents.understand import meant, namer_of, understand
from knowledge.inforce import outdone, standings

OF_A_SNAPSHOT = (
    actors_of,
    answer,
    entry_of,
    form_of,
    meant,
    namer_of,
    need_in,
    opened,
    outdone,
    reading,
    scopes_of,
    standings,
    understand,
)
"""The remembering functions that take one, or a notice: each keeps it alive."""


def forget() -> None:
    """For when another snapshot is served: the one before can then leave the memory."""
    for remembering in OF_A_SNAPSHOT:
        remembering.cache_clear()
