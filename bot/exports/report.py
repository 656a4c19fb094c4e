"""The periodic report: what was needed, what was done about it and by whom, what came of it.

As 五（十五） of cnipa-2024-22 asks. It goes to others than those who work the demands, so it names
enterprises, but nobody in them and no way to reach them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.exports import report_tables as tables
from bot.exports.entries import Asked, Entry, Held, Scope, Taken, within
from bot.exports.layout import Document, Page, Table, Text
from bot.exports.report_tables import Case
from intents.dates import day
from intents.told import told
from intents.wording import exports as shared
from intents.wording import report as wording
from knowledge.model import DemandForm

Block = Text | Table


@dataclass(frozen=True, slots=True)
class Material:
    """Of any time: the report chooses what falls into its span. `forms`: by their notices' ids."""

    entries: Sequence[Entry]
    held: Sequence[Held]
    asked: Sequence[Asked]
    forms: Mapping[str, DemandForm]


def report(material: Material, scope: Scope, today: date) -> Document:
    cases = [Case(e, told(e.fields, material.forms.get(e.notice))) for e in material.entries]
    found = _Found(material, cases, scope)
    first, second, third, fourth = wording.sections()
    bureau = scope.bureau.name if scope.bureau else ""
    span = shared.period(scope.since, scope.until)
    blocks = (
        Text(wording.title(), "title"),
        Text(wording.head(bureau, span, day(today)), "note"),
        Text(first, "heading"),
        *found.needs(),
        Text(second, "heading"),
        *found.measures(),
        Text(third, "heading"),
        *found.results(),
        Text(fourth, "heading"),
        *found.appeals(),
    )
    return Document(wording.title(), (Page(wording.page(), blocks, small=True),))


@dataclass(frozen=True, slots=True)
class _Found:
    material: Material
    cases: Sequence[Case]
    scope: Scope

    def needs(self) -> list[Block]:
        new, asked = self._new, self._asked
        national = sum(case.entry.national for case in new)
        companies = {case.told.company or case.entry.id for case in new}
        said = wording.collected(len(new), len(companies), national, len(asked))
        by_bureau = tables.by_bureau(new) if self.scope.together else None
        return [
            Text(said),
            *_under(wording.by_task(), tables.by_task(new)),
            *_under(wording.by_bureau(), by_bureau),
            *_under(wording.needs_in_detail(), tables.needs(new)),
            *_under(wording.questions_in_detail(), tables.questions(asked)),
        ]

    def measures(self) -> list[Block]:
        steps = [(case, taken) for case, taken in self._steps if taken.step != "close"]
        counted = {
            word: sum(taken.step == word for _, taken in steps)
            for word in wording.MEASURES
            if word != "close"
        }
        held = self._held
        answered = sum(a.answered is not None and within(a.answered, self.scope) for a in self._all)
        said = wording.measures(counted, answered, sum(one.times for one in held))
        return [
            Text(said),
            *_under(wording.steps_in_detail(), tables.steps(steps)),
            *_under(wording.held_in_detail(), tables.held(held)),
        ]

    def results(self) -> list[Block]:
        closed = [(case, taken) for case, taken in self._steps if taken.step == "close"]
        fresh = {case.entry.id for case in self._new}
        of_these = len({case.entry.id for case, _ in closed if case.entry.id in fresh})
        enterprises = sum(one.enterprises for one in self._held)
        said = wording.results(len(closed), of_these, len(fresh), enterprises)
        more = [wording.further(h.form, tables.hidden(h.other)) for h in self._held if h.other]
        return [
            Text(said),
            *_under(wording.closed_in_detail(), tables.closed(closed)),
            *([Text(wording.further_in_detail(), "note")] if more else []),
            *map(Text, more),
        ]

    def appeals(self) -> list[Block]:
        marked = [case for case in self._new if case.entry.national]
        table = tables.appeals(marked)
        return [Text(wording.appeals(len(marked))), *([table] if table else [])]

    @property
    def _new(self) -> list[Case]:
        return [case for case in self.cases if within(case.entry.day, self.scope)]

    @property
    def _steps(self) -> list[tuple[Case, Taken]]:
        """What staff did in the span, in the order of the days."""
        taken = [
            (case, taken)
            for case in self.cases
            for taken in case.entry.steps
            if taken.step in wording.MEASURES and within(taken.day, self.scope)
        ]
        return sorted(taken, key=lambda one: one[1].day)

    @property
    def _held(self) -> list[Held]:
        return [one for one in self.material.held if within(one.day, self.scope)]

    @property
    def _all(self) -> Sequence[Asked]:
        return self.material.asked

    @property
    def _asked(self) -> list[Asked]:
        return [one for one in self._all if within(one.day, self.scope)]


def _under(heading: str, table: Table | None) -> list[Block]:
    return [Text(heading, "note"), table] if table else []
