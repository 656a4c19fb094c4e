"""Free words at the end of a message: whose value they are."""

from __future__ import annotations

from intents.filling.acts import Act
from intents.filling.heard import Notebook
from intents.filling.pieces import joined
from intents.filling.unlabelled import ALSO
from intents.needs import is_idle, read_need
from intents.slots import choice
from knowledge.model import Slot

_PART_OF_A_NEED: tuple[Act, ...] = (
    "refuse", "want", "agree", "wrong", "unsure", "edit", "pause", "keep",
)  # fmt: skip


def settle(book: Notebook) -> None:
    """Labelled texts to their slots; loose words to the text asked for, or to the need."""
    _restore_acts(book)
    for name, spans in book.told.items():
        book.values[name] = joined(book.text, spans)
    if not book.loose:
        return
    said = joined(book.text, book.loose)
    slot = _slot(book, said)
    if slot is None:
        return
    said = ALSO.sub("", said)
    before = book.values.get(slot.name) if slot.name in book.told else None
    book.values[slot.name] = f"{before}；{said}" if before else said


def _restore_acts(book: Notebook) -> None:
    """不懂, 没有 or 麻烦 in the midst of a need is a part of it, and no act."""
    if not book.loose:
        return
    spans = [*book.loose, *(span for told in book.told.values() for span in told)]
    first, last = min(spans)[0], max(end for _, end in spans)
    inside = [
        (act, piece)
        for act, piece in book.acts
        if act in _PART_OF_A_NEED and first < piece.start and piece.end < last
    ]
    book.acts = [pair for pair in book.acts if pair not in inside]
    polite = [(start, end) for start, end in book.fillers if first < start and end < last]
    book.loose = sorted([*book.loose, *polite, *((p.start, p.end) for _, p in inside)])


def _slot(book: Notebook, said: str) -> Slot | None:
    if is_idle(said) and not book.adding and ALSO.match(said) is None:
        return None
    asked, need = book.asked.slot, book.need
    stated = read_need(book.text, book.form) or read_need(said, book.form)
    if book.question and not stated:
        return None
    if asked is not None and asked.kind == "text" and (asked == need or not stated):
        return asked if len(said) >= 2 else None
    if need is None or stated or need.name in book.told:
        return need
    return need if _good_enough(book, said) else None


def _good_enough(book: Notebook, said: str) -> bool:
    """Words of the field in an open form are about the need, even without a wish."""
    also = book.adding or ALSO.match(said) is not None
    if book.need is not None and book.need.name in book.asked.values:
        return also and len(said) >= 4
    if book.asked.kind in ("choice", "yesno"):
        return len(said) >= 4 or choice.has_cue(said, book.form)
    return len(said) >= 6 and (choice.has_cue(said, book.form) or also)
