"""需求清单: a form's demands as its attachment prints them, for a bureau or a province's all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.exports import columns
from bot.exports.basics import basics_rows
from bot.exports.columns import Plan
from bot.exports.contacts import contacts_page
from bot.exports.demand_rows import DemandRows
from bot.exports.entries import Entry, Scope
from bot.exports.layout import Cell, Document, Page, Row, Table, Text, grid_for, head, width
from intents.wording import exports as wording
from knowledge.model import Attachment, DemandForm, Notice

_LEAST, _MOST = 14, 22  # characters: so wide is any column that a value of the basics fits in


def demand_list(
    notice: Notice,
    entries: Sequence[Entry],
    scope: Scope,
    reporter: Mapping[str, str],
    left_out: int = 0,
) -> Document:
    """`reporter` are the values of the basic information block, by the names of its fields; the
    unit is the scope's bureau unless they say otherwise. `left_out`: how many demands there are
    besides that were entered by another notice's form, which the note tells.

    Raises LookupError where the notice defines no form.
    """
    form, attachment = _printed(notice)
    plan = columns.plan(form, attachment)
    basics = _unit(plan, attachment, scope) | dict(reporter)
    headings = attachment.rows or tuple(task.name for task in form.key_tasks)
    rows = DemandRows(form, attachment, plan, scope).under(headings, entries)
    grid = grid_for(plan.columns, rows, _least(attachment, basics))
    page = Page(
        wording.demand_pages()[0],
        (
            Text(attachment.label, "label"),
            Text(attachment.title, "title"),
            *_tables(attachment, plan.columns, rows, basics, grid.weights),
            Text(wording.note(_counted(entries, scope, left_out)), "note"),
        ),
        landscape=grid.landscape,
    )
    annex = contacts_page(entries, plan, attachment.basics)
    return Document(attachment.title, (page, annex) if entries else (page,))


def _printed(notice: Notice) -> tuple[DemandForm, Attachment]:
    form = notice.form
    attachment = next((a for a in notice.attachments if form and a.label == form.attachment), None)
    if form is None or attachment is None:
        raise LookupError(f"no form in {notice.id}")
    return form, attachment


def _unit(plan: Plan, attachment: Attachment, scope: Scope) -> dict[str, str]:
    """The bureau's name in the field that is for a company's."""
    fields = (f for f in attachment.basics if any(s.kind == "company" for s in plan.slots[f]))
    field = next(fields, None)
    return {field: scope.bureau.name} if field and scope.bureau else {}


def _least(attachment: Attachment, basics: Mapping[str, str]) -> int:
    """The first field has a row of its own; the others' values stand in one column each."""
    fits = max((width(basics.get(field, "")) + 2 for field in attachment.basics[1:]), default=0)
    return max(_LEAST, min(_MOST, fits))


def _tables(
    attachment: Attachment,
    headings: Sequence[str],
    rows: Sequence[Row],
    basics: Mapping[str, str],
    weights: tuple[int, ...],
) -> list[Table]:
    """The basic information block and the list below it, on one grid of columns."""
    if not attachment.basics:
        return [Table(weights, (head(headings), *rows), heads=1)]
    above, below = attachment.blocks or (wording.basics_block(), wording.table_block())
    block = (Cell(below, "block", across=len(weights)),)
    return [
        Table(weights, basics_rows(above, attachment.basics, basics, len(weights))),
        Table(weights, (block, head(headings), *rows), heads=2),
    ]


def _counted(entries: Sequence[Entry], scope: Scope, left_out: int) -> str:
    span = wording.period(scope.since, scope.until)
    national = sum(entry.national for entry in entries)
    return wording.demand_note(span, len(entries), national, left_out)
