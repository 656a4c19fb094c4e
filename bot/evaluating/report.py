"""The evaluation as text: the table beside its targets, the confusions, every miss with why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.evaluating.asking import Outcome, traced
from bot.evaluating.table import MEASURES, Column, Measure, Share, confusions
from intents.trace import Pieces, Place, Trace, Understood
from knowledge.snapshot import KnowledgeBase

_NAME, _TARGET, _CELL, _LOST = 44, 8, 18, 14
_SAID = 100
_ROOM = "≤ 400", "≤ 1200"


def table(
    columns: Sequence[Column], typed: Sequence[Column], before: Column | None
) -> Iterator[str]:
    """Shares of `columns`; of `typed` (one a transform) the points lost to `before`."""
    yield _line("", "target", [(c.name, _CELL) for c in columns] + [(c.name, _LOST) for c in typed])
    for row, measure in enumerate(MEASURES):
        if not any(column.shares[row].of for column in columns):
            continue
        cells = [(_cell(measure, column.shares[row]), _CELL) for column in columns]
        if before is not None:
            was = before.shares[row]
            cells += [(_change(measure, was, column.shares[row]), _LOST) for column in typed]
        yield _line(measure.name, _target(measure), cells)
    wide = [(c, _CELL) for c in columns] + [(c, _LOST) for c in typed]
    yield _line("longest answer", _ROOM[0], [(str(c.longest), w) for c, w in wide])
    yield _line("longest list", _ROOM[1], [(str(c.longest_list), w) for c, w in wide])
    yield _line("p50, ms", "", [(f"{c.p50:.2f}", w) for c, w in wide])
    yield _line("p99, ms", "< 5", [(f"{c.p99:.2f}", w) for c, w in wide])


def confused(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How often one kind of reply came in place of another."""
    for (expected, got), times in confusions(outcomes).most_common():
        yield f"{expected} -> {got}: {times}"


def missed(outcome: Outcome, kb: KnowledgeBase, now: datetime) -> Iterator[str]:
    """What was expected, what came, and what was made of the question."""
    golden, reply = outcome.case.golden, outcome.reply
    yield f"[{outcome.case.id}] {' / '.join((*golden.context, outcome.asked))}"
    if outcome.asked != golden.q:
        yield f"    written: {golden.q}"
    if outcome.reasons:
        yield f"    {'; '.join(outcome.reasons)}"
    if outcome.wrong:
        yield f"    WRONG: {'; '.join(outcome.wrong)}"
    if golden.clauses:
        yield f"    expected: {golden.kind} {'、'.join(golden.clauses)}"
    cited = "、".join(f"{c.notice}#{c.clause}" for c in reply.citations)
    yield f"    got: {reply.kind} {cited}".rstrip()
    said = " ".join(reply.plain.split())
    yield f"    said: {said[:_SAID]}{'…' if len(said) > _SAID else ''}"
    yield from (f"    {line}" for line in _traced(traced(kb, outcome, now)))


def _traced(found: Trace) -> Iterator[str]:
    yield f"taken by: {' -> '.join(found.rules)}"
    for one in found.asked:
        yield from _understood(one)


def _understood(found: Understood) -> Iterator[str]:
    parts = [f"subject {'｜'.join(found.subject) or '-'}", f"asks {'、'.join(found.asks) or '-'}"]
    parts += [f"does {'、'.join(found.operators)}"] if found.operators else []
    parts += [f"{name} {value}" for name, value in (*found.scope, *found.beside)]
    if found.need is not None:
        parts.append(f"need {found.need}")
    yield f"understood: {'; '.join(parts)}; by {found.way or 'nothing'}"
    yield f"silence: {found.silent} ({_pieces(found.silence)})"
    yield from (f"should: {_place(place)}" for place in found.expected)
    yield from (f"near: {_place(place)}" for place in found.candidates)
    yield from (f"outside: {_place(place)}" for place in found.outside)


def _place(place: Place) -> str:
    text = f"{place.score} {place.notice}#{place.clause} {place.kind} ({_pieces(place.evidence)})"
    if place.fails:
        text += f" fails {'、'.join(place.fails)}"
    if place.lacks:
        text += " without what is asked for"
    if place.missing:
        text += f" lacks {'｜'.join(place.missing)}"
    return text


def _pieces(pieces: Pieces) -> str:
    return ", ".join(f"{name} {counted:+g}" for name, counted in pieces)


def _line(name: str, target: str, cells: Sequence[tuple[str, int]]) -> str:
    line = f"{name:<{_NAME}}{target:>{_TARGET}}"
    return (line + "".join(f"{text:>{width}}" for text, width in cells)).rstrip()


def _target(measure: Measure) -> str:
    if measure.target is None:
        return ""
    return f"{measure.target:g}" if measure.counted else f"{measure.target:g} %"


def _cell(measure: Measure, share: Share) -> str:
    if share.points is None:
        return "-"
    if measure.counted:
        return str(share.right)
    return f"{share.points:.1f} % {share.right:>4}/{share.of:<4}"


def _change(measure: Measure, was: Share, now: Share) -> str:
    """Points lost are below nothing."""
    if measure.counted:
        return f"{now.right - was.right:+d}"
    if was.points is None or now.points is None:
        return "-"
    return f"{now.points - was.points:+.1f}"
