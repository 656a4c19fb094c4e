"""Do two needs ask for the same, in other words?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intents.slots.choice import affirmed
from knowledge.late import late
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase

_RUN = late("[\u4e00-\u9fff]+|[0-9a-z]+")
_CHINESE = late("[\u4e00-\u9fff]")
_GENERAL = ("知识产权", "发明专利", "商标", "企业", "申请", "服务", "产品", "公司", "登记")
_OF_ANY = 0.2
"""What words count that stand in needs of any kind."""
_ABOUT = 0.7
"""How far an everyday word is another one that has a meaning of it in the thesaurus."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How much the two hold of each other.

    `shorter` and `both` are shares from 0 to 1, of the need with less to say and of the two on
    the average; `words` are what both hold, in the wording of the shorter one. Nothing is shared
    where that are only words of needs of any kind.
    """

    shorter: float
    both: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a need that says something, and the notices' words that mean the same."""

    start: int
    word: str
    meant: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class _Need:
    said: str
    pieces: tuple[_Piece, ...]


def shared(one: str, other: str, kb: KnowledgeBase) -> Shared:
    first, second = sorted((_need(one, kb), _need(other, kb)), key=lambda n: len(n.pieces))
    held = [piece for piece in first.pieces if _held(second, piece)]
    if all(piece.weight <= _OF_ANY for piece in held):
        return Shared(0.0, 0.0, ())
    shorter = _share(first, second)
    both = (shorter + _share(second, first)) / 2
    return Shared(shorter, both, tuple(_stretches(held)))


def _need(text: str, kb: KnowledgeBase) -> _Need:
    said = kb.canonical(affirmed(text))
    pieces = []
    left = said
    for found in kb.related.found_in(said):
        word = said[found.start : found.end]
        pieces.append(_Piece(found.start, word, frozenset(found.words), 1.0))
        left = _blanked(left, found.start, found.end)
    for start, end in kb.light.spans(said):
        left = _blanked(left, start, end)
    pieces += [piece for run in _RUN.finditer(left) for piece in _plain(run)]
    return _Need(said, tuple(sorted(pieces, key=lambda piece: piece.start)))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _plain(run: re.Match[str]) -> Iterator[_Piece]:
    """A number or an abbreviation as it is, and every pair of characters that says something."""
    if not _CHINESE.match(run[0]):
        yield _Piece(run.start(), run[0], frozenset(), 1.0)
        return
    for at, pair in enumerate(pairs(run[0])):
        if LITTLE.isdisjoint(pair):
            weight = _OF_ANY if _is_general(pair) else 1.0
            yield _Piece(run.start() + at, pair, frozenset(), weight)


def _share(need: _Need, other: _Need) -> float:
    """How much of `need` the other one holds, from 0 to 1."""
    total = sum(piece.weight for piece in need.pieces)
    held = sum(piece.weight * _held(other, piece) for piece in need.pieces)
    return held / total if total else 0.0


def _held(need: _Need, piece: _Piece) -> float:
    """1 where the need says it, less where it only says what is about the same."""
    if piece.word in need.said or any(word in need.said for word in piece.meant):
        return 1.0
    about = any(p.meant & piece.meant or piece.word in p.meant for p in need.pieces)
    return _ABOUT if about or _partly_said(need, piece.word) else 0.0


def _partly_said(need: _Need, word: str) -> bool:
    """知识产权专员 where the need says 专员: half at least of what is not in needs of any kind."""
    telling = [pair for pair in pairs(word) if not _is_general(pair)]
    return 2 * sum(pair in need.said for pair in telling) >= max(len(telling), 1)


def _is_general(pair: str) -> bool:
    return any(pair in words for words in _GENERAL)


def _stretches(held: Iterable[_Piece]) -> list[str]:
    """The words, those that overlap as one: 动漫, 漫形, 形象 -> 动漫形象; telling ones first."""
    found: list[tuple[float, str]] = []
    end = -1
    for piece in held:
        if found and piece.start < end:
            weight, word = found[-1]
            found[-1] = (max(weight, piece.weight), word + piece.word[end - piece.start :])
        else:
            found.append((piece.weight, piece.word))
        end = piece.start + len(piece.word)
    return list(dict.fromkeys(word for _, word in sorted(found, key=lambda f: -f[0])))
