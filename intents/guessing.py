"""A message that nothing answers, read once more with what may be slips in it put right."""

from __future__ import annotations

from functools import lru_cache

from intents.moment import Moment
from intents.replying import answered
from intents.turn import Turn
from knowledge.normalise import digits, normalise
from knowledge.snapshot import KnowledgeBase


@lru_cache(maxsize=4096)
def guess_of(text: str, kb: KnowledgeBase) -> str | None:
    """`text` as it may have been meant; None where no other reading comes near."""
    typed = digits(normalise(text))
    guess = kb.repaired(typed, bold=True)
    return guess if guess not in (typed, kb.repaired(typed)) else None


def guessed(moment: Moment) -> Turn | None:
    """The answer to what may have been meant, if there is one."""
    if moment.conversation.form is not None or moment.kind != "refuse":
        return None
    text = guess_of(moment.text, moment.kb)
    if text is None:
        return None
    other = Moment(moment.conversation, text, moment.kb, moment.now)
    if moment.asked.asks and other.asked.segments == moment.asked.segments:
        return None  # of the same subject: only how it is asked about was read otherwise
    return answered(other) if other.kind == "answer" else None
