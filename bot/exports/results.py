"""成效汇总表: what was held for each key task, summed up by form, as the attachment prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.exports.entries import Held, Scope
from bot.exports.groups import grouped
from bot.exports.layout import Cell, Document, Page, Row, Table, Text, grid_for, head
from bot.exports.plain import plain
from intents.wording import exports as wording
from knowledge.model import Attachment

Part = Literal["task", "form", "times", "enterprises", "other"]

_SIGNS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    ("task", ("任务", "工作")),
    ("form", ("形式", "方式")),
    ("times", ("次数", "场次")),
    ("enterprises", ("惠企", "企业数", "家数")),
    ("other", ("成效", "效果", "其他")),
)
"""The words in a column's heading that tell what stands in it."""


def parts_of(attachment: Attachment) -> dict[str, Part]:
    """What each column holds, as far as its heading tells; a part stands in one column."""
    found: dict[str, Part] = {}
    for part, signs in _SIGNS:
        free = (c for c in attachment.columns or () if c not in found)
        column = next((c for c in free if any(sign in c for sign in signs)), None)
        if column is not None:
            found[column] = part
    return found


def is_results(attachment: Attachment) -> bool:
    """The attachment asks what was held and how often."""
    return {"task", "form", "times"} <= set(parts_of(attachment).values())


def results(attachment: Attachment, held: Sequence[Held], scope: Scope) -> Document:
    """Raises LookupError where the attachment asks for something else."""
    if not is_results(attachment):
        raise LookupError(f"{attachment.label} is no table of results")
    columns = attachment.columns or ()
    rows = [
        row
        for heading, found in grouped(attachment.rows, held, lambda one: one.task)
        for row in _rows(attachment, heading, _by_form(found))
    ]
    times, enterprises = sum(h.times for h in held), sum(h.enterprises for h in held)
    span = wording.period(scope.since, scope.until)
    grid = grid_for(columns, rows)
    page = Page(
        wording.results_page(),
        (
            Text(attachment.label, "label"),
            Text(attachment.title, "title"),
            Table(grid.weights, (head(columns), *rows), heads=1),
            Text(wording.note(wording.results_note(span, times, enterprises)), "note"),
        ),
        landscape=grid.landscape,
    )
    return Document(attachment.title, (page,))


def _by_form(held: Sequence[Held]) -> list[list[Held]]:
    forms: dict[str, list[Held]] = {}
    for one in held:
        forms.setdefault(plain(one.form), []).append(one)
    return list(forms.values())


def _rows(attachment: Attachment, heading: str, forms: Sequence[list[Held]]) -> list[Row]:
    """A row a form under its heading; a blank one where nothing was held."""
    parts = parts_of(attachment)
    rows = []
    for number, held in enumerate(forms or [[]]):
        cells = {part: _cell(part, held) for part in parts.values()}
        cells["task"] = Cell("" if number else plain(heading), "label", above=number > 0)
        columns = attachment.columns or ()
        rows.append(tuple(cells[parts[c]] if c in parts else Cell() for c in columns))
    return rows


def _cell(part: Part, held: Sequence[Held]) -> Cell:
    if not held:
        return Cell()
    if part == "times":
        return Cell(number=sum(one.times for one in held))
    if part == "enterprises":
        return Cell(number=sum(one.enterprises for one in held))
    texts = [held[0].form] if part == "form" else [one.other for one in held]
    return Cell("\n".join(dict.fromkeys(text for text in map(plain, texts) if text)))
