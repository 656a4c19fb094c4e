"""Names that a file of a knowledge base may have, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge import golden, resources
from knowledge.changes import BUREAUS, CANNED, LEXICON, QUESTIONS, REGIONS, RESOURCES
from knowledge.late import late
from knowledge.layers import is_golden, is_resource
from knowledge.load import NOTICES, SINGLE
from knowledge.snapshot import KnowledgeBase

_NAME = late(rf"(?:{golden.FOLDER}|{resources.FOLDER})?[a-z0-9][a-z0-9_-]{{0,60}}\.yaml")
_SHORT = late(r"^short:[ \t]*[\"']?([^\s\"'#][^\"'\n#]*)", re.MULTILINE)
_CALLED: Mapping[str, str] = {
    "lexicon.yaml": LEXICON,
    "regions.yaml": REGIONS,
    "bureaus.yaml": BUREAUS,
    "thesaurus.yaml": "近义词表",
    "light.yaml": "虚词表",
    "scoring.yaml": "评分表",
    "look_alikes.yaml": "形近字表",
    "canned.yaml": CANNED,
}
_STARTERS: Mapping[str, str] = {
    golden.FOLDER: "golden:\n  - q: \n    kind: answer\n    clauses: []\n",
    resources.FOLDER: "resources:\n  - id: \n    name: \n    kind: institution\n",
}


def plain(name: str) -> str:
    """As revisions have it: notices lie in no folder there."""
    return name.strip().removeprefix(f"{NOTICES}/")


def fits(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def called(name: str, kb: KnowledgeBase, text: str | None = None) -> str:
    """What a person calls the file: a notice by its short name, also one that only `text` has."""
    if is_golden(name):
        return QUESTIONS
    if is_resource(name):
        return RESOURCES
    if name in SINGLE or name in _CALLED:
        return _CALLED.get(name, name)
    notice = kb.get(name.removesuffix(".yaml"))
    if notice is not None:
        return notice.short
    short = _SHORT.search(text or "")
    return short[1].strip() if short else "新通知"


def place(name: str) -> tuple[int, str]:
    """Its place in a list: notices first, then tables, golden questions last."""
    return (2 if is_golden(name) else 1 if name in SINGLE or is_resource(name) else 0, name)


def starter(name: str) -> str:
    """What a new file of that name begins with."""
    folder = name.rpartition("/")[0]
    if folder:
        return _STARTERS[f"{folder}/"]
    return (
        f"id: {name.removesuffix('.yaml')}\n"
        "title: \nshort: \nissuer: \ndoc_number: \nkind: 通知\nregion: \nissued: \n"
        "clauses:\n  - label: 一\n    heading: \n    summary: \n"
        "deadlines: []\ncontacts: []\nfaq: []\ngolden: []\n"
    )
