"""What kind of message this is, by learnt weights: a need, a question, talk, far off, or a value
for a form. Pure: the weights are a constant of the program, and a text is always read alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from intents import features
from knowledge import kinds as learnt

NEED, QUESTION, TALK, FAR, TELL = "need", "question", "talk", "far", "tell"


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely each kind is; together 1. `tell` is what only fills in a form."""

    need: float
    question: float
    talk: float
    far: float
    tell: float

    @property
    def best(self) -> str:
        return max((NEED, QUESTION, TALK, FAR, TELL), key=lambda kind: getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Likely:
    """The likeliest of several, how likely it is, and how likely the next one."""

    name: str
    share: float
    next: float


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """The kinds that `text` may be of."""
    kinds = learnt.shipped()
    shares = kinds.kind.shares(features.of_message(text, kinds.groups))
    return Reading(**shares)


def inquires(text: str) -> bool:
    """Whether `text` says that its sender wants to know or to see something."""
    return features.has_any(features.plain(text), learnt.shipped().groups["inform"])


@lru_cache(maxsize=4096)
def intent(text: str) -> Likely:
    """What talk or command `text` means, given that it is one: a name of the lexicon's tables."""
    kinds = learnt.shipped()
    return _likeliest(kinds.intent.shares(features.of_message(text, kinds.groups)))


@lru_cache(maxsize=4096)
def theme(text: str, cued: frozenset[str]) -> Likely:
    """What a need is about, given that it is one. `cued`: the themes that its words point to by
    the cues of the form in use."""
    kinds = learnt.shipped()
    return _likeliest(kinds.theme.shares(features.of_need(text, kinds.about, cued)))


@lru_cache(maxsize=4096)
def telling(text: str, name: str) -> str | None:
    """The word of `text` whose kind speaks most for a theme; None where none does."""
    kinds = learnt.shipped()
    head, said = kinds.theme, features.plain(text)
    place = head.classes.index(name)
    found = [
        (head.weights[f"@{kind}"][place], word)
        for kind, words in kinds.about.items()
        if f"@{kind}" in head.weights
        for word in words
        if word in said
    ]
    weight, word = max(found, key=lambda pair: (pair[0], len(pair[1])), default=(0, ""))
    return word if weight > 0 else None


def _likeliest(shares: dict[str, float]) -> Likely:
    ranked = sorted(shares, key=lambda name: -shares[name])
    return Likely(ranked[0], shares[ranked[0]], shares[ranked[1]] if len(ranked) > 1 else 0.0)
