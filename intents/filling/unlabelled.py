"""Clauses that name no slot: who somebody is, which task, a wish for support, free words."""

from __future__ import annotations

from intents.filling import intro, labels
from intents.filling.heard import Notebook
from intents.filling.intro import Intro
from intents.filling.pieces import Piece
from intents.needs import read_need
from intents.slots import choice, company, email, person, phone, yesno
from intents.slots import text as texts
from knowledge.late import late

ALSO = late(
    r"^(?:另外|还有|对了|补充|再补充|再加|加上|顺便|此外|其次|而且|哦对|哦)"
    r"(?:一下|一[点条个句]|说明|两句|的是)?(?:就是|是)?[，,：: ]*"
)
_NOT_THIS = late(r"(?:不是|不属于|不归|不选|不该是|不应该是)(?P<what>.{2,20})")
_POINTS = late(r"[那这][个类项种]|归|任务")
_LONG_NAME = 4  # characters of a key task's name that are surely meant for it
_LONGEST_NAME, _LONGEST_ANSWER = 30, 14  # characters


def marked(book: Notebook, piece: Piece) -> bool:
    """A yes-or-no slot that the clause speaks of: 最好国家局能给支持."""
    for slot in (s for s in book.form.slots if s.kind == "yesno"):
        wish = False if yesno.is_elsewhere(piece.text) else yesno.read(piece.text, slot)
        if wish is None and yesno.names_only(piece.text, slot):
            return True  # 国家局的话，能支持最好: the answer is in the next clause
        if wish is None:
            continue
        book.values[slot.name] = wish
        if wish and not yesno.is_all(piece.text, slot):
            free(book, piece)
        return True
    return False


def marked_alone(book: Notebook, piece: Piece) -> bool:
    """Beside a question only what says nothing else: 要不要国家局我不懂，不用国家局."""
    slots = [s for s in book.form.slots if s.kind == "yesno"]
    return any(yesno.is_all(piece.text, s) for s in slots) and marked(book, piece)


def wanted(book: Notebook, piece: Piece) -> bool:
    """What is to be matched, where the form has a slot for it: 希望匹配一家评估机构."""
    slot = texts.shaped(book.form, "wanted")
    wish = texts.wanted(piece.text) if slot else None
    if slot is None or wish is None:
        return False
    book.tell(slot, (piece.end - len(wish), piece.end))
    return True


def chosen(book: Notebook, piece: Piece) -> bool:
    """A key task that is pointed to by name or, where one was asked for, by a cue."""
    slot, text = book.first("choice"), piece.text
    if slot is None or (book.asked.slot == book.need and not _POINTS.search(text)):
        return False
    if book.target == book.need and book.need is not None and not _POINTS.search(text):
        return False
    if _denied(book, piece):
        return True
    named = choice.is_part_of_name(text, book.form)
    if intro.read(text) and not book.choosing and not named:
        return False
    asked = book.choosing and not _tells_need(book, text)
    asked = asked or (_POINTS.search(text) is not None and _chooses(book))
    task = choice.pick(text, book.form, asked=asked or (named and _may_be_chosen(book, text)))
    if task is None:
        return False
    book.values[slot.name] = task
    return True


def _may_be_chosen(book: Notebook, text: str) -> bool:
    """A task's name alone: at the summary, or once the need is known; 质押 may be a need itself."""
    return book.asked.confirming or (_chooses(book) and len(choice.bare(text)) >= _LONG_NAME)


def _chooses(book: Notebook) -> bool:
    """The need is known, so that only its key task can still be meant."""
    known = book.need is not None and book.need.name in book.asked.values
    return known or book.asked.confirming


def _denied(book: Notebook, piece: Piece) -> bool:
    """不是质押: what follows is the right task."""
    match = _NOT_THIS.fullmatch(piece.text)
    if match is None or not (book.choosing or book.asked.confirming):
        return False
    if choice.pick(match["what"], book.form, asked=True) is None:
        return False
    book.choosing = True
    book.acts.append(("wrong", piece))
    return True


def _tells_need(book: Notebook, text: str) -> bool:
    """A task was asked for, but this is the need itself, which is not known yet."""
    if book.need is None or book.need.name in book.asked.values or book.told:
        return False
    return not choice.is_part_of_name(text, book.form)


def introduced(book: Notebook, piece: Piece) -> bool:
    """Who somebody is: 我是莆田示例鞋业法务部的林二."""
    told = intro.read(piece.text)
    titled = book.named_last and told is not None and bool(told.position or told.department)
    book.named_last = False
    if told is None or not (titled or _fits(book, told)) or not introduce(book, told):
        return False
    if told.rest:
        free(book, Piece(piece.end - len(told.rest), piece.end, told.rest))
    return True


def introduce(book: Notebook, told: Intro) -> bool:
    given = {
        book.first("company"): told.company,
        book.first("person"): told.person,
        texts.shaped(book.form, "department"): told.department,
        texts.shaped(book.form, "position"): told.position,
    }
    taken = {slot.name: value for slot, value in given.items() if slot and value}
    book.values |= taken
    if book.pending and any(slot.name in taken for slot in book.pending.slots):
        book.pending = None
    book.named_last = bool(told.person or told.position or told.department)
    return bool(taken)


def _fits(book: Notebook, told: Intro) -> bool:
    """A bare name needs company: it was asked for, introduced, or stands beside a number."""
    if told.said:
        return book.asked.slot != book.need or not told.rest
    if told.person and _beside_its_number(book, told):
        return True
    if told.person and not told.company and _asked_and_missing(book):
        return True
    if book.telling() or book.asked.slot == book.need:
        return False
    if told.company:
        slot = book.first("company")
        known = slot is not None and book.known(slot)
        return not (told.rest and (book.loose or known))
    near = book.contacts or bool(book.values) or _has_contacts(book.text)
    if told.person:
        slot = book.first("person")
        missing = slot is not None and slot.name not in book.asked.values and not book.loose
        return near or missing or book.asked.kind in ("person", "company")
    return near or book.asked.kind in ("person", "text")


def _asked_and_missing(book: Notebook) -> bool:
    """联系我好了，张先生: who was asked for may come after other words."""
    slot = book.asked.slot
    return slot is not None and slot.kind == "person" and not book.known(slot)


def _beside_its_number(book: Notebook, told: Intro) -> bool:
    """…，谢磊139…: a bare name right before a number, while nobody is known."""
    slot = book.first("person")
    return book.number_next and not told.company and slot is not None and not book.known(slot)


def _has_contacts(text: str) -> bool:
    return bool(phone.find(text) or email.find(text))


def asked_for(book: Notebook, piece: Piece) -> bool:
    """The value of the slot that was asked for, in any shape that can still be one."""
    slot, text = book.asked.slot, piece.text
    if slot is None or book.telling() or book.question or slot.name in book.values:
        return False
    bare = labels.strip_lead(text)
    found: str | bool | None = None
    if slot.kind == "person":
        return book.name(slot, person.loose(labels.strip_tail(bare)))
    if (
        slot.kind == "company"
        and len(text) <= _LONGEST_NAME
        and not read_need(book.text, book.form)
    ):
        found = company.loose(bare)
    elif slot.kind == "yesno" and len(text) <= _LONGEST_ANSWER:
        found = yesno.answer(text)
    if found is not None:
        book.values[slot.name] = found
    return found is not None


def free(book: Notebook, piece: Piece) -> bool:
    """Free words: of the labelled text that is being told, or of a slot that is found later."""
    if book.target is not None and book.target != book.need and _another(book, piece.text):
        book.target = None
    if book.target is not None:
        book.told[book.target.name].append((piece.start, piece.end))
    else:
        book.loose.append((piece.start, piece.end))
    return True


def _another(book: Notebook, text: str) -> bool:
    return ALSO.match(text) is not None or read_need(text, book.form) is not None
