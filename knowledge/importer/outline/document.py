"""One document -> its places: what stands before its clauses, the clauses, what closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.importer.numerals import Level, numeral_of
from knowledge.importer.outline.kinds import is_prose
from knowledge.importer.outline.parts import body_begins, closing, text_of
from knowledge.importer.outline.tree import Node, first_clause, forest
from knowledge.importer.page import Block

_CLAUSES = (Level.CHAPTER, Level.ARTICLE, Level.SECTION, Level.ITEM)
_ADDRESSED = re.compile(r"[^。《]{2,600}[：:]\s*")
_FEW = 25
# How the last words of a notice begin that belong to no clause.
_LAST_WORDS = re.compile(
    r"\s*(?:各|请|望|以上|希望|上述|未尽|有关|本(?:通知|意见|方案|办法|公告|规定)|此前)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """Every line is in exactly one of the four."""

    before: tuple[Block, ...]
    roots: tuple[Node, ...]
    last_words: tuple[Block, ...]
    after: tuple[Block, ...]


def document_of(lines: Sequence[Block]) -> Document:
    """A document without numbered clauses has all of its text in `before`."""
    numbered = [i for i, line in enumerate(lines) if _is_clause(line)]
    end = closing(lines, numbered[-1] + 1 if numbered else body_begins(lines))
    first = first_clause(lines[:end])
    if first is None:
        return Document(tuple(lines[:end]), (), (), tuple(lines[end:]))
    roots = forest(lines[first:end])
    last = _last_words(roots)
    return Document(tuple(lines[:first]), tuple(roots), last, tuple(lines[end:]))


def body_after_addressees(lines: Sequence[Block]) -> int:
    """Where the text of a document without clauses begins: behind the line that names whom it
    is for, else with its first sentence."""
    for i, line in enumerate(lines[:_FEW]):
        text = text_of(line)
        if _ADDRESSED.fullmatch(text):
            return i + 1
        if is_prose(text):
            return i
    return next((i for i, line in enumerate(lines) if is_prose(text_of(line))), len(lines))


def _is_clause(line: Block) -> bool:
    numeral = numeral_of(text_of(line))
    return numeral is not None and numeral.level in _CLAUSES


def _last_words(roots: Sequence[Node]) -> tuple[Block, ...]:
    """Takes from the last item what says how all of the notice is to be carried out.

    Where every other item is one paragraph, the paragraphs behind the last one are not its own.
    """
    items = [child for root in roots for child in root.children]
    if len(items) < 3 or items[-1].numeral.level is not Level.ITEM:
        return ()
    last = items[-1]
    if last not in roots[-1].children or last.children or not _opens_paragraph(last):
        return ()
    others = [len(item.blocks) for item in items[:-1]]
    if sum(n > 0 for n in others) * 4 > len(others) or not last.blocks:
        return ()
    if not _LAST_WORDS.match(text_of(last.blocks[0])):
        return ()
    taken = tuple(last.blocks)
    last.blocks.clear()
    return taken


def _opens_paragraph(node: Node) -> bool:
    return node.headed.rest is not None
