"""Items put together: who belongs to which number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.importer.contacts.items import Item


@dataclass(slots=True)
class Entry:
    """What one contact has so far."""

    office: Item | None = None
    names: list[Item] = field(default_factory=list)
    phones: list[Item] = field(default_factory=list)
    mails: list[Item] = field(default_factory=list)
    address: Item | None = None
    done: bool = False
    """Its number is followed by a bracket, so that no further number is its own."""
    mixed: bool = False
    """Its people are of different offices, so that none is said of all."""

    @property
    def reached(self) -> bool:
        return bool(self.phones or self.mails)

    @property
    def named(self) -> bool:
        """Whether a label promised the names."""
        return any(item.labelled for item in self.names)

    @property
    def items(self) -> list[Item]:
        singles = [item for item in (self.office, self.address) if item]
        return sorted((*singles, *self.names, *self.phones, *self.mails), key=lambda i: i.start)


def entries_of(items: Iterable[Item]) -> Iterator[Entry]:
    """The contacts of one block of items, in order."""
    ordered = list(items)
    entry = Entry()
    for at, item in enumerate(ordered):
        if _starts_anew(entry, item, ordered[at:]):
            yield entry
            entry = Entry(office=_shared(entry, item))
        _add(entry, item)
    yield entry


def _starts_anew(entry: Entry, item: Item, rest: list[Item]) -> bool:
    if item.kind == "office":
        return not _office_joins(entry, item)
    if item.kind == "name":
        return _name_starts(entry, item, rest)
    if item.kind == "phone":
        return entry.done
    if item.kind == "address":
        return entry.address is not None
    return False


def _office_joins(entry: Entry, item: Item) -> bool:
    if item.boxed and (not entry.reached or entry.office is None):
        return True
    return not (entry.reached or entry.names or entry.address)


def _name_starts(entry: Entry, item: Item, rest: list[Item]) -> bool:
    """A name begins a contact behind a complete one; behind a number alone only where a number
    of its own follows."""
    if item.boxed and entry.phones:
        return False
    if not entry.phones:
        return False
    return bool(entry.names) or _has_own_phone(rest)


def _has_own_phone(rest: list[Item]) -> bool:
    for item in rest[1:]:
        if item.kind == "phone":
            return True
        if item.kind != "name":
            return False
    return False


def _shared(entry: Entry, item: Item) -> Item | None:
    """People of one office name it once."""
    return entry.office if item.kind in ("name", "phone") else None


def _add(entry: Entry, item: Item) -> None:
    if item.kind == "office":
        entry.mixed = entry.mixed or bool(item.boxed and entry.office)
        entry.office = None if entry.mixed else item
        entry.done = item.boxed and bool(entry.phones)
    elif item.kind == "address":
        entry.address = item
    elif item.kind == "name":
        entry.names.append(item)
        entry.done = item.boxed and bool(entry.phones)
    else:
        (entry.phones if item.kind == "phone" else entry.mails).append(item)
