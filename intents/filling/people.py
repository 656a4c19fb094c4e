"""Who stands somewhere in a clause: an organisation, a department, an office, a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intents.filling import leads
from intents.filling.intro import Intro
from intents.filling.leads import bounded, skip
from intents.filling.span import OFFICE, ORGANISATION, PERSON, UNBOUNDED, Around, Span
from intents.slots import company, person
from intents.slots import text as texts

_LEGAL, _WHOLE, _LETTER = 2.0, 2.0, 0.05


def of_organisation(clause: str, at: int, around: Around) -> Iterator[Span]:
    """An organisation from `at` on, with who is of it."""
    led = at > skip(leads.POLITE, clause, 0)
    for name, end, sure in organisations(clause, at):
        weight = ORGANISATION + (_LEGAL if company.is_legal(name) else 0)
        whole = (around.numbers or around.company_asked) and clause[end:] in ("", "的")
        weight += _WHOLE if whole else 0
        ends = bounded(clause, end) or name.endswith("公司")
        if ends and (sure or led or whole):
            tail = skip(leads.THERE, clause, end)
            goes_on = leads.GOODS.match(clause, tail)
            yield Span(at, end if goes_on else tail, weight, Intro(company=name, said=True))
        for person_end, who, more in people(clause, end, around):
            told = replace(who, company=name)
            yield Span(at, person_end, weight + more, told)


def organisations(clause: str, at: int) -> Iterator[tuple[str, int, bool]]:
    """Names that begin at `at`, where each ends, and whether by more than an everyday word.

    三明那个示例木业 is 三明示例木业.
    """
    for end, sure in company.ends(clause[at:]):
        name = leads.GATHERED.sub("", clause[at : at + end])
        if company.is_name(name):
            yield name, at + end, sure


def of_person(clause: str, at: int, around: Around, *, firm: bool) -> Iterator[Span]:
    """`firm`: it was said that a name follows (我叫, 联系人), so that any will do (黄金水)."""
    for end, who, weight in people(clause, at, around, firm=firm):
        if who.person:
            yield Span(at, end, weight, who)


def people(
    clause: str, at: int, around: Around, *, firm: bool = False
) -> Iterator[tuple[int, Intro, float]]:
    """Department, position and person from `at` on; any may be missing, but not all."""
    start = skip(leads.OURS, clause, skip(leads.OF, clause, at))
    for part_end, part in parts(clause, start):
        after_part = skip(leads.OF, clause, part_end)
        of_the_name = start == at and part is not None and part.endswith("中心")
        if part and bounded(clause, part_end) and not of_the_name:
            yield part_end, Intro(department=part, said=True), OFFICE
        for office_end, office in offices(clause, skip(leads.AS, clause, after_part)):
            if office and bounded(clause, office_end):
                yield (
                    office_end,
                    Intro(None, part, office, None, True),
                    OFFICE * (2 if part else 1),
                )
            named_at = skip(leads.NAMED, clause, skip(leads.OF, clause, office_end))
            named_at = named_at if office else skip(leads.COLLEAGUE, clause, named_at)
            for name, title, end in names(clause, named_at, firm=firm):
                weight = PERSON + (OFFICE if part else 0) + (OFFICE if office else 0)
                weight += _LETTER * (
                    skip(leads.NEXT, clause, end) - end
                )  # 吴磊 主要, not 吴磊主 要
                if not (bounded(clause, end) or (end == len(clause) and around.before_number)):
                    weight += UNBOUNDED
                yield end, Intro(None, part, office or title, name, True), weight
                behind = leads.IN_BRACKETS.match(clause, end)
                if behind:
                    told = office or title or texts.position(behind["office"])
                    of = part or texts.department(behind["office"])
                    yield behind.end(), Intro(None, of, told, name, True), weight + 1


def parts(clause: str, at: int) -> Iterator[tuple[int, str | None]]:
    yield at, None
    for end in range(at + 2, min(at + 9, len(clause)) + 1):
        if texts.department(clause[at:end]):
            yield end, clause[at:end]


def offices(clause: str, at: int) -> Iterator[tuple[int, str | None]]:
    yield at, None
    for end in range(at + 2, min(at + 9, len(clause)) + 1):
        if texts.position(clause[at:end]):
            yield end, clause[at:end]


def names(clause: str, at: int, *, firm: bool = False) -> Iterator[tuple[str, str | None, int]]:
    """(name, office that came with it, where it ends)."""
    for end in range(at + 2, min(at + 8, len(clause)) + 1):
        who = person.called(clause[at:end]) or (person.any_name(clause[at:end]) if firm else None)
        if who is not None:
            yield who.name, texts.position(who.title) if who.title else None, end
    match = person.FOREIGN.match(clause, at)
    if match:
        yield match[0], None, match.end()
