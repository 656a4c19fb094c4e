"""A text cut up where marks begin and end, so that each value in it can be highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of the reading `number`, by the name of its field."""

    number: int
    field: str
    span: Span
    doubtful: bool

    @property
    def id(self) -> str:
        return f"m{self.number}-{self.field}" if self.field else f"m{self.number}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `begin` are the marks that begin with it, `within` all it is part
    of, the widest first."""

    text: str
    begin: tuple[Mark, ...]
    within: tuple[Mark, ...]


def pieces_of(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The whole text in order."""
    sound = [mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= len(text)]
    sound.sort(key=lambda mark: (mark.span[0], -mark.span[1], mark.number))
    edges = sorted({0, len(text), *(edge for mark in sound for edge in mark.span)})
    found: list[Piece] = []
    open_: list[Mark] = []
    coming = sound[::-1]
    for start, end in pairwise(edges):
        open_ = [mark for mark in open_ if mark.span[1] > start]
        begin = []
        while coming and coming[-1].span[0] == start:
            begin.append(coming.pop())
        open_ += begin
        found.append(Piece(text[start:end], tuple(begin), tuple(open_)))
    return found


def excerpt(text: str, sentence: str, spans: Mapping[str, Span]) -> Sequence[tuple[str, bool]]:
    """The sentence in pieces, each with whether it is one of the values read from `text`."""
    first = min((start for start, _ in spans.values()), default=0)
    at = text.find(sentence, max(0, first - len(sentence)))
    if at < 0 or not sentence:
        return [(sentence, False)] if sentence else []
    inside = [
        Mark(0, name, (max(start - at, 0), min(end - at, len(sentence))), False)
        for name, (start, end) in spans.items()
    ]
    return [(piece.text, bool(piece.within)) for piece in pieces_of(sentence, inside)]
