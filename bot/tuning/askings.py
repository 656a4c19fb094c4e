"""What asked.json is made of: golden questions, and askings that were written to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import RootModel

from bot.tuning.examples import asked_of
from intents.ranking import ranked
from knowledge.askings import Asking, asking_of
from knowledge.golden import placed
from knowledge.load import shipped_dir
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import KnowledgeError, read_yaml, validate

FOLDER = Path("training", "askings")
_SILENT = "silent"


class AskingFile(RootModel[dict[str, tuple[str, ...]]]):
    """By the label of a clause how people ask for it; the file's name is the notice's id. In
    silent.yaml stands, by no label, what no notice holds."""


def known_askings(kb: KnowledgeBase, now: datetime) -> Iterator[Asking]:
    """All of them. Raises KnowledgeError where a file of them is broken."""
    yield from golden_askings(kb, now)
    yield from written_askings(kb)


def golden_askings(kb: KnowledgeBase, now: datetime) -> Iterator[Asking]:
    """Those of the questions of no notice that are not held back. One that is silent because of
    its year or place teaches nothing of the same question of another."""
    for one in placed(kb):
        asking = asking_of(one.golden, one.home)
        if one.held or one.home is not None or asking is None:
            continue
        if asking.places or ranked(asked_of(one, kb, now), kb).candidates:
            yield asking


def written_askings(kb: KnowledgeBase, folder: Path | None = None) -> Iterator[Asking]:
    """Those that were written to learn from, of the notices that the snapshot holds."""
    for path in sorted((folder or shipped_dir() / FOLDER).glob("*.yaml")):
        source = read_yaml(path)
        told = validate(source, AskingFile).root
        notice = kb.get(path.stem)
        if notice is None and path.stem != _SILENT:
            raise KnowledgeError([source.problem((), f"no notice {path.stem!r}")])
        labels = {unit.label for unit in kb.units_of(notice)} if notice else {""}
        for label, questions in told.items():
            if label not in labels:
                raise KnowledgeError([source.problem((label,), f"no clause {label!r} there")])
            places = ((path.stem, label),) if notice else ()
            yield from (Asking(question, places) for question in questions)
