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
_SECTION = re.compile(r" [一二三四五六七八九十]+")
# A child without a heading is told by so much of its words.
_SHORT = 40
_BLANK = re.compile(r"\s+")
_AMONG_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff”“]) +(?=[\u4e00-\u9fff“”0-9])|(?<=[0-9]) +(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """`text` is the official wording without the heading, empty where only children follow;
    `contents` then lists these children's numerals and headings, or what they begin with. A
    heading that nothing follows is the wording itself."""

    label: str
    heading: str
    text: str
    contents: str = ""


def clauses_of(draft: Draft) -> tuple[ClauseDraft, ...]:
    """One clause a place, in reading order; a task table's rows are told by its tasks."""
    titles = {a.label: a.title for a in draft.attachments}
    return tuple(_clause(place, titles, draft) for place in draft.outline.places)


def _clause(place: Place, titles: dict[str, str], draft: Draft) -> ClauseDraft:
    text = _wording(place, _said_by_head(draft), told_by_tasks=bool(draft.tasks))
    contents = _contents(place, draft.outline)
    if not text and not contents and place.heading is not None and place.role != "annex":
        text = _plain(place.heading)
    return ClauseDraft(place.label, _heading(place, titles), text, contents)


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
    listed = [
        f"{other.label.removeprefix(place.label).strip()}{_told(other)}"
        for other in outline.places
        if _is_child(place.label, other.label)
    ]
    return "；".join(listed)


def _told(place: Place) -> str:
    """What a child is about: its heading, else its words as far as they are few."""
    if place.heading is not None:
        return _plain(place.heading).strip(_ENDS)
    said = next((_plain(p) for p in place.paragraphs if p), "").rstrip(_ENDS)
    return said if len(said) <= _SHORT else f"{said[:_SHORT]}…"


def _is_child(parent: str, label: str) -> bool:
    """`三（二）` of `三`, not `三（二）1`; `附件1 一` of `附件1`."""
    if label == parent or not label.startswith(parent):
        return False
    rest = label.removeprefix(parent)
    if _SECTION.fullmatch(rest):
        return True
    return rest.startswith("（") and rest.endswith("）") if not rest.isdigit() else True


def _plain(passage: Passage) -> str:
    """Blanks between Chinese characters are typography, not words."""
    return _AMONG_HAN.sub("", passage.text.strip())
