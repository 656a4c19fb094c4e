"""A notice that was read, beside its text: each value looked at, put right, or taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.console import browser
from bot.console.importing.cards import Card, cards_of, labels_of, marks_of
from bot.console.importing.checking import data_of, problems_of
from bot.console.importing.fields import PRECISION, Field, typed_into, with_fields
from bot.console.importing.marking import pieces_of
from bot.console.visit import Answer, Elsewhere, Page, Visit
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_editing import NoPlace, without
from knowledge.yaml_source import KnowledgeError, Loc
from storage import drafts, readings
from storage.connection import AsyncConnection
from storage.database import Conflict
from storage.drafts import ChangedMeanwhile, DraftFile, StoredDraft

_MISSING = Page("problem.html", {"status": 404}, 404)


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft's file and its cards; `data` is None where the file is no YAML any more."""

    draft: StoredDraft
    file: DraftFile
    data: Any
    cards: Sequence[Card]

    @property
    def id(self) -> str:
        return self.file.name.removesuffix(".yaml")

    @property
    def open(self) -> bool:
        return self.draft.state == "open"


async def review(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        desk = await _desk(visit, conn)
    return _shown(visit, desk) if desk else _MISSING


async def save(visit: Visit) -> Answer:
    """One value put right, ticked or taken out; or all that are sure ticked at once."""
    async with visit.transaction() as conn:
        desk = await _desk(visit, conn)
        if desk is None:
            return _MISSING
        if not desk.open or desk.data is None:
            return _shown(visit, desk, status=409)
        if visit.form.get("do") == "all":
            sure = [card.number for card in desk.cards if card.waits and not card.reading.doubtful]
            await readings.mark(conn, desk.draft.id, desk.file.name, sure, "looked")
            return _back(desk, None)
        card = _card_of(desk, visit.form.get("card", ""))
        if card is None or card.loc is None:
            return _shown(visit, desk, status=409)
        return await _one(visit, conn, desk, card)


async def _one(visit: Visit, conn: AsyncConnection, desk: Desk, card: Card) -> Answer:
    assert card.loc is not None
    assert desk.file.text is not None
    fields = typed_into(card.fields, visit.form)
    if visit.form.get("was") != card.was:
        told = card.with_problems(card.fields, ())
        return _shown(visit, desk, told, changed=_differing(card.fields, fields), status=409)
    dropping = visit.form.get("do") == "drop" and len(card.loc) > 1
    try:
        if dropping:
            text = without(desk.file.text, card.loc)
        else:
            text = with_fields(desk.file.text, card.loc, card.fields, fields)
        fields, problems = _judged(fields, card.loc, text, desk.file.name, dropping)
    except (KnowledgeError, NoPlace):
        return _shown(
            visit, desk, card.with_problems(fields, ("这里改不了，请到草稿里改",)), status=400
        )
    if problems or any(field.problem for field in fields):
        return _shown(visit, desk, card.with_problems(fields, problems), status=400)
    await _store(visit, conn, desk, card, text, dropping)
    return _back(desk, card)


async def _store(
    visit: Visit, conn: AsyncConnection, desk: Desk, card: Card, text: str, dropping: bool
) -> None:
    """Raises Conflict where somebody has changed the file since it was read."""
    number, name, seen = desk.draft.id, desk.file.name, desk.file.updated
    if text != desk.file.text:
        try:
            await drafts.put(conn, number, name, text, visit.now, seen=seen)
        except ChangedMeanwhile:
            raise Conflict from None
    await readings.mark(conn, number, name, [card.number], "dropped" if dropping else "looked")


def _judged(
    fields: Sequence[Field], loc: Loc, text: str, name: str, dropping: bool
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """The fields with what is wrong with each, and what is wrong with the whole card."""
    if dropping or any(field.problem for field in fields):
        return (() if dropping else tuple(fields)), ()
    found = [
        (at[len(loc) :], told) for at, told in problems_of(data_of(text, name)) if _in(at, loc)
    ]
    of_field = {path: told for path, told in reversed(found)}
    judged = tuple(
        replace(field, problem=next((t for p, t in of_field.items() if _is_of(p, field)), ""))
        for field in fields
    )
    whole = tuple(t for p, t in found if not any(_is_of(p, field) for field in fields))
    return judged, tuple(dict.fromkeys(whole))


def _in(at: Loc, loc: Loc) -> bool:
    return at[: len(loc)] == loc


def _is_of(path: Loc, field: Field) -> bool:
    return path[: len(field.path)] == field.path


def _differing(now: Sequence[Field], typed: Sequence[Field]) -> Mapping[str, str]:
    """What was typed, by the names of the fields that hold something else now."""
    pairs = zip(now, typed, strict=True)
    return {a.label: b.typed for a, b in pairs if a.typed.split() != b.typed.split()}


async def _desk(visit: Visit, conn: AsyncConnection) -> Desk | None:
    name = f"{visit.request.match_info['id']}.yaml"
    draft = await drafts.find(conn, visit.number)
    held = await drafts.files(conn, visit.number) if draft else []
    file = next((one for one in held if one.name == name and one.text is not None), None)
    stored = await readings.listing(conn, visit.number, name)
    if draft is None or file is None or file.text is None or not stored:
        return None
    try:
        data = data_of(file.text, name)
    except KnowledgeError:
        data = None
    return Desk(draft, file, data, cards_of(stored, data, file.source or ""))


def _card_of(desk: Desk, number: str) -> Card | None:
    return next((card for card in desk.cards if str(card.number) == number), None)


def _back(desk: Desk, card: Card | None) -> Elsewhere:
    """To the next card that waits, or the first."""
    order = list(desk.cards)
    at = order.index(card) + 1 if card else 0
    waiting = [one for one in (*order[at:], *order[:at]) if one.waits and one is not card]
    to = f"#r{waiting[0].number}" if waiting and card else ""
    return Elsewhere(f"{browser.PATH}/import/{desk.draft.id}/{desk.id}?saved=1{to}")


def _shown(
    visit: Visit,
    desk: Desk,
    card: Card | None = None,
    *,
    changed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    """`card` stands in for the one of its number; `changed` is what was typed into one that
    somebody else had changed meanwhile."""
    cards = [card if card and one.number == card.number else one for one in desk.cards]
    data = desk.data if isinstance(desk.data, dict) else {}
    wrong = problems_of(data) if data else []
    source = desk.file.source or ""
    context = {
        "desk": desk,
        "cards": cards,
        "at_fault": card,
        "changed": changed,
        "title": data.get("title") or desk.id,
        "pieces": pieces_of(source, marks_of(cards)),
        "labels": labels_of(data),
        "precision": PRECISION,
        "waiting": sum(one.waits for one in cards),
        "doubtful": sum(one.waits and one.reading.doubtful for one in cards),
        "wrong": len(wrong),
        "same": _same(visit.kb, desk.id, data.get("doc_number")),
        "saved": bool(visit.asked("saved")),
    }
    return Page("import-review.html", context, status)


def _same(kb: KnowledgeBase, id_: str, doc_number: object) -> Sequence[Any]:
    """Other notices of the same document number that are served."""
    if not doc_number:
        return ()
    return [one for one in kb.notices if one.doc_number == doc_number and one.id != id_]
