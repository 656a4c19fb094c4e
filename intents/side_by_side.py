"""The answers to several questions on one page: what each notice says under its name, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intents.moment import Moment
from intents.query import Scope
from intents.telling import cited, excerpt
from knowledge.late import late
from knowledge.model import Notice

ROOM = 388
_LEAST, _LEAST_OF_LINE = 60, 30
_MARKS = late("[，、；：。]")


@dataclass(slots=True)
class Block:
    """What one notice says to the parts: the told texts and the labels under which they stand."""

    notice: Notice
    told: list[str]
    labels: list[str]


def shortened(parts: Sequence[Moment], room: int) -> str:
    """The best of each part's answer on one page of about `room` characters."""
    best = [blocks(part)[:1] for part in parts]
    shares = _shares(best, parts[0], room)
    told = [
        _fit(block, part, share)
        for found, part, share in zip(best, parts, shares, strict=True)
        for block in found
    ]
    return "\n".join(_written(told, parts[0]))


def pages(parts: Sequence[Moment], lacking: Sequence[str]) -> Iterator[str]:
    """One page with all parts, each cut to its share of it; behind it what was cut, in full."""
    room = ROOM - sum(len(line) + 1 for line in lacking)
    found = [blocks(part) for part in parts]
    shares, told = _shares(found, parts[0], room), []
    cut = []
    for part, whole, share in zip(parts, found, shares, strict=True):
        kept = [_fit(block, part, share // len(whole)) for block in whole]
        if kept != whole or len(part.answer.pages) > 1:
            cut.append(part)
        told += kept
    yield "\n".join([*_written(told, parts[0]), *lacking])
    for part in cut:
        yield from part.answer.pages


def _shares(found: Sequence[Sequence[Block]], part: Moment, room: int) -> list[int]:
    """Characters for each part's told text: who needs less leaves the rest to the others."""
    sources = "\n".join(_source(b, part) for b in _merged([b for whole in found for b in whole]))
    left = room - len(sources) - 2 * len(found)
    needs = [sum(len("\n".join(b.told)) for b in whole) for whole in found]
    shares = [0] * len(found)
    for count, n in enumerate(sorted(range(len(found)), key=needs.__getitem__)):
        shares[n] = max(_LEAST, min(needs[n], left // (len(found) - count)))
        left -= shares[n]
    return shares


def _fit(block: Block, part: Moment, room: int) -> Block:
    """Of a list the first lines, of a clause the sentences that the part is about."""
    text = "\n".join(block.told)
    if len(text) <= room:
        return block
    if part.query.asks[:1] == ("columns",):
        return _with(block, [_shorter(text, room)])  # the first columns, in their order
    lines = text.splitlines()
    kept: list[str] = []
    for line in lines if len(lines) > 1 else []:
        left = room - len("\n".join(kept)) - 1
        if kept and len(line) > left:
            if left >= _LEAST_OF_LINE:
                kept.append(_shorter(line, left))
            break
        kept.append(line)
    if len("\n".join(kept)) > room or not kept:
        kept = [_shorter(line, room) for line in excerpt(kept or lines, part.query, part.kb, room)]
    return _with(block, [line for line in kept if line])


def _shorter(text: str, room: int) -> str:
    """Up to the last mark within `room`, where even one sentence is longer: no figure is cut."""
    if len(text) <= room:
        return text
    ends = [match.end() for match in _MARKS.finditer(text[:room])]
    return f"{text[: ends[-1] - 1]}……" if ends else text


def _with(block: Block, told: list[str]) -> Block:
    return Block(block.notice, told, block.labels)


def blocks(part: Moment) -> list[Block]:
    """The first page of a part's answer by notices, without where it stands."""
    kb, answer = part.kb, part.answer
    notices = list(dict.fromkeys(c.notice for c in answer.citations))
    heads = {cited(kb.notice(i), (), part.query.scope, kb).split("\n")[0]: i for i in notices}
    after = {
        line
        for i in notices
        for line in cited(kb.notice(i), (), _dated(part), kb).split("\n")[1:]
    }  # fmt: skip
    blocks: list[Block] = []
    told: list[str] = []
    for line in answer.pages[0].splitlines():
        head = next((h for h in heads if line.startswith(h)), None)
        if head is not None:
            blocks.append(Block(kb.notice(heads[head]), told, line[len(head) :].split("、")))
            told = []
        elif line not in after:
            told.append(line)
    if told and blocks:
        blocks[-1].told += told
    elif told:
        blocks.append(Block(kb.notice(notices[0]), told, [answer.citations[0].clause]))
    return blocks


def _dated(part: Moment) -> Scope:
    return replace(part.query.scope, today=part.now.date())


def _written(blocks: Sequence[Block], part: Moment) -> Iterator[str]:
    for block in _merged(blocks):
        yield "\n".join(block.told)
        yield _source(block, part)


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """One block a notice, in the order in which they come; nothing told twice."""
    found: dict[str, Block] = {}
    for block in blocks:
        one = found.setdefault(block.notice.id, Block(block.notice, [], []))
        one.told = list(dict.fromkeys([*one.told, *block.told]))
        one.labels = list(dict.fromkeys([*one.labels, *block.labels]))
    return list(found.values())


def _source(block: Block, part: Moment) -> str:
    return cited(block.notice, block.labels, _dated(part), part.kb)
