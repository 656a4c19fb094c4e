"""The messages in knowledge/training and the golden questions, as examples of their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.golden import placed
from knowledge.kinds import Head, Kinds
from knowledge.load import shipped_dir
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import read_yaml

OPEN = "open"
# The sets that are learnt from; the others measure.
LEARNT = frozenset(
    f"golden/{name}.yaml"
    for name in ("elsewhere", "needs_told", "dictated", "own_words", "stories_asked")
)
_KIND_OF = {"collect": "need", "answer": "question", "clarify": "question", "refuse": "question"}


@dataclass(frozen=True, slots=True)
class Message:
    """`kind`: need, question, far, talk or tell; `what`: a need's theme, or what talk is meant."""

    text: str
    kind: str
    what: str | None = None


def words(folder: Path | None = None) -> Kinds:
    """The groups of words and the themes, with nothing learnt yet."""
    data = _data(folder, "groups")
    none = Head((), (), {})
    return Kinds(data["words"], data["about"], data["themes"], none, none, none)


def written(folder: Path | None = None) -> Iterator[Message]:
    """What was written to learn from. Raises KnowledgeError where a file cannot be read."""
    for theme, block in _data(folder, "needs")["needs"].items():
        for line in _lines(block):
            yield Message(line, "need", None if theme == OPEN else theme)
    for block in _data(folder, "questions")["questions"].values():
        for line in _lines(block):
            yield Message(line, "question")
    for line in _lines(_data(folder, "far")["far"]):
        yield Message(line, "far")
    talk = _data(folder, "talk")
    for table in ("talk", "commands"):
        for intent, block in talk[table].items():
            for line in _lines(block):
                yield Message(line, "talk", intent)
    for line in _lines(talk["tell"]):
        yield Message(line, "tell")


def of_lexicon(kb: KnowledgeBase) -> Iterator[Message]:
    """The words of talk and commands that the lexicon has."""
    for table in (kb.lexicon.talk, kb.lexicon.commands):
        for intent, cues in table.items():
            for word in cues.words:
                yield Message(word, "talk", intent)


def golden(kb: KnowledgeBase, themes: Mapping[str, str]) -> Iterator[Message]:
    """Golden questions of the notices and of no notice, none that is held back; what is asked
    after something else is left out, as it does not stand by itself. Sets by other writers stay
    out too: they measure."""
    for question in placed(kb):
        asked = question.golden
        kind = _KIND_OF.get(asked.kinds[0])
        mine = question.home is not None or question.file in LEARNT
        if asked.kinds[0] == "refuse" and not asked.near:
            kind = "far" if question.file in LEARNT else None
        if kind is None or question.held or asked.context or not mine:
            continue
        task = asked.task or ""
        yield Message(
            asked.q, kind, next((t for t, name in themes.items() if re.search(name, task)), None)
        )


def _data(folder: Path | None, name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_yaml(
        (folder or shipped_dir() / "training") / f"{name}.yaml"
    ).data
    return data


def _lines(block: str) -> Iterator[str]:
    yield from filter(None, map(str.strip, block.splitlines()))
