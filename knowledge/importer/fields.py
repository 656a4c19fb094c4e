"""The catalogue of form fields: what a printed wording means as a slot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from knowledge.model import Slot, SlotKind
from knowledge.strict import Strict, Text
from knowledge.yaml_source import read_yaml, validate

_FILE = Path(__file__).with_name("fields.yaml")
_ASKED = "请填写“{}”，没有就回“没有”。"
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_BLANK = re.compile(r"[\s：:*＊]+")
_SHORT = 14


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Known(Strict):
    """A field that forms often have; see `fields.yaml`."""

    name: Text
    kind: SlotKind
    prompt: Text
    required: bool = False
    ask: bool = False
    personal: bool = False
    labels: tuple[Text, ...] = ()
    printed: tuple[Text, ...] = ()
    pattern: Pattern | None = Field(None, description="sought in the printed wording")

    def slot(self) -> Slot:
        return Slot.model_validate(self.model_dump(exclude={"printed", "pattern"}))

    def is_called(self, wording: str) -> bool:
        return wording == self.name or wording in self.labels or wording in self.printed

    def is_meant(self, wording: str) -> bool:
        return self.pattern is not None and re.search(self.pattern, wording) is not None


class Catalogue(Strict):
    fields: tuple[Known, ...]
    kept: tuple[Pattern, ...] = ()

    def slots(self, wording: str) -> Iterator[Slot]:
        """The slots that a printed field becomes: one as a rule, several of a long wording, none
        of a column that nobody is asked for. A field that is not known is asked in its own
        words."""
        plain = _REMARK.sub("", _BLANK.sub("", wording)) or wording
        if any(re.search(pattern, plain) for pattern in self.kept):
            return
        found = [known for known in self.fields if known.is_called(plain)]
        found = found or [known for known in self.fields if known.is_meant(plain)]
        if not found:
            yield Slot(name=plain, kind="text", prompt=_ASKED.format(plain))
        for known in found[: 1 if len(plain) <= _SHORT else None]:
            yield known.slot()


@cache
def catalogue() -> Catalogue:
    """The shipped one. Raises KnowledgeError."""
    return validate(read_yaml(_FILE), Catalogue)
