"""Whom to turn to: offices, people, numbers and mails, as a notice prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.contacts.blocks import blocks_of
from knowledge.importer.contacts.entries import Entry, entries_of
from knowledge.importer.contacts.items import Item
from knowledge.importer.contacts.tables import rows_of
from knowledge.importer.facts import ContactFact, Head
from knowledge.importer.page import Outline, Place
from knowledge.importer.passage import Passage, Span

NO_AREA = "号码没有区号"
WHOSE = "核对这是不是本通知的联系方式"
NO_PHONE = "没有电话和邮箱"


def contacts_of(outline: Outline, head: Head) -> list[ContactFact]:
    """The contacts in reading order, none twice. What stands in a site's footer, in a blank form
    or in an annexed example is none."""
    found = [fact for place in outline.places for fact in _of_place(outline, place)]
    return [fact for at, fact in enumerate(found) if not _told_elsewhere(fact, found, at)]


def _of_place(outline: Outline, place: Place) -> Iterator[ContactFact]:
    for block in blocks_of(outline, place):
        for entry in entries_of(block.items):
            if fact := _fact(place.label, block.text, entry):
                yield fact
    for passage, entries in rows_of(outline, place):
        for entry in entries:
            if fact := _fact(place.label, passage, entry):
                yield fact


def _fact(clause: str, text: Passage, entry: Entry) -> ContactFact | None:
    if not (entry.reached or entry.named or _asked_for(entry)):
        return None
    items = entry.items
    sure, look = _doubts(entry)
    return ContactFact(
        clause=clause,
        span=_span(text, items),
        spans=dict(_spans(text, entry)),
        sure=sure,
        look=look,
        org=_org(text, entry.office),
        names=_values(entry.names),
        phones=_values(entry.phones),
        emails=_values(entry.mails),
        address=_as_printed(text, entry.address) if entry.address else None,
    )


def _asked_for(entry: Entry) -> bool:
    """An office or an address that a label names alone."""
    return bool(entry.address) and bool(entry.office)


def _org(text: Passage, office: Item | None) -> str | None:
    return _as_printed(text, office) if office else None


def _as_printed(text: Passage, item: Item) -> str:
    return re.sub(r"\s+", " ", text.text[item.start : item.end]).strip()


def _values(items: list[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for item in items for value in item.values))


def _doubts(entry: Entry) -> tuple[float, tuple[str, ...]]:
    look = []
    sure = min((item.sure for item in entry.items), default=1.0)
    if sure < 0.8:
        look.append(WHOSE)
    if entry.phones and all(item.bare for item in entry.phones):
        look.append(NO_AREA)
        sure = min(sure, 0.9)
    if not entry.reached:
        look.append(NO_PHONE)
        sure = min(sure, 0.7)
    return sure, tuple(look)


def _span(text: Passage, items: list[Item]) -> Span:
    spans = [text.span(item.start, item.end) for item in items]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _spans(text: Passage, entry: Entry) -> Iterator[tuple[str, Span]]:
    groups = {
        "org": [entry.office] if entry.office else [],
        "names": entry.names,
        "phones": entry.phones,
        "emails": entry.mails,
        "address": [entry.address] if entry.address else [],
    }
    for name, items in groups.items():
        if items:
            yield name, _span(text, items)


def _told_elsewhere(fact: ContactFact, facts: list[ContactFact], at: int) -> bool:
    """Whether another contact says the same and more, or has said the same before."""
    for other_at, other in enumerate(facts):
        if other_at != at and _covers(other, fact) and (other_at < at or not _covers(fact, other)):
            return True
    return False


def _covers(one: ContactFact, other: ContactFact) -> bool:
    return (
        set(one.names) >= set(other.names)
        and set(one.phones) >= set(other.phones)
        and set(one.emails) >= set(other.emails)
        and other.org in (None, one.org)
        and other.address in (None, one.address)
    )
