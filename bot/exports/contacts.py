"""The sheet behind a demand list: who stands behind each demand, and how to reach them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.exports.columns import Plan
from bot.exports.entries import Entry
from bot.exports.layout import (
    SMALL_ON_ITS_SIDE,
    Cell,
    Page,
    Row,
    Table,
    Text,
    head,
    weights_for,
)
from bot.exports.plain import plain
from intents.wording import exports as wording


def contacts_page(entries: Sequence[Entry], plan: Plan, basics: Sequence[str]) -> Page:
    """A row a demand: what the list itself has no column for, so that nothing told is lost."""
    rest = [slot.name for slot in plan.rest]
    headings = wording.annex_columns((*basics, *rest))
    rows = [_row(entry, plan, basics, rest) for entry in entries]
    table = Table(weights_for(headings, rows, SMALL_ON_ITS_SIDE), (head(headings), *rows), heads=1)
    title = Text(wording.annex_title(), "title")
    note = Text(wording.note(wording.annex_note()), "note")
    return Page(wording.demand_pages()[1], (title, table, note), landscape=True, small=True)


def _row(entry: Entry, plan: Plan, basics: Sequence[str], rest: Sequence[str]) -> Row:
    places = [[slot.name for slot in plan.slots[field]] for field in basics]
    values = [_said(entry, names) for names in [*places, *([name] for name in rest)]]
    bureau = entry.bureau or wording.unknown_bureau()
    status = wording.STATUSES[entry.status]
    return (
        Cell(number=entry.id),
        *(Cell(value) for value in values),
        Cell(bureau),
        Cell(entry.day.isoformat()),
        Cell(status),
    )


def _said(entry: Entry, names: Sequence[str]) -> str:
    values = [entry.fields.get(name) for name in names]
    texts = [wording.yes_or_no(v) if isinstance(v, bool) else v for v in values]
    return plain("\n".join(text for text in texts if text))
