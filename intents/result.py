"""What answering a query gives: a value that the route turns into a reply."""

from __future__ import annotations

from dataclasses import dataclass

from intents.conversation import MenuItem
from intents.turn import Citation, Kind
from knowledge.lexicon import Aspect


@dataclass(frozen=True, slots=True)
class Answer:
    """`pages`: the text, what does not fit behind the first. `lacks` is set when refused.

    `exact`: every word of the question was met, so that it is one question. `far`: nothing in the
    knowledge base is near, so there is nothing for staff to answer either.
    """

    kind: Kind
    pages: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    lacks: str | None = None
    far: bool = False
    exact: bool = False
    ask: Aspect | None = None
