"""Names that stand alone in their clause, known by what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from intents.filling import intro
from intents.filling.heard import Notebook
from intents.filling.intro import Intro
from intents.filling.pieces import Piece
from intents.slots import company, person
from intents.slots import text as texts
from knowledge.late import late

_IN_BRACKETS = late("(?P<name>[^（(]{2,4})[（(](?P<office>[^）)]+)[)）]")  # 张伟（经理）


def with_bare_names(book: Notebook, cut: list[Piece]) -> list[Piece]:
    """邵武示例合作社 汤工，邮箱…: a name alone, beside its organisation or its number."""
    slot = book.first("person")
    cut = _with_bare_offices(_with_the_bare_company(book, cut))
    if slot is None or book.known(slot) or any(p.who and p.who.person for p in cut):
        return cut
    for i, piece in enumerate(cut):
        told = None if piece.found or piece.who else _bare_name(piece.text)
        beside = [*cut[max(0, i - 1) : i], *cut[i + 1 : i + 2]]
        near = any(p.found or p.who for p in beside)
        if told and near:
            return [*cut[:i], replace(piece, who=told), *cut[i + 1 :]]
    return cut


def _with_bare_offices(cut: list[Piece]) -> list[Piece]:
    """X有限公司 法务部 总监: departments and offices right behind who is introduced."""
    for i, (before, piece) in enumerate(pairwise(cut), 1):
        if before.who is None or piece.found or piece.who:
            continue
        department, position = texts.department(piece.text), texts.position(piece.text)
        if department or position:
            told = Intro(department=None if position else department, position=position, said=True)
            return _with_bare_offices([*cut[:i], replace(piece, who=told), *cut[i + 1 :]])
    return cut


def _with_the_bare_company(book: Notebook, cut: list[Piece]) -> list[Piece]:
    """泉州示例鞋材 柯先生 139…: what stands first, before a name and a number."""
    asked = book.asked.opening or book.asked.kind == "company"
    slot = book.first("company")
    known = slot is None or book.known(slot) or any(p.who and p.who.company for p in cut)
    if not asked or known or len(cut) < 3 or cut[0].found or cut[0].who:
        return cut
    name = company.plain(cut[0].text)
    named = bool(cut[1].who and cut[1].who.person) or _bare_name(cut[1].text) is not None
    if name and named and cut[2].found:
        return [replace(cut[0], who=Intro(company=name, said=True)), *cut[1:]]
    return cut


def _bare_name(text: str) -> Intro | None:
    told = intro.read(text)
    if told and told.person and not told.company and not told.rest:
        return told
    bracketed = _IN_BRACKETS.fullmatch(text)
    who = person.called(bracketed["name"] if bracketed else text)
    office = texts.position(bracketed["office"]) if bracketed else None
    return Intro(position=office, person=who.name, said=True) if who else None
