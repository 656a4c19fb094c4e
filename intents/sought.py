"""What a question asks of whether it is there at all: 名录里有没有武夷岩茶, 台商能不能参加."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.late import late
from knowledge.snapshot import KnowledgeBase

_BOUND = late("[,。?!;:]")
# Shorter ones are too common to be looked for: 有没有提法, 有没有动静.
_LEAST = 3


def sought(text: str, segments: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """Those parts of the subject's `segments`, in canonical `text`, that must stand in the answer:
    a place that speaks of all else does not tell whether they are there. Of what is asked for at
    once the first alone; what follows is said of it. Of words that some notice has, how much of
    them the place holds is weighed as of any others."""
    stretches = list(_stretches(text, kb))
    found = dict.fromkeys(_shared(text, segments, stretches)) if stretches else ()
    return tuple(part for part in found if _is_strange(part, kb))


def _is_strange(part: str, kb: KnowledgeBase) -> bool:
    return len(part) >= _LEAST and sum(map(len, kb.index.unknown((part,)))) >= len(part) - 1


def _stretches(text: str, kb: KnowledgeBase) -> Iterator[tuple[int, int]]:
    """From where to where something stands that is asked for."""
    cues = kb.lexicon.sought
    if behind := cues.get("behind"):
        for match in behind.expression.finditer(text):
            yield match.end(), _next_bound(text, match.end())
    if before := cues.get("before"):
        for match in before.expression.finditer(text):
            yield _last_bound(text, match.start()), match.start()


def _next_bound(text: str, at: int) -> int:
    match = _BOUND.search(text, at)
    return match.start() if match else len(text)


def _last_bound(text: str, at: int) -> int:
    return max((match.end() for match in _BOUND.finditer(text, 0, at)), default=0)


def _shared(
    text: str, segments: Sequence[str], stretches: Sequence[tuple[int, int]]
) -> Iterator[str]:
    found = [(m.start(), m.end()) for s in segments for m in re.finditer(re.escape(s), text)]
    for start, end in stretches:
        within = ((max(start, a), min(end, b)) for a, b in sorted(found))
        parts = (text[a:b] for a, b in within if b > a)
        yield from islice(parts, 1)
