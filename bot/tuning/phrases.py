"""`zhixing kb tune --what phrases`: which words follow one another in what people ask.

Learnt from knowledge/training and the golden questions, over counts of everyday writing; written to
knowledge/slips/phrases.txt. Reproducible: the same files give the same lines.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bot.tuning.messages import written
from knowledge.golden import placed
from knowledge.load import load_knowledge, shipped_dir
from knowledge.normalise import digits, normalise
from knowledge.slips.everyday import everyday
from knowledge.slips.lexemes import Lexemes
from knowledge.slips.phrases import EDGE, FIGURE, FILE
from knowledge.snapshot import KnowledgeBase

EVERYDAY = "everyday_pairs.txt"
_HEAD = "# Learnt by `zhixing kb tune --what phrases`; not to be edited by hand.\n"
_PIECE = re.compile("[\u4e00-\u9fff]+|\\d+|[^\u4e00-\u9fff\\d]+")
_LATIN = re.compile("[a-z]")
# How much of a word's share is what people ask with; the rest is everyday writing.
_ASKED = 0.5
# How much of what follows a word is what was seen to follow it, where it was seen often; and how
# often "often" is: so often seen, half of that.
_FOLLOWS, _OFTEN = (0.75, 0.6), (4, 40)
# Everyday pairs count that were seen so often, or so often of words that people ask with.
_LEAST, _LEAST_ASKED = 4, 2
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
    asked = counted(_asked(kb), lexemes)
    lines = list(learnt(asked, _everyday(), lexemes))
    FILE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
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


def learnt(asked: Counts, usual: Counts, lexemes: Lexemes) -> Iterator[str]:
    """The lines of the file, the commonest word first."""
    words = {*asked.words, *usual.pairs, *(w for nexts in usual.pairs.values() for w in nexts)}
    alone = {word: _cost(_share(word, asked, usual, lexemes)) for word in words}
    for word in sorted(words, key=lambda w: (alone[w], w)):
        own, general = _weights(word, asked, usual)
        rest = 1 - own - general
        nexts = {}
        for other in {*asked.pairs.get(word, ()), *_seen(word, asked, usual)}:
            share = rest * math.exp(-alone[other])
            if asked.words[word]:
                share += own * asked.pairs[word][other] / asked.words[word]
            if usual.words[word]:
                share += general * usual.pairs[word][other] / usual.words[word]
            if _cost(share) < _cost(rest) + alone[other] - _GAIN:
                nexts[other] = _cost(share)
        if nexts or word in asked.words:
            told = sorted(nexts.items(), key=lambda pair: (pair[1], pair[0]))
            after = " ".join(f"{other} {round(cost * 10)}" for other, cost in told)
            yield f"{word} {round(alone[word] * 10)} {round(_cost(rest) * 10)} {after}".rstrip()


def _asked(kb: KnowledgeBase) -> Iterator[str]:
    """What people ask, golden questions that are held back or typed with slips left out."""
    yield from (message.text for message in written())
    for question in placed(kb):
        if question.held:
            continue
        for text in (question.golden.q, *question.golden.context):
            typed = digits(normalise(text))
            if _LATIN.search(typed) or kb.repaired(typed) == typed:
                yield text


def _everyday() -> Counts:
    counts = Counts()
    path: Path = shipped_dir() / "training" / EVERYDAY
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            word, count, *nexts = line.split(" ")
            counts.words[word] = int(count)
            counts.pairs[word] = Counter(
                {w: int(n) for w, n in zip(nexts[::2], nexts[1::2], strict=True)}
            )
    return counts


def _seen(word: str, asked: Counts, usual: Counts) -> Iterator[str]:
    for other, count in usual.pairs.get(word, {}).items():
        known = word in asked.words and other in asked.words
        if count >= (_LEAST_ASKED if known else _LEAST):
            yield other


def _share(word: str, asked: Counts, usual: Counts, lexemes: Lexemes) -> float:
    share = _ASKED * asked.words[word] / sum(asked.words.values())
    costs = everyday().costs
    if word in costs:
        return share + (1 - _ASKED) * math.exp(-costs[word])
    if word in (EDGE, FIGURE):
        return share + (1 - _ASKED) * usual.words[word] / (sum(usual.words.values()) or 1)
    return share + (1 - _ASKED) * math.exp(-lexemes.costs.get(word, 16.0) - _GAIN)


def _weights(word: str, asked: Counts, usual: Counts) -> tuple[float, float]:
    seen, often = asked.words[word], usual.words[word]
    own = _FOLLOWS[0] * seen / (seen + _OFTEN[0])
    return own, (1 - own) * _FOLLOWS[1] * often / (often + _OFTEN[1])


def _cost(share: float) -> float:
    return -math.log(share)
