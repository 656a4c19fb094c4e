"""A reply as the page shows it: plain JSON values, the sources apart from the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, TypedDict

from intents.turn import Reply

SOURCE = "依据："
"""How `intents.wording.answers.source` opens a line that says where the answer stands."""


class Block(TypedDict):
    kind: Literal["words", "source"]
    text: str


class Shown(TypedDict):
    blocks: list[Block]
    options: list[str]
    forgotten: bool
    """The user had their information erased: the page must not keep it either."""


def shown(reply: Reply) -> Shown:
    return {
        "blocks": list(_blocks(reply.text.split("\n"))),
        "options": list(reply.options),
        "forgotten": reply.intent == "forget",
    }


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Lines of words stay together; each source is one block, without its opening word."""
    for is_source, group in groupby(lines, lambda line: line.startswith(SOURCE)):
        if is_source:
            for line in group:
                yield {"kind": "source", "text": line.removeprefix(SOURCE)}
        elif words := "\n".join(group).strip("\n"):
            yield {"kind": "words", "text": words}
