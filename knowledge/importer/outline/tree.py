"""Numbered paragraphs -> the clause tree -> places with labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.importer.numerals import MOST, Level, Numeral, label_of, numeral_of
from knowledge.importer.outline.headings import Headed, headed
from knowledge.importer.page import Block, Paragraph, Place

_LONG = 80
_ALWAYS = (Level.CHAPTER, Level.ARTICLE, Level.SECTION, Level.ITEM)


@dataclass(slots=True)
class Node:
    """A numbered paragraph, what follows it up to the next numeral, and its children."""

    numeral: Numeral
    line: Paragraph
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def headed(self) -> Headed:
        article = self.numeral.level is Level.ARTICLE
        return headed(self.line, self.numeral.length, article=article)

    def flat(self) -> Iterator[Block]:
        """All of it as it stands in the text."""
        yield self.line
        yield from self.blocks
        for child in self.children:
            yield from child.flat()


def top_level(lines: Sequence[Block]) -> Level | None:
    """The highest level that numbers clauses here, None where nothing does.

    Points (1.) number clauses only if they are counted on through the whole text; lists that
    begin anew under unnumbered headings are lists.
    """
    numerals = [n for line in lines if (n := _numeral(line)) is not None]
    top = min((n.level for n in numerals), default=None)
    if top is None or top in _ALWAYS:
        return top
    counted = [n.number for n in numerals if n.level is top]
    fits = top is Level.POINT and counted == list(range(1, len(counted) + 1)) and len(counted) > 1
    return top if fits else None


def first_clause(lines: Sequence[Block]) -> int | None:
    """Where the first clause begins: the first section, or an item that stands above all."""
    top = top_level(lines)
    if top is None:
        return None
    wanted = (top,) if top is Level.POINT else _ALWAYS
    found = (i for i, line in enumerate(lines) if (n := _numeral(line)) and n.level in wanted)
    return next(found, None)


def forest(lines: Sequence[Block]) -> list[Node]:
    """The tree of lines of which the first is a clause."""
    roots: list[Node] = []
    open_: list[Node] = []
    for line in lines:
        numeral = _numeral(line)
        if numeral is None or not isinstance(line, Paragraph):
            open_[-1].blocks.append(line)
            continue
        while open_ and open_[-1].numeral.level >= numeral.level:
            open_.pop()
        node = Node(numeral, line)
        (open_[-1].children if open_ else roots).append(node)
        open_.append(node)
    return roots


class Labels:
    """Gives each place a label of its own; `prefix` (附件1 ) is that of an attached document."""

    def __init__(self, prefix: str, taken: set[str]) -> None:
        self._prefix = prefix
        self._taken = taken

    def places(self, roots: Sequence[Node]) -> list[Place]:
        return self._group(roots, "", [])

    def _group(self, nodes: Sequence[Node], above: str, places: list[Place]) -> list[Place]:
        """Puts the nodes behind `places`; one for which no number is left joins the last."""
        printed = {n.numeral.number for n in nodes}
        last = 0
        for node in nodes:
            number = self._free(node.numeral, above, last, printed)
            if number is None and places:
                places[-1] = added(places[-1], tuple(node.flat()))
                continue
            last = number = number or node.numeral.number
            own = above + label_of(node.numeral.level, number)
            self._taken.add(self._prefix + own)
            places.extend(self._places(node, own))
        return places

    def _free(self, numeral: Numeral, above: str, last: int, printed: set[int]) -> int | None:
        """The number as printed; of one printed twice, the next that nothing else has."""

        def taken(number: int) -> bool:
            return self._prefix + above + label_of(numeral.level, number) in self._taken

        if not taken(numeral.number):
            return numeral.number
        candidates = (n for n in range(last + 1, MOST + 1) if n not in printed and not taken(n))
        return next(candidates, None)

    def _places(self, node: Node, own: str) -> list[Place]:
        split = node.headed
        blocks: list[Block] = [split.rest, *node.blocks] if split.rest else list(node.blocks)
        listed, standing = _parted(node)
        for child in listed:
            blocks.extend(child.flat())
        place = Place(self._prefix + own, "clause", split.heading, tuple(blocks))
        above = "" if node.numeral.level is Level.CHAPTER else own
        return self._group(standing, above, [place])


def added(place: Place, blocks: Sequence[Block]) -> Place:
    """The place with more text behind its own."""
    return replace(place, blocks=(*place.blocks, *blocks))


def _parted(node: Node) -> tuple[list[Node], list[Node]]:
    """The children that stay in the text as a list, and those that are places of their own.

    A list may stand before the first place, never after it: there it would be that place's.
    """
    highest = min((child.numeral.level for child in node.children), default=None)
    first = next((i for i, c in enumerate(node.children) if c.numeral.level is highest), 0)
    standing = node.children[first:]
    return (node.children[:first], standing) if _stand(node, standing) else (node.children, [])


def _stand(node: Node, children: Sequence[Node]) -> bool:
    if not children:
        return False
    level = children[0].numeral.level
    if not _can_be_named(node.numeral.level, level):
        return False
    if level in _ALWAYS:
        return True
    return len(children) > 1 and 2 * sum(map(_says_much, children)) > len(children)


def _can_be_named(above: Level, level: Level) -> bool:
    """As knowledge.model writes labels: 第三条（二） is none, nor is ①."""
    if above is Level.CHAPTER:
        return level is Level.ARTICLE
    if above is Level.ARTICLE or level is Level.MARK:
        return False
    return level > above


def _says_much(node: Node) -> bool:
    long = sum(len(b.text) for b in node.flat() if isinstance(b, Paragraph)) > _LONG
    has_table = any(not isinstance(b, Paragraph) for b in node.blocks)
    return long or has_table


def _numeral(line: Block) -> Numeral | None:
    return numeral_of(line.text) if isinstance(line, Paragraph) else None
