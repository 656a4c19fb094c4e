"""A clause that tells several things without punctuation, cut where one ends and the next begins.

Of all candidates (`intents.filling.spans`) those are kept that stand beside each other and
together tell the most; what is between them are free words.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from intents.filling.pieces import Piece
from intents.filling.span import Around, Span
from intents.filling.spans import spans
from knowledge.model import DemandForm

_Best = dict[int, tuple[float, list[Span]]]
_PARTICLES = "了啦吧哦呀啊"  # 联系人换成王小明了: no part of the name, and nothing by itself
_GAP, _CRUMB = 1.0, 3.0  # what free words between two spans cost; a single character of them


def parted(piece: Piece, form: DemandForm, around: Around) -> list[Piece]:
    """`piece` as what it tells one after the other; itself alone where it tells one thing."""
    clause = piece.text.rstrip(_PARTICLES)
    chosen = _best(list(spans(clause, form, around)), len(clause))
    if not chosen or all(span.weight < 1 for span in chosen):
        return [piece]
    parts: list[Piece] = []
    at = 0
    last = len(clause if chosen[-1].end == len(clause) else piece.text)
    for span in [*chosen, Span(last, last, 0)]:
        parts += _free(piece, at, span.start)
        if span.end > span.start and not span.idle:
            start, end = piece.start + span.start, piece.start + span.end
            text = clause[span.start : span.end]
            parts.append(Piece(start, end, text, who=span.who))
        at = span.end
    return parts


def _free(piece: Piece, start: int, end: int) -> list[Piece]:
    text = piece.text[start:end]
    bare = text.strip(" ，,:：-")
    if not bare:
        return []
    start += text.index(bare)
    return [Piece(piece.start + start, piece.start + start + len(bare), bare)]


def _best(candidates: Sequence[Span], length: int) -> list[Span]:
    """The spans that together weigh most, left to right; a free stretch between costs a little."""
    by_end: dict[int, list[Span]] = {}
    for span in candidates:
        by_end.setdefault(span.end, []).append(span)
    # best[i]: weight and spans of the first i characters, where a span ends at i (or i is 0).
    best: _Best = {0: (0.0, [])}
    for end in sorted(by_end):
        for span in by_end[end]:
            weight, before = _upto(best, span.start)
            if end not in best or weight + span.weight > best[end][0]:
                best[end] = (weight + span.weight, [*before, span])
    return _upto(best, length)[1]


def _upto(best: _Best, end: int) -> tuple[float, list[Span]]:
    """The best spans that end at or before `end`, and their weight with the stretch up to it."""
    ways = [
        (weight - _cost(end - at), chosen) for at, (weight, chosen) in best.items() if at <= end
    ]
    return max(ways, key=itemgetter(0))


def _cost(free: int) -> float:
    return 0 if free == 0 else _CRUMB if free == 1 else _GAP
