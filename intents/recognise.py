"""What a whole message is taken for: a command, small talk, a need. Remembered, as it is pure."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Literal

from rapidfuzz.distance import Hamming

from intents import kinds
from intents.filling.pieces import tidy
from intents.needs import Need, read_need, states_need
from intents.slots.cues import form_of
from knowledge.cues import Cues
from knowledge.late import late
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase

Table = Literal["commands", "talk"]

_LIKELY, _CLEARLY, _SURELY_TALK = 0.6, 0.85, 0.9
_FINAL = ("forget", "cancel")
_LONGEST_TALK = 30  # characters
# Of so many characters one may be wrong.
_TELLING = 4
# Which of two things is better is asked about things, not about how one is.
_CHOICE = late("好还是|还是[^你您]{1,8}好")
_PUNCTUATION = late(r"[\s,.;:!?。,、~…·\"'“”()()\[\]【】「」\-]+")
_POLITE = late(
    r"^(?:请问|请|麻烦|你好|您好|那|那个|嗯|哎|喂)+|(?:吧|啊|呀|哈|呢|了|一下|谢谢|啦|哦|嘛)+$"
)
_PADDING = late(r"^(?:请问一下|请问|问一下|麻烦问一?下|哈哈+|那个|嗯)+|哈哈+$")


def bare(text: str) -> str:
    """The message without punctuation."""
    return _PUNCTUATION.sub("", normalise(text))


@lru_cache(maxsize=4096)
def entry_of(said: str, table: Table, kb: KnowledgeBase) -> str:
    """The entry whose cues are the whole of what was said, politeness aside; "" for none.

    A typo in one of the words (登记须求) is forgiven where the message is long enough.
    """
    cues_of: dict[str, Cues] = getattr(kb.lexicon, table)
    polite = _POLITE.sub("", said)
    plainly = _plainly(said, kb)
    forms = dict.fromkeys((said, polite, plainly))
    for name, cues in cues_of.items():
        if any(map(cues.expression.fullmatch, forms)):
            return name
    if len(polite) < _TELLING:
        return ""
    near = (
        (Hamming.distance(polite, word), name)
        for name, cues in cues_of.items()
        for word in cues.words
        if len(word) == len(polite)
    )
    wrong, name = min(near, key=itemgetter(0), default=(_TELLING, ""))
    return name if wrong <= 1 else ""


def _plainly(said: str, kb: KnowledgeBase) -> str:
    """`said` without a greeting before it and thanks behind it, unless it is nothing else."""
    said = _PADDING.sub("", said) or said
    for entry, joint in (("greet", str.removeprefix), ("thanks", str.removesuffix)):
        for word in kb.lexicon.said_as(entry):
            rest = joint(said, word)
            if rest and rest != said:
                said = _POLITE.sub("", rest) or said
                break
    return said


@lru_cache(maxsize=4096)
def meant_as(text: str) -> str:
    """The command or small talk that `text` is in words that the lexicon need not have.

    A name of the lexicon's tables; `chat` where it can only be said that it is talk; "" for what
    is none. What cannot be undone must be said more clearly than the rest.
    """
    said = tidy(text)
    if len(said) > _LONGEST_TALK:
        return ""
    talk = kinds.read(said).talk
    likely = kinds.intent(said)
    if talk * likely.share >= (_CLEARLY if likely.name in _FINAL else _LIKELY):
        return likely.name
    return "chat" if talk >= _SURELY_TALK and not _CHOICE.search(said) else ""


@lru_cache(maxsize=4096)
def need_in(text: str, kb: KnowledgeBase) -> Need | None:
    """The need that the message states, if it states one; without a task where there is no form."""
    form = form_of(kb.form_notice(), kb) if kb.has_form else None
    if form is not None:
        return read_need(text, form)
    return Need(text, None, None, False) if states_need(text) else None
