"""`zhixing kb tune`: learns to tell needs, questions, talk and the rest apart. Pure but for `main`.

python -m bot.tuning.kinds          learns, and writes knowledge/kinds.json
python -m bot.tuning.kinds --check  cross-validates only, and prints what was mistaken
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.tuning import messages
from bot.tuning.linear import Example, learn
from bot.tuning.messages import Message
from intents import features, needs
from intents.filling.pieces import tidy
from intents.kinds import NEED, TALK
from intents.slots import choice
from knowledge import kinds as learnt
from knowledge.kinds import Kinds
from knowledge.load import load_knowledge, shipped_dir
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

FOLDS = 5


def train(said: Sequence[Message], words: Kinds, form: DemandForm) -> Kinds:
    """`words` with the weights learnt from messages; `form` gives the cues that needs are looked
    at with.

    Reproducible: the same arguments give the same weights.
    """
    said = sorted(set(said), key=_shuffled)
    needs = [(m, m.what) for m in said if m.kind == NEED and m.what]
    talk = [(m, m.what) for m in said if m.kind == TALK and m.what]
    return replace(
        words,
        kind=learn([Example(_seen(m, words), m.kind) for m in said]),
        theme=learn([Example(_seen_of_need(m, words, form), what) for m, what in needs]),
        intent=learn([Example(_seen(m, words), what) for m, what in talk]),
    )


def _seen(message: Message, kinds: Kinds) -> frozenset[str]:
    return features.of_message(message.text, kinds.groups)


def _seen_of_need(message: Message, kinds: Kinds, form: DemandForm) -> frozenset[str]:
    said = choice.affirmed(tidy(message.text))
    cued = choice.cued(said, form, kinds.themes)
    return features.of_need(said, kinds.about, cued)


def _shuffled(message: Message) -> bytes:
    """An order that has nothing to do with the kinds, and is the same everywhere."""
    return hashlib.sha256(f"{message.text}\0{message.kind}\0{message.what}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Judged:
    """A message that was held back, and what it was taken for."""

    message: Message
    shares: Mapping[str, float]
    what: Mapping[str, float]

    @property
    def right(self) -> bool:
        return max(self.shares, key=lambda k: self.shares[k]) == self.message.kind

    @property
    def what_right(self) -> bool:
        return not self.what or max(self.what, key=lambda k: self.what[k]) == self.message.what


def validated(said: Sequence[Message], words: Kinds, form: DemandForm) -> Iterator[Judged]:
    """Every message judged by weights that were learnt without it and its fold."""
    fold_of = {m: int.from_bytes(_shuffled(m)[-4:]) % FOLDS for m in said}
    for fold in range(FOLDS):
        kinds = train([m for m in said if fold_of[m] != fold], words, form)
        for message in said:
            if fold_of[message] == fold:
                yield _judged(message, kinds, form)


def _judged(message: Message, kinds: Kinds, form: DemandForm) -> Judged:
    what: dict[str, float] = {}
    if message.what and message.kind == NEED:
        what = kinds.theme.shares(_seen_of_need(message, kinds, form))
    elif message.what and message.kind == TALK:
        what = kinds.intent.shares(_seen(message, kinds))
    return Judged(message, kinds.kind.shares(_seen(message, kinds)), what)


def gathered(kb: KnowledgeBase) -> tuple[Message, ...]:
    """All that there is to learn from, each message once."""
    themes = messages.words().themes
    own = [*messages.written(), *messages.of_lexicon(kb), *messages.golden(kb, themes)]
    return tuple({m.text: m for m in reversed(own)}.values())


def report(judged: Sequence[Judged], sure: float) -> Iterator[str]:
    """What was found back, by kind, and every message that was mistaken."""
    for one in judged:
        if not one.right:
            best = max(one.shares, key=lambda k: one.shares[k])
            yield f"{one.message.kind} -> {best} {one.shares[best]:.2f} {one.message.text}"
        elif not one.what_right:
            best = max(one.what, key=lambda k: one.what[k])
            yield f"{one.message.what} -> {best} {one.what[best]:.2f} {one.message.text}"
    for kind, count in sorted(Counter(j.message.kind for j in judged).items()):
        mine = [j for j in judged if j.message.kind == kind]
        needs = sum(j.shares[NEED] >= sure for j in mine)
        told = [j for j in mine if j.what]
        names = f", of these named rightly {sum(j.what_right for j in told)} of {len(told)}"
        yield (
            f"{kind}: {sum(j.right for j in mine)} of {count} found, "
            f"{needs} taken for needs{names if told else ''}"
        )


def main(arguments: Sequence[str]) -> int:
    kb = load_knowledge(shipped_dir())
    form = kb.form_notice().form
    if form is None:
        return 2
    said, words = gathered(kb), messages.words()
    if "--check" in arguments:
        judged = list(validated(said, words, form))
        sys.stdout.writelines(f"{line}\n" for line in report(judged, needs.STATED))
        return 0
    write(train(said, words, form), learnt.FILE)
    return 0


def write(kinds: Kinds, path: Path) -> None:
    """The weights as JSON, a feature a line, so that a change can be read."""
    path.write_text(
        json.dumps(learnt.to_json(kinds), ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
