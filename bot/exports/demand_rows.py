"""The rows of a demand list: under each key task its demands, as the form's columns want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.exports.columns import Plan, is_ordinal
from bot.exports.entries import Entry, Scope, Value
from bot.exports.groups import grouped
from bot.exports.layout import Cell, Row
from bot.exports.plain import plain
from intents.slots.text import need_slot
from intents.told import told
from intents.wording import exports as wording
from knowledge.late import late
from knowledge.model import Attachment, DemandForm, Slot

_COUNTED = late(r"([\u4e00-\u9fff]{2})\s?1[、，].{0,3}\1\s?2")  # 工作1、工作2


@dataclass(frozen=True, slots=True)
class DemandRows:
    form: DemandForm
    attachment: Attachment
    plan: Plan
    scope: Scope

    def under(self, headings: Sequence[str], entries: Sequence[Entry]) -> list[Row]:
        """Under each heading its entries, or a blank row to fill in by hand; one after the other
        where the form has no column of key tasks."""
        if self._task_column is None:
            return self._rows("", entries)
        groups = grouped(headings, entries, lambda entry: told(entry.fields, self.form).task)
        return [row for heading, found in groups for row in self._rows(heading, found)]

    def _rows(self, heading: str, entries: Sequence[Entry]) -> list[Row]:
        if not entries:
            return [self._row(Cell(plain(heading), "label"), None, 1)]
        first = [Cell(plain(heading), "label")] + [Cell("", "label", above=True)] * len(entries)
        return [self._row(first[n], entry, n + 1) for n, entry in enumerate(entries)]

    def _row(self, heading: Cell, entry: Entry | None, number: int) -> Row:
        return tuple(
            heading if column == self._task_column else self._cell(column, entry, number)
            for column in self.plan.columns
        )

    def _cell(self, column: str, entry: Entry | None, number: int) -> Cell:
        if entry is None:
            return Cell()
        if is_ordinal(column):
            return Cell(number=number)
        slots = self.plan.slots[column]
        lines = [_said(slot, entry.fields.get(slot.name), column) for slot in slots]
        marked = any(s.kind == "yesno" and entry.fields.get(s.name) is True for s in slots)
        text = plain("\n".join(line for line in lines if line))
        if self._counted and column.startswith(self._counted):
            text = wording.counted(self._counted, number, text)
        if column == self._need_column:
            text = f"{text}\n{self._source(entry)}".strip()
        return Cell(text, "mark" if marked else "body")

    def _source(self, entry: Entry) -> str:
        bureau = (entry.bureau or wording.unknown_bureau()) if self.scope.together else ""
        company = plain(told(entry.fields, self.form).company)
        return wording.source((company, bureau, wording.demand_number(entry.id)))

    @property
    def _task_column(self) -> str | None:
        return self.plan.column_of(next((s for s in self.form.slots if s.kind == "choice"), None))

    @property
    def _need_column(self) -> str:
        return self.plan.column_of(need_slot(self.form)) or self.plan.columns[-1]

    @property
    def _counted(self) -> str:
        """The word by which the form counts the rows under a heading: 工作; "" for none."""
        found = _COUNTED.search(self.attachment.note or "")
        return found[1] if found else ""


def _said(slot: Slot, value: Value, column: str) -> str:
    """A value as it stands in `column`, with the slot's name where the column has another."""
    alone = column == slot.name or slot.kind != "yesno"
    if value is True:
        return wording.yes_or_no(True) if alone else wording.mark(slot.name)
    if value is False:
        return wording.yes_or_no(False) if alone else ""
    return value or ""
