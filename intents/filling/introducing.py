"""Where in a clause somebody is introduced, by the words that lead there or by the place alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intents.filling import labels, leads
from intents.filling.intro import Intro
from intents.filling.leads import bounded, skip
from intents.filling.people import names, of_organisation, of_person, organisations
from intents.filling.span import LEAD, ORGANISATION, PERSON, UNBOUNDED, Around, Span
from intents.slots import company, person
from knowledge.model import DemandForm

_PLAIN = 2.0


def introductions(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """Every stretch in which somebody or some organisation is introduced."""
    for at in range(len(clause)):
        yield from _we_are(clause, at, around)
        yield from _i_am(clause, at, around)
        yield from _by_surname(clause, at)
        found = leads.FIND.match(clause, at)
        if found:
            yield from _asked_for(clause, at, found.end(), around)
    if not around.company_known:
        begin = skip(leads.POLITE, clause, 0)
        for span in of_organisation(clause, begin, around):
            yield replace(span, start=0)
    yield from _under_another_label(clause, form, around)
    yield from _before_the_number(clause, around)


def _we_are(clause: str, at: int, around: Around) -> Iterator[Span]:
    """我们是…, 这里是…, 我在…上班."""
    lead = leads.WE_ARE.match(clause, at)
    if lead is None:
        return
    named = leads.NAMES_A_FIRM.search(lead[0]) is not None
    name = company.plain(clause[lead.end() :]) if named else None
    if name and not around.company_known:
        yield Span(at, len(clause), _PLAIN, Intro(company=name, said=True))
    for span in of_organisation(clause, lead.end(), around):
        yield replace(span, start=at, weight=span.weight + LEAD)


def _i_am(clause: str, at: int, around: Around) -> Iterator[Span]:
    """我叫…, 联系人是…; 我是… may be followed by anything."""
    lead = leads.I_AM.match(clause, at)
    if lead is None:
        return
    for span in of_person(clause, lead.end(), around, firm=not lead[0].endswith("是")):
        yield replace(span, start=at, weight=span.weight + LEAD)


def _asked_for(clause: str, start: int, at: int, around: Around) -> Iterator[Span]:
    """找林二就行; before a number also 联系林二."""
    for name, _, end in names(clause, at, firm=around.before_number):
        match = leads.FOUND.match(clause, end)
        if match and (match[0] or around.before_number):
            yield Span(start, match.end(), PERSON + LEAD, Intro(person=name, said=True))


def _by_surname(clause: str, at: int) -> Iterator[Span]:
    """我姓王; 我姓倪叫倪海峰."""
    match = leads.SURNAMED.match(clause, at)
    if match is None:
        return
    for end in (match.end() + 2, match.end() + 1):
        surname = person.surname(clause[match.end() : end])
        if surname and bounded(clause, end):
            yield Span(at, end, PERSON, Intro(person=surname, said=True))
        given = leads.GIVEN_NAME.match(clause, end) if surname else None
        if surname and given:
            who = Intro(person=surname + given["given"], said=True)
            yield Span(at, len(clause), PERSON * 2, who)
        called = leads.CALLED.match(clause, end) if surname else None
        for name, _, behind in names(clause, called.end()) if called else ():
            weight = PERSON * 2 + (0 if bounded(clause, behind) else UNBOUNDED)
            yield Span(at, behind, weight, Intro(person=name, said=True))


def _under_another_label(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """单外：X公司: a name behind a label that the form does not know."""
    label = leads.LABEL_BEFORE.match(clause)
    known = label and any(labels.labelled(clause, form))
    if label and not known and not around.company_known:
        for name, end, sure in organisations(clause, label.end()):
            if sure and end == len(clause):
                yield Span(0, end, ORGANISATION, Intro(company=name, said=True))


def _before_the_number(clause: str, around: Around) -> Iterator[Span]:
    """…转出去陈一 139…: a name that stands right before a number."""
    if around.person_known or not around.before_number:
        return
    bare = clause.rstrip(":： ")
    if person.FOREIGN.fullmatch(bare):
        yield Span(0, len(clause), PERSON, Intro(person=bare, said=True))
        return
    for size in (2, 3, 4):
        at = len(bare) - size
        who = person.called(bare) if at == 0 else None
        if at > 0 and bare[at - 1] in " ，,。":
            who = person.read(bare[at:])
        if who:
            yield Span(at, len(clause), PERSON, Intro(person=who.name, said=True))
