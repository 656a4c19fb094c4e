"""What a clause without punctuation may hold, and where: names, offices, labels, refusals.

Only candidates: they may overlap, and `intents.filling.cutting` chooses among them. A candidate's
weight says how much it tells: an organisation after 我们是 much, a filler little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from intents.filling import labels, leads
from intents.filling.intro import Intro
from intents.filling.introducing import introductions
from intents.filling.leads import bounded
from intents.filling.people import of_organisation, of_person, offices, parts
from intents.filling.span import LEAD, OFFICE, Around, Span
from intents.slots import text as texts
from intents.slots import yesno
from knowledge.model import DemandForm

_LOOSE_OFFICE = 1.5  # what an office loses behind which nothing begins that is known
_LABEL, _REFUSAL, _MARK, _FILLER, _TAIL = 4.0, 5.0, 4.0, 0.3, 3.0


def spans(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """Every candidate in `clause`."""
    yield from introductions(clause, form, around)
    yield from _labelled(clause, form)
    yield from _refused(clause, form)
    yield from _marked(clause, form)
    yield from _to_a_number(clause, form, around)
    if around.after_number and (match := leads.AFTER_NUMBER.match(clause)):
        yield Span(0, match.end(), _TAIL, idle=True)
    for match in leads.FILLERS.finditer(clause):
        yield Span(match.start(), match.end(), _FILLER, idle=True)


def _labelled(clause: str, form: DemandForm) -> Iterator[Span]:
    """A label with the name or office behind it: 联系人是邱一, 职务经理."""
    for at in labels.places(clause, form):
        for label in labels.labelled(clause[at:], form):
            start = at + label.at
            match label.slots[0].kind:
                case "company":
                    found = of_organisation(clause, start, Around())
                case "person":
                    found = of_person(clause, start, Around(), firm=True)
                case "phone" | "mobile" if label.tie == "colon":
                    found = of_person(clause, start, Around(before_number=True), firm=False)
                case "text" if label.slots[0] == texts.shaped(form, "department"):
                    found = _alone(start, parts(clause, start), clause, "department")
                case "text" if label.slots[0] == texts.shaped(form, "position"):
                    found = _alone(start, offices(clause, start), clause, "position")
                case _:
                    continue
            tied = 0 if label.tie == "none" else 1
            for span in found:
                yield replace(span, start=at, weight=span.weight + LEAD + tied)


def _alone(
    at: int,
    found: Iterable[tuple[int, str | None]],
    clause: str,
    what: Literal["department", "position"],
) -> Iterator[Span]:
    """What stands behind its label: it may end where nothing else is known to begin."""
    for end, told in found:
        if told:
            weight = OFFICE if bounded(clause, end) else OFFICE - _LOOSE_OFFICE
            department, position = (told, None) if what == "department" else (None, told)
            who = Intro(department=department, position=position, said=True)
            yield Span(at, end, weight, who)


def _refused(clause: str, form: DemandForm) -> Iterator[Span]:
    for start, end in labels.refusals(clause, form):
        yield Span(start, end, _REFUSAL)


def _marked(clause: str, form: DemandForm) -> Iterator[Span]:
    """A wish at the end of a clause for what a yes-or-no slot is about: …最好国家局能给支持."""
    for slot in form.slots:
        topic = yesno.topics(slot).search(clause) if slot.kind == "yesno" else None
        lead = leads.WISHING.search(clause, 0, topic.start()) if topic else None
        start = lead.start() if lead else topic.start() if topic else 0
        told = clause[start:]
        if topic and yesno.read(told, slot) is not None and yesno.is_all(told, slot):
            yield Span(start, len(clause), _MARK)


def _to_a_number(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """What leads to the number behind the clause: 我的电话是, 有事打, 发邮件到."""
    if not around.before_number:
        return
    start = labels.leads_to_number(clause, form)
    if start is not None:
        yield Span(start, len(clause), _LABEL)
    calling = leads.CALLING.search(clause)
    if calling and calling[0]:
        yield Span(calling.start(), len(clause), _LABEL - 1, idle=True)
