"""What is remembered for each snapshot of the knowledge base, forgotten together."""

from __future__ import annotations

from intents.alike.company import taken_apart
from intents.alike.question import read_of
from intents.answer import answer, found
from intents.evidence.question import says
from intents.evidence.words import names_of, words_of
from intents.guessing import guess_of
from intents.lists.duties import actors_of, scopes_of
from intents.lists.operators import reading
from intents.lists.subject import spelled
from intents.lists.tables import all_met
from intents.preface import core_of, heard, scope_in, storyless
from intents.ranking import ranked
from intents.recognise import entry_of, need_in
from intents.several import parts_of
from intents.slots.cues import form_of
from intents.understand import meant, namer_of, understand
from intents.verbatim import entries
from knowledge.inforce import outdone, standings

OF_A_SNAPSHOT = (
    actors_of,
    all_met,
    answer,
    core_of,
    entries,
    entry_of,
    form_of,
    found,
    guess_of,
    heard,
    meant,
    namer_of,
    names_of,
    need_in,
    outdone,
    parts_of,
    ranked,
    read_of,
    reading,
    says,
    scope_in,
    scopes_of,
    spelled,
    storyless,
    standings,
    taken_apart,
    understand,
    words_of,
)
"""The remembering functions that take one, or a notice: each keeps it alive."""


def forget() -> None:
    """For when another snapshot is served: the one before can then leave the memory."""
    for remembering in OF_A_SNAPSHOT:
        remembering.cache_clear()
