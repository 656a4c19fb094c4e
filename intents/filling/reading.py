"""What one message tells a demand form. Pieces are read in order; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from intents.filling import (
    acts,
    contacts,
    free,
    labelled,
    labels,
    misspelt,
    tails,
    unlabelled,
)
from intents.filling.acts import Act
from intents.filling.beside import with_bare_names
from intents.filling.cutting import parted
from intents.filling.heard import Asked, Heard, Notebook
from intents.filling.pieces import Piece, pieces, tidy
from intents.filling.span import Around
from intents.needs import looks_like_question
from intents.slots import credit, email, phone
from intents.slots.credit import Code
from intents.slots.value import Found
from intents.wording import credit as wording
from knowledge.late import late
from knowledge.model import DemandForm

_LIST = late(r"^(?:清单|表单?)(?=[:：，,。\s])")  # behind 我来填需求
_WISHES = late(r"想请|想找|想招|请.{0,6}(?:来|派)|希望有人|求助")
_MARK = late("[?？]")
_LONGEST = 150  # characters of a clause; in what is longer only its label is read

Step = Callable[[Notebook, Piece], bool]
"""Whether the step has taken the clause."""


def read(text: str, form: DemandForm, asked: Asked) -> Heard:
    """What `text` tells the form. A value known by its kind wins over the slot asked for."""
    text = tidy(text)
    text = _opened(text) if asked.opening else text
    text = misspelt.corrected(text, form)
    code = credit.find(text)
    if code is not None:
        without = f"{text[: code.start]}\n{text[code.end :]}"
        return _with_code(read(without, form, asked), code, form)
    tail = tails.corrected(text, form, asked.values)
    if tail is not None:
        return Heard(values=dict([tail]))
    found = _contacts(text, asked)
    book = Notebook(text, form, asked, _asks(text), choosing=asked.kind == "choice")
    cut = pieces(text, found)
    if book.question and not found and acts.act_of(text) is None:
        return _beside_a_question(book, cut)
    cut = [part for i, piece in enumerate(cut) for part in _parted(book, cut, i, piece)]
    cut = with_bare_names(book, cut)
    for i, piece in enumerate(cut, 1):
        book.number_next = i < len(cut) and cut[i].found is not None
        book.next_act = acts.act_of(cut[i].text) if i < len(cut) else None
        _take(book, piece)
    return _heard(book)


def _opened(text: str) -> str:
    """`text` behind the command that opens the form."""
    meant = misspelt.opening(text)
    rest = meant[acts.opening(meant) :]
    return _LIST.sub("", rest) if rest != meant else text


def _asks(text: str) -> bool:
    """A question; 想请专家讲讲商标怎么布局 is none."""
    wishes = _WISHES.search(text) is not None and not _MARK.search(text)
    return looks_like_question(text) and not wishes


def _with_code(heard: Heard, code: Code, form: DemandForm) -> Heard:
    """A credit code goes into the slot for it, if the form has one; else it is remarked upon."""
    slot = next((s for s in form.slots if any("信用代码" in n for n in (s.name, *s.labels))), None)
    if slot is None:
        return replace(heard, remarks=(code.amiss or wording.fine(),))
    if code.amiss:
        return replace(heard, problems={**heard.problems, slot.name: code.amiss})
    return replace(heard, values={**heard.values, slot.name: code.code})


def _parted(book: Notebook, cut: Sequence[Piece], at: int, piece: Piece) -> list[Piece]:
    """A clause that tells several things as several; one that is understood whole as it is."""
    if piece.found or acts.act_of(piece.text) or acts.is_filler(piece.text):
        return [piece]
    if labels.to_edit(piece.text, book.form) or labels.declined(piece.text, book.form):
        return [piece]
    firm, contact = book.first("company"), book.first("person")
    around = Around(
        after_number=at > 0 and cut[at - 1].found is not None,
        before_number=at + 1 < len(cut) and cut[at + 1].found is not None,
        numbers=any(other.found is not None for other in cut),
        company_asked=book.asked.kind == "company",
        company_known=firm is None or firm.name in book.asked.values,
        person_known=contact is None or contact.name in book.asked.values,
    )
    return parted(piece, book.form, around)


def introduces(text: str, form: DemandForm) -> bool:
    """The sender says who they are: an organisation with a person or a number, or these two."""
    heard = read(text, form, Asked(opening=True))
    told = [
        any(slot.kind in kinds and slot.name in heard.values for slot in form.slots)
        for kinds in (("company",), ("person",), contacts.KINDS)
    ]
    return sum(told) >= 2


def _beside_a_question(book: Notebook, cut: Sequence[Piece]) -> Heard:
    """联系人吴三，对了活动几号结束？: only what is surely meant for the form is taken."""
    for piece in cut:
        if labelled.declined(book, piece) or looks_like_question(piece.text):
            continue
        if not labelled.named(book, piece):
            unlabelled.marked_alone(book, piece)
    return _heard(book)


def _contacts(text: str, asked: Asked) -> list[Found]:
    found: list[Found] = list(email.find(text, expected=asked.kind == "email"))
    return [*found, *phone.find(_hidden(text, found), expected=asked.kind in contacts.CALLS)]


def _hidden(text: str, found: Sequence[Found]) -> str:
    for item in found:
        text = text[: item.start] + "@" * (item.end - item.start) + text[item.end :]
    return text


def _take(book: Notebook, piece: Piece) -> None:
    if piece.found is not None:
        contacts.take(book, piece.found)
        return
    if piece.who is not None and unlabelled.introduce(book, piece.who):
        return
    if len(piece.text) > _LONGEST:
        taken = labelled.at_length(book, piece)
    else:
        taken = any(step(book, piece) for step in _STEPS)
    if taken:
        return
    unlabelled.free(book, piece)


def _polite(book: Notebook, piece: Piece) -> bool:
    """Politeness tells nothing, but in the midst of a need it is a part of it."""
    polite = acts.is_filler(piece.text)
    if polite:
        book.adding = book.adding or unlabelled.ALSO.fullmatch(piece.text) is not None
        book.fillers.append((piece.start, piece.end))
    return polite


def _question(book: Notebook, piece: Piece) -> bool:
    """A question beside a number: it is no value."""
    asks = book.question and acts.act_of(piece.text) is None
    return asks and looks_like_question(piece.text)


def _act(book: Notebook, piece: Piece) -> bool:
    act = acts.act_of(piece.text)
    if act is not None:
        book.acts.append((act, piece))
    return act is not None


_STEPS: tuple[Step, ...] = (
    labelled.waiting,
    _question,
    _act,
    _polite,
    labelled.declined,
    labelled.edited,
    labelled.labelled,
    unlabelled.marked,
    unlabelled.wanted,
    unlabelled.chosen,
    unlabelled.introduced,
    labelled.run_on,
    unlabelled.asked_for,
)


def _heard(book: Notebook) -> Heard:
    if book.pending is not None:
        book.reopen(book.pending.slots)
    free.settle(book)
    given = set(book.values)
    return Heard(
        values=book.values,
        problems={n: s for n, s in book.problems.items() if n not in given},
        declined=tuple(n for n in book.declined if n not in given),
        reopened=tuple(n for n in book.reopened if n not in {*given, *book.problems}),
        replaces=frozenset(book.replaces),
        acts=_acts(book),
    )


def _acts(book: Notebook) -> tuple[Act, ...]:
    """In 好，提交 the first word is politeness, and answers no question."""
    told = dict.fromkeys(act for act, _ in book.acts)
    return tuple(act for act in told if not (act == "agree" and "submit" in told))
