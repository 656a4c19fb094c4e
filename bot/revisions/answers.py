"""Which golden questions are answered otherwise by another knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.asking import Ask, golden_reply
from intents.turn import Reply
from knowledge import golden
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase

Key = tuple[str, tuple[str, ...], date | None]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """`old` and `new` are the first lines in which the two answers differ."""

    question: str
    old: str
    new: str
    turned: Literal["fell", "mended"] | None


def answer_changes(
    old: KnowledgeBase, new: KnowledgeBase, now: datetime, ask: Ask = golden_reply
) -> list[AnswerChange]:
    """Of the golden questions of both, in the order of the new ones.

    One that is asked as on another day now is asked as the new one is.
    """
    before, after = _questions(old), _questions(new)
    still = {(q, context) for q, context, _ in after}
    gone = {key: asked for key, asked in before.items() if key[:2] not in still}
    pairs = ((asked, before.get(key) or asked) for key, asked in (after | gone).items())
    found = (_change(*pair, old, new, now, ask) for pair in pairs)
    return [change for change in found if change is not None]


def _questions(kb: KnowledgeBase) -> dict[Key, tuple[Golden, str | None]]:
    """By what is asked, but for those that are held back."""
    asked = ((one.golden, one.home) for one in golden.placed(kb) if not one.held)
    return {(g.q, g.context, g.today): (g, home) for g, home in asked}


def _change(
    expected: tuple[Golden, str | None],
    expected_before: tuple[Golden, str | None],
    old: KnowledgeBase,
    new: KnowledgeBase,
    now: datetime,
    ask: Ask,
) -> AnswerChange | None:
    before, after = (ask(kb, expected[0], now) for kb in (old, new))
    failed, fails = golden.judge(*expected_before, before), golden.judge(*expected, after)
    if before.plain == after.plain and bool(failed) == bool(fails):
        return None
    turned: Literal["fell", "mended"] | None = None
    if bool(failed) != bool(fails):
        turned = "fell" if fails else "mended"
    return AnswerChange(expected[0].q, *_first_lines(before, after), turned)


def _first_lines(before: Reply, after: Reply) -> tuple[str, str]:
    """The first two lines that differ; the first ones where none do."""
    old, new = list(_lines(before)), list(_lines(after))
    for one, other in zip(old, new, strict=False):
        if one != other:
            return one, other
    shared = min(len(old), len(new))
    return "".join(old[shared : shared + 1]) or old[0], "".join(new[shared : shared + 1]) or new[0]


def _lines(reply: Reply) -> Iterator[str]:
    lines = [line.strip() for line in reply.plain.splitlines() if line.strip()]
    yield from lines or [""]
