"""A page -> the numbered places that it has, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.importer.numerals import MOST
from knowledge.importer.outline.annexes import heading_of, is_document
from knowledge.importer.outline.document import Document, body_after_addressees, document_of
from knowledge.importer.outline.lines import lines_of
from knowledge.importer.outline.parts import Part, parts_of, text_of
from knowledge.importer.outline.tree import Labels, added
from knowledge.importer.page import Block, Outline, Page, Place, Role
from knowledge.importer.passage import Passage

__all__ = ["outline_of"]

_FRONT, _BODY, _SIGN_OFF, _ANNEX = "发文信息", "正文", "落款", "附件"
_SENDS = re.compile(r"印发|转发|发布|公布|下达")


def outline_of(page: Page) -> Outline:
    """Never raises; a page without text has no places."""
    main, *behind = parts_of(lines_of(page.blocks))
    document = document_of(main.lines)
    sent = None if document.roots else _sent(main, behind)
    builder = _Builder({_label(part) for part in behind if not part.titled})
    builder.notice(document)
    for part in behind:
        builder.annex(part, plain=part is sent)
    return Outline(page, tuple(builder.places))


def _sent(main: Part, behind: Sequence[Part]) -> Part | None:
    """The document that a cover note without clauses sends: its clauses need no prefix."""
    documents = (part for part in behind if is_document(part))
    first = next(documents, None)
    if first is None or first.titled:
        return first
    return first if any(_SENDS.search(text_of(line)) for line in main.lines) else None


class _Builder:
    """Adds places one after the other, no label twice."""

    def __init__(self, printed: set[str]) -> None:
        """`printed`: the labels that stand over the annexes; no other document gets them."""
        self._printed = printed
        self.places: list[Place] = []
        self._taken: set[str] = set()

    def notice(self, document: Document) -> None:
        begin = len(document.before)
        if not document.roots:
            begin = body_after_addressees(document.before)
        self._add(_FRONT, "front", None, document.before[:begin])
        self._add(_BODY, "clause", None, document.before[begin:])
        self._rest(document, "", "")

    def annex(self, part: Part, plain: bool) -> None:
        """A form is one place; a document has places of its own behind its label."""
        heading, lines = heading_of(part)
        label = self._annex_label(part)
        if not (plain or is_document(part)):
            self._add(label, "annex", heading, lines)
            return
        document = document_of(lines)
        self._add(label, "annex", heading, document.before)
        above = f"{label} "
        self._rest(document, "" if plain else above, above)

    def _rest(self, document: Document, prefix: str, above: str) -> None:
        """The clauses with `prefix`, the sign-off with `above` where it is not the first."""
        self.places.extend(Labels(prefix, self._taken).places(document.roots))
        if document.last_words and (prefix or _BODY in self._taken):
            self.places[-1] = added(self.places[-1], document.last_words)
        else:
            self._add(_BODY, "clause", None, document.last_words)
        first = not prefix and _SIGN_OFF not in self._taken
        self._add(_SIGN_OFF if first else above + _SIGN_OFF, "sign-off", None, document.after)

    def _annex_label(self, part: Part) -> str:
        wanted = _label(part)
        if wanted not in self._taken and not (part.titled and wanted in self._printed):
            return wanted
        numbered = (f"{_ANNEX}{n}" for n in range(1, MOST + 1))
        return next((n for n in numbered if n not in self._taken | self._printed), wanted)

    def _add(
        self, label: str, role: Role, heading: Passage | None, blocks: Sequence[Block]
    ) -> None:
        if heading is None and not blocks and role != "annex":
            return
        if label in self._taken:
            self.places[-1] = added(self.places[-1], blocks)
            return
        self._taken.add(label)
        self.places.append(Place(label, role, heading, tuple(blocks)))


def _label(part: Part) -> str:
    return f"{_ANNEX}{part.number or ''}"
