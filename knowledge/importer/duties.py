"""Who is in charge of a task, and for whom it is a duty or a choice, as its cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from knowledge.importer.facts import ScopeFact
from knowledge.importer.marks import names_of
from knowledge.importer.passage import Passage
from knowledge.importer.tables import tidy
from knowledge.model import Duty

# 局内：… | 省份：… | 牵头单位：…
_LEVEL = re.compile(r"(?:^|(?<=[\s。；;]))(?P<level>[^\s：:、，,；;。（）()]{2,10})[：:]")
_SCOPE = re.compile(r"^(?P<who>.+?)(?P<duty>必做|选做)[。；;]?$")


@dataclass(frozen=True, slots=True)
class Duties:
    departments: tuple[str, ...]
    scopes: tuple[ScopeFact, ...]


def duties_of(cell: Passage) -> Duties:
    """`局内：办公室、保护司` are departments, `省份：各省必做` is a scope; a cell without labels
    is departments."""
    names: list[str] = []
    scopes: list[ScopeFact] = []
    for level, told in _parts(cell.text):
        if scope := _SCOPE.match(tidy(told.replace("\n", ""))):
            duty = cast(Duty, scope["duty"])
            scopes.append(ScopeFact(level=level or scope["who"], who=scope["who"], duty=duty))
        else:
            names.extend(names_of(told))
    return Duties(tuple(dict.fromkeys(names)), tuple(scopes))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """(label, what stands after it); what stands before the first label has an empty one."""
    matches = list(_LEVEL.finditer(text))
    if before := text[: matches[0].start() if matches else None].strip():
        yield "", before
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=False):
        yield match["level"], text[match.end() : end].strip()
