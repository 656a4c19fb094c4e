"""The values that make a contact, and the words that are such values by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.importer.contacts import names, orgs
from knowledge.importer.contacts.tokens import Word, tokens_of

Kind = Literal["office", "name", "phone", "mail", "address"]
_NUMBERING = re.compile(r"\s*(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳])(?!\d)")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a contact. `boxed`: it stands in a bracket behind what it belongs to.
    `labelled`: a label promised it; `sure` as in `facts`."""

    kind: Kind
    start: int
    end: int
    values: tuple[str, ...]
    labelled: bool = False
    boxed: bool = False
    sure: float = 1.0
    bare: bool = False


def named(line: str) -> tuple[Item, ...]:
    """The office, topic and people that a line names and nothing else."""
    items: list[Item] = []
    for token in tokens_of(unnumbered(line)):
        found = _named(token) if isinstance(token, Word) else ()
        if not found:
            return ()
        items += found
    return tuple(items) if any(item.kind == "office" for item in items) else ()


def _named(word: Word) -> tuple[Item, ...]:
    if found := split_office(word):
        return tuple(replace(item, sure=0.9) for item in found)
    if orgs.is_topic(word.text):
        return (Item("office", word.start, word.end, (word.text,), sure=0.9),)
    if names.is_name(word.text):
        return (Item("name", word.start, word.end, (word.text,), sure=0.9),)
    return ()


def unnumbered(line: str) -> str:
    """The line with blanks for the number that it begins with."""
    number = _NUMBERING.match(line)
    return " " * number.end() + line[number.end() :] if number else line


def split_office(word: Word) -> tuple[Item, ...]:
    """An office, or an office with a name stuck to it: 运用促进处|张三."""
    text = word.text
    if orgs.is_office(text) and not names.is_name(text):
        return (Item("office", word.start, word.end, (text,)),)
    for size in (2, 3, 4):
        office, name = text[:-size], text[-size:]
        if names.is_name(name) and orgs.is_office(office):
            cut = word.end - size
            return (
                Item("office", word.start, cut, (office,)),
                Item("name", cut, word.end, (name,)),
            )
    return ()
