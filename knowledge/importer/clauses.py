"""The places of an outline as clauses: label, heading and the official wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from knowledge.importer.draft import Draft
from knowledge.importer.page import Outline, Paragraph, Place, Table
from knowledge.importer.passage import Passage
from knowledge.units import HEAD

_SIGN_OFF = "落款"
_HEADINGS = {HEAD: "发文信息", _SIGN_OFF: "落款和联系方式", "正文": "正文"}
_ENDS = "：:。；; "
_BLANK = re.compile(r"\s+")
_AMONG_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff”“]) +(?=[\u4e00-\u9fff“”0-9])|(?<=[0-9]) +(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """`text` is the official wording without the heading, empty where only children follow;
    `contents` then lists these children's numerals and headings."""

    label: str
    heading: str
    text: str
    contents: str = ""


def clauses_of(draft: Draft) -> tuple[ClauseDraft, ...]:
    """One clause a place, in reading order; a task table's rows are told by its tasks."""
    titles = {a.label: a.title for a in draft.attachments}
    places = draft.outline.places
    return tuple(
        ClauseDraft(
            place.label,
            _heading(place, titles),
            _wording(place, _said_by_head(draft), told_by_tasks=bool(draft.tasks)),
            _contents(place, draft.outline),
        )
        for place in places
    )


def _heading(place: Place, titles: dict[str, str]) -> str:
    if place.label in _HEADINGS:
        return _HEADINGS[place.label]
    if place.heading is not None and (text := _plain(place.heading).strip(_ENDS)):
        return text
    return titles.get(place.label) or _opening(place) or place.label


def _opening(place: Place) -> str:
    """The first words of a clause without a heading."""
    first = next((p.text for p in place.paragraphs if p), "")
    return first.split("，")[0].split("。")[0][:24].strip()


def _said_by_head(draft: Draft) -> str:
    """What the head's own fields tell: its lines need not stand in the wording once more."""
    head = draft.head
    return _BLANK.sub("", f"{head.issuer}文件\n{head.title}\n{head.doc_number}\n{head.title}")


def _wording(place: Place, said: str, told_by_tasks: bool) -> str:
    lines = (
        (_plain(block.passage),)
        if isinstance(block, Paragraph)
        else _rows(block, place.role == "annex" and told_by_tasks)
        for block in place.blocks
    )
    shown = (line for line in chain.from_iterable(lines) if line)
    if place.label == HEAD:
        shown = (line for line in shown if _BLANK.sub("", line) not in said)
    return "\n".join(shown)


def _rows(table: Table, told_by_tasks: bool) -> tuple[str, ...]:
    """A table as lines, its cells parted by ` | `; empty rows of a form say nothing."""
    if told_by_tasks:
        return ()
    rows = (
        [_plain(cell).replace("\n", " ") for cell in row if cell.text.strip()] for row in table.rows
    )
    return tuple(" | ".join(cells) for cells in rows if cells)


def _contents(place: Place, outline: Outline) -> str:
    children = (
        other
        for other in outline.places
        if other.label != place.label and other.label.startswith(place.label) and other.heading
    )
    listed = [
        f"{other.label.removeprefix(place.label).strip()}{_plain(other.heading).strip(_ENDS)}"
        for other in children
        if other.heading is not None and _is_child(place.label, other.label)
    ]
    return "；".join(listed)


def _is_child(parent: str, label: str) -> bool:
    """`三（二）` of `三`, not `三（二）1`."""
    rest = label.removeprefix(parent)
    return rest.startswith("（") and rest.endswith("）") if not rest.isdigit() else True


def _plain(passage: Passage) -> str:
    """Blanks between Chinese characters are typography, not words."""
    return _AMONG_HAN.sub("", passage.text.strip())
