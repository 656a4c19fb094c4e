"""A message that nothing answers, read once more with what may be slips in it put right."""

from __future__ import annotations

from functools import lru_cache

from intents import kinds
from intents.moment import Moment
from intents.replying import answered
from intents.turn import Turn
from knowledge.normalise import digits, normalise
from knowledge.snapshot import KnowledgeBase

# What is as likely as this to be of another world, or talk, is not read otherwise: 疫苗打不打.
_ELSEWHERE = 0.6


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
    kind = kinds.read(moment.said)
    if text is None or kind.far + kind.talk >= _ELSEWHERE:
        return None
    other = Moment(moment.conversation, text, moment.kb, moment.now)
    if moment.asked.asks and other.asked.segments == moment.asked.segments:
        return None  # of the same subject: only how it is asked about was read otherwise
    if other.asked.scope.years != moment.asked.scope.years:
        return None  # of another year
    if moment.asked.values and not other.asked.values:
        return None  # what it asks for is clear, and that the notices do not hold it
    return answered(other) if other.kind == "answer" else None
