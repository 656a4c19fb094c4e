"""`zhixing kb tune --what phrases`: which words follow one another in what people ask, and which
characters.

Learnt from knowledge/training and the golden questions; written to knowledge/slips/phrases.txt and
letters.npz.
Reproducible: the same files give the same lines.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from bot.tuning.askings import written_askings
from bot.tuning.messages import written
from knowledge.golden import placed
from knowledge.late import late
from knowledge.load import load_knowledge, shipped_dir
from knowledge.normalise import digits, normalise
from knowledge.slips import letters
from knowledge.slips.everyday import everyday
from knowledge.slips.lexemes import Lexemes
from knowledge.slips.phrases import EDGE, FIGURE, FILE
from knowledge.snapshot import KnowledgeBase

_HEAD = "# Learnt by `zhixing kb tune --what phrases`; not to be edited by hand.\n"
_PIECE = late("[\u4e00-\u9fff]+|\\d+|[^\u4e00-\u9fff\\d]+")
_LATIN = late("[a-z]")
# How much of a word's share is what people ask with; the rest is everyday writing.
_ASKED = 0.5
# How much of what follows a word is what was seen to follow it, where it was seen often; and how
# often "often" is: so often seen, half of that.
_FOLLOWS, _OFTEN = 0.75, 4
_GAIN = 0.7  # nats that a pair must save to be kept


@dataclass
class Counts:
    """How often words were seen, and how often each next word after them."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: list[str]) -> None:
        for one, other in pairwise(row):
            self.pairs[one][other] += 1
            self.words[other] += 1


def main() -> str:
    """Writes the file; returns what was done, for people."""
    kb = load_knowledge(shipped_dir(), golden=True)
    lexemes = kb.repair.lexemes
    texts = list(_asked(kb))
    asked = counted(texts, lexemes)
    lines = list(learnt(asked, lexemes))
    FILE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    keys, seen = letters.counted(digits(normalise(text)) for text in texts)
    most = np.iinfo(np.uint16).max
    np.savez_compressed(letters.FILE, keys=keys, counts=np.minimum(seen, most).astype(np.uint16))
    return f"{sum(asked.words.values())} words that people ask with; {len(lines)} lines"


def counted(texts: Iterable[str], lexemes: Lexemes) -> Counts:
    counts = Counts()
    for text in texts:
        row = [EDGE]
        for piece in _PIECE.findall(digits(normalise(text))):
            if piece[0].isdigit():
                row.append(FIGURE)
            elif "\u4e00" <= piece[0] <= "\u9fff":
                row += lexemes.cut(piece)
            elif row[-1] != EDGE:
                row.append(EDGE)
        counts.add([*row, EDGE] if row[-1] != EDGE else row)
    return counts


def learnt(asked: Counts, lexemes: Lexemes) -> Iterator[str]:
    """The lines of the file, the commonest word first."""
    words = {*asked.words, *asked.pairs}
    alone = {word: _cost(_share(word, asked, lexemes)) for word in words}
    for word in sorted(words, key=lambda w: (alone[w], w)):
        own = _weight(word, asked)
        rest = 1 - own
        nexts = {}
        for other, seen in asked.pairs.get(word, Counter()).items():
            share = rest * math.exp(-alone[other])
            if asked.words[word]:
                share += own * seen / asked.words[word]
            if _cost(share) < _cost(rest) + alone[other] - _GAIN:
                nexts[other] = _cost(share)
        told = sorted(nexts.items(), key=lambda pair: (pair[1], pair[0]))
        after = " ".join(f"{other} {round(cost * 10)}" for other, cost in told)
        yield f"{word} {round(alone[word] * 10)} {round(_cost(rest) * 10)} {after}".rstrip()


def _asked(kb: KnowledgeBase) -> Iterator[str]:
    """What people ask, golden questions that are held back or typed with slips left out."""
    yield from (message.text for message in written())
    yield from (asking.question for asking in written_askings(kb))
    for question in placed(kb):
        if question.held:
            continue
        for text in (question.golden.q, *question.golden.context):
            typed = digits(normalise(text))
            if _LATIN.search(typed) or kb.repaired(typed) == typed:
                yield text


def _share(word: str, asked: Counts, lexemes: Lexemes) -> float:
    """Half of what people ask with, half of everyday writing, as far as its words are known."""
    share = _ASKED * asked.words[word] / sum(asked.words.values())
    costs = everyday().costs
    if word in costs:
        return share + (1 - _ASKED) * math.exp(-costs[word])
    if word in (EDGE, FIGURE):
        return share
    cost = lexemes.cost(word)
    return share + (1 - _ASKED) * math.exp(-(16.0 if cost is None else cost) - _GAIN)


def _weight(word: str, asked: Counts) -> float:
    seen = asked.words[word]
    return _FOLLOWS * seen / (seen + _OFTEN)


def _cost(share: float) -> float:
    return -math.log(share)
