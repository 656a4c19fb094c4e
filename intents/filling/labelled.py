"""Clauses that name a slot: 联系人：林二, 电话错了, 没有邮箱, X公司联系人林二."""

from __future__ import annotations

import re

from intents.filling import acts, intro, labels, unlabelled
from intents.filling.contacts import KINDS
from intents.filling.heard import Notebook
from intents.filling.labels import Labelled
from intents.filling.pieces import Piece
from intents.slots import choice, company, email, person
from intents.slots import text as texts
from intents.slots.value import Problem
from knowledge.model import Slot

_ANSWERS = ("agree", "want", "refuse", "wrong")
_HEAD = 30  # characters in which the label of a long clause stands, with its sign
_SHORT_CHOICE = 12  # characters behind a label without a colon


def waiting(book: Notebook, piece: Piece) -> bool:
    """The value for the label that stood before: 联系人： | 林二."""
    hint = book.pending
    if hint is None:
        return False
    act = acts.act_of(piece.text)
    if act in ("refuse", "unsure") and hint.slots[0].kind != "yesno":
        book.decline(hint.slots)
        return True
    value = labels.strip_lead(piece.text)
    if not value:
        return True
    if all(s.kind in KINDS for s in hint.slots):
        return False
    taken = _value(book, hint, value, piece.end)
    book.pending = None if taken else hint
    return taken


def declined(book: Notebook, piece: Piece) -> bool:
    slots = labels.declined(piece.text, book.form)
    if not slots or slots[0].kind == "yesno":
        return False
    book.decline(slots)
    return True


def edited(book: Notebook, piece: Piece) -> bool:
    slots = labels.to_edit(piece.text, book.form)
    if slots:
        book.pending = Labelled(slots, "wrong", "", 0)
    return bool(slots)


def labelled(book: Notebook, piece: Piece) -> bool:
    for label in labels.labelled(piece.text, book.form):
        rest = label.rest if label.rest.strip(" 是为：:") else ""
        if not rest:
            if label.slots[0].kind == "yesno" and book.next_act not in _ANSWERS:
                continue
            book.flush()
            book.pending = label
            return True
        refused = acts.act_of(rest) in ("refuse", "unsure") and label.slots[0].kind != "yesno"
        if label.tie != "none" and refused:
            book.decline(label.slots)
            return True
        if _value(book, label, rest, piece.end):
            return True
    return False


def at_length(book: Notebook, piece: Piece) -> bool:
    """需求：想做…, in so many words that nothing else is looked for in them."""
    head = piece.text[:_HEAD]
    for label in labels.labelled(head, book.form):
        rest = piece.text[len(head) - len(label.rest) :]
        if label.tie != "none" and label.slots[0].kind == "text" and rest:
            return _text(book, label.slots[0], label, rest, piece.end)
    return False


def named(book: Notebook, piece: Piece) -> bool:
    """A company or person, by a label or an introduction that leaves no doubt."""
    for label in labels.labelled(piece.text, book.form):
        if label.rest and label.slots[0].kind in ("company", "person"):
            strict = Labelled(label.slots, "none", label.rest, label.at)
            if _value(book, strict, label.rest, piece.end):
                return True
    told = intro.read(piece.text)
    sure = told is not None and not told.rest and (told.said or company.is_legal(piece.text))
    return sure and told is not None and unlabelled.introduce(book, told)


def run_on(book: Notebook, piece: Piece) -> bool:
    """A clause without punctuation in which a label begins: only names and numbers are cut off."""
    for at in labels.inner(piece.text, book.form):
        for label in labels.labelled(piece.text[at:], book.form):
            if _cut_off(book, label, piece):
                before = Piece(piece.start, piece.start + at, piece.text[:at].strip())
                unlabelled.introduced(book, before) or unlabelled.free(book, before)
                book.pending = None if label.rest else label
                return True
    return False


def _cut_off(book: Notebook, label: Labelled, piece: Piece) -> bool:
    kind = label.slots[0].kind
    if not label.rest:
        return kind in KINDS and book.number_next
    return kind in ("company", "person") and _value(book, label, label.rest, piece.end)


def _value(book: Notebook, label: Labelled, rest: str, end: int) -> bool:
    return any(_slot_value(book, slot, label, rest, end) for slot in label.slots)


def _slot_value(book: Notebook, slot: Slot, label: Labelled, rest: str, end: int) -> bool:
    firm = label.tie != "none"
    match slot.kind:
        case "company":
            return _company(book, slot, rest, end, firm)
        case "person":
            bare = labels.strip_tail(rest)
            who = person.loose(bare) if firm else person.called(bare)
            return book.name(slot, who) or _introduced(book, rest)
        case "choice":
            return _choice(book, slot, rest, firm)
        case "yesno":
            return firm and _yes_or_no(book, slot, rest)
        case "text":
            return _text(book, slot, label, rest, end)
        case "email":
            return firm and _half_an_address(book, slot, rest)
        case _:
            return False


def _company(book: Notebook, slot: Slot, rest: str, end: int, firm: bool) -> bool:
    bare = labels.strip_tail(rest)
    name = company.at_start(bare)
    behind = bare[len(name) :].lstrip("的 ") if name else ""
    if name and behind and not (_introduces_person(behind)):
        name, behind = (company.loose(bare) if firm else None), ""
    elif name is None:
        name = company.loose(bare) if firm else company.weak_name(bare) or company.plain(bare)
    if name is None:
        return False
    book.values[slot.name] = name
    if behind:
        unlabelled.introduced(book, Piece(end - len(behind), end, "我是" + behind))
    return True


def _introduces_person(text: str) -> bool:
    told = intro.read("我是" + text)
    return told is not None and told.person is not None


def _introduced(book: Notebook, rest: str) -> bool:
    told = intro.read(rest)
    if told is None or told.person is None or told.rest:
        return False
    return unlabelled.introduce(book, told)


def _choice(book: Notebook, slot: Slot, rest: str, firm: bool) -> bool:
    task = choice.pick(rest, book.form, asked=True)
    if task is None or not (firm or len(rest) <= _SHORT_CHOICE):
        return False
    book.values[slot.name] = task
    return True


def _yes_or_no(book: Notebook, slot: Slot, rest: str) -> bool:
    act = acts.act_of(rest)
    if act not in _ANSWERS:
        return False
    book.values[slot.name] = act in ("agree", "want")
    return True


def _text(book: Notebook, slot: Slot, label: Labelled, rest: str, end: int) -> bool:
    more = unlabelled.ALSO.match(rest) if slot == book.need else None
    start = end - len(rest) + (more.end() if more else 0)
    if label.tie == "none" and not more:
        apart = re.search(r"[:：\s]$", book.text[:start]) is not None
        if not (apart if slot == book.need else texts.short(rest)):
            return False
    if label.tie in ("change", "wrong"):
        book.replaces.add(slot.name)
    book.tell(slot, (start, end))
    return True


def _half_an_address(book: Notebook, slot: Slot, rest: str) -> bool:
    problems = [f for f in email.find(rest, expected=True) if isinstance(f, Problem)]
    if problems:
        book.problems[slot.name] = problems[0].sentence
    return bool(problems)
