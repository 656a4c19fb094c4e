"""A page -> all that the importer understood of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.attachments import attachments_of
from knowledge.importer.contacts import contacts_of
from knowledge.importer.deadlines import deadlines_of
from knowledge.importer.facts import (
    AttachmentFact,
    ContactFact,
    DeadlineFact,
    Fact,
    Head,
    PeriodFact,
    TargetFact,
    TaskFact,
)
from knowledge.importer.form import form_of
from knowledge.importer.head import anchor_of, head_of
from knowledge.importer.outline import outline_of
from knowledge.importer.page import Outline, Page
from knowledge.importer.periods import periods_of
from knowledge.importer.targets import targets_of
from knowledge.importer.tasks import tasks_of
from knowledge.model import DemandForm
from knowledge.regions import Regions


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file says, each fact with its spans in `outline.page.text`."""

    outline: Outline
    head: Head
    deadlines: tuple[DeadlineFact, ...]
    periods: tuple[PeriodFact, ...]
    contacts: tuple[ContactFact, ...]
    attachments: tuple[AttachmentFact, ...]
    tasks: tuple[TaskFact, ...]
    targets: tuple[TargetFact, ...]
    form: DemandForm | None

    @property
    def facts(self) -> Iterator[Fact]:
        yield from self.deadlines
        yield from self.periods
        yield from self.contacts
        yield from self.attachments
        yield from self.tasks
        yield from self.targets


def draft_of(page: Page, regions: Regions) -> Draft:
    """Pure: the same page always gives the same draft."""
    outline = outline_of(page)
    head = head_of(outline, regions)
    anchor = anchor_of(outline, head)
    attachments = tuple(attachments_of(outline))
    return Draft(
        outline=outline,
        head=head,
        deadlines=tuple(deadlines_of(outline, anchor, head)),
        periods=tuple(periods_of(outline, anchor, head)),
        contacts=tuple(contacts_of(outline, head)),
        attachments=attachments,
        tasks=tuple(tasks_of(outline)),
        targets=tuple(targets_of(outline, head)),
        form=form_of(head, attachments, outline),
    )
