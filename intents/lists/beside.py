"""What each of two notices tells, one below the other, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intents.lists.tables import around
from intents.query import Query
from intents.result import Answer
from intents.telling import cited, pages
from intents.turn import Citation
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

ROOM = 388


@dataclass(frozen=True, slots=True)
class Told:
    """What one side's notice tells, with where it stands, and the value that is compared."""

    notice: Notice
    text: str
    labels: tuple[str, ...]
    value: int


def together(told: Sequence[Told], line: str, query: Query, kb: KnowledgeBase) -> Answer:
    blocks: list[tuple[str, str]] = []
    citations: list[Citation] = []
    for i, one in enumerate(told):
        text = f"{line}\n{one.text}" if line and i == 0 else one.text
        shown = around(one.labels) if len(one.labels) <= 3 else (_short(one.labels[0]),)
        blocks.append((text, cited(one.notice, shown, query.scope, kb).split("\n", 1)[0]))
        citations += [Citation(one.notice.id, one.notice.doc_number, x) for x in one.labels]
    told_of_both = pages(blocks, ROOM)
    return Answer("answer", told_of_both, tuple(citations), ask="content", exact=True)


def _short(label: str) -> str:
    return label.split(" ", 1)[0]
