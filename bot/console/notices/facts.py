"""The facts of a notice, each with the sentence of its clauses that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.fields import FAMILIES, due_of, span_of
from knowledge.importer.passage import passage
from knowledge.importer.sentences import split
from knowledge.model import Contact, Deadline, Notice, Period

Sentence = Sequence[tuple[str, bool]]
"""A sentence in pieces, each with whether it is the value."""

_TOLD = ("deadlines", "periods", "contacts", "attachments", "targets")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Told:
    """`value` stands out; `about` says of what; `more` are further words; `inferred`: the year
    stands in no words of the notice."""

    value: str
    about: str
    clause: str
    sentence: Sentence
    more: Sequence[str] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    family: str
    facts: Sequence[Told]


def groups_of(notice: Notice) -> list[Group]:
    """Those that the notice has; its tasks are told apart."""
    return [
        Group(FAMILIES[family].name, family, [_told(fact, notice) for fact in found])
        for family in _TOLD
        if (found := getattr(notice, family))
    ]


def _told(fact: Any, notice: Notice) -> Told:
    match fact:
        case Deadline():
            value, held = due_of(fact, notice.year), [fact.words]
            about = f"{fact.who or ''}{fact.what}"
            more = [
                f"{name}：{said}" for name, said in (("报送", fact.to), ("方式", fact.via)) if said
            ]
        case Period():
            value, held = span_of(fact, notice.year), [fact.words]
            about, more = f"{fact.who or ''}{fact.what}", []
        case Contact():
            value = " ".join((*fact.names, *fact.phones, *fact.emails)) or fact.address or ""
            held = [*fact.phones, *fact.names, *fact.emails]
            about, more = fact.org or "", [fact.address] if fact.address else []
        case _ if hasattr(fact, "columns"):
            value, about, held = fact.label, fact.title, [fact.title, fact.label]
            more = [f"栏目：{'、'.join((*fact.basics, *fact.columns))}"] if fact.columns else []
        case _:
            value, about, held = fact.value, fact.what, [fact.value]
            more = [fact.by] if fact.by else []
    sentence = _sentence(notice, fact.clause, [one for one in held if one])
    return Told(value, about, fact.clause, sentence, more, getattr(fact, "inferred", False))


def _sentence(notice: Notice, label: str, held: Sequence[str]) -> Sentence:
    """The first sentence that holds one of the values, of the fact's own clause if it can be;
    nothing where none does."""
    for text in _texts(notice, label):
        for value in held:
            if (at := text.find(value)) >= 0:
                return _cut(text, at, value)
    return ()


def _texts(notice: Notice, label: str) -> Iterator[str]:
    own = [clause for clause in notice.clauses if clause.label == label]
    others = [clause for clause in notice.clauses if clause.label != label]
    for clause in (*own, *others):
        yield from filter(None, (clause.text, clause.summary))


def _cut(text: str, at: int, value: str) -> Sentence:
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)]
    for part in split(passage(line)):
        place = part.text.find(value)
        if place >= 0 and len(part.text) <= _LONGEST:
            before, after = part.text[:place], part.text[place + len(value) :]
            return [piece for piece in ((before, False), (value, True), (after, False)) if piece[0]]
    return ()
