"""What hangs on a notice: each attachment once, however often list, annex and text name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.importer.annexforms import Form, form_in
from knowledge.importer.facts import AttachmentFact
from knowledge.importer.listing import Entry, lists_in
from knowledge.importer.mentions import Mention, mentions_in
from knowledge.importer.page import Outline, Paragraph, Place
from knowledge.importer.passage import Passage, Span
from knowledge.importer.titles import bare, is_whole, title_in, wording

_LOOK_MENTIONED = "正文只提到附件，名称取自上下文"
_LOOK_UNNAMED = "正文只提到附件，没有写名称"
_LOOK_HEADED = "附件清单里没有，取自附件标题"

_LABEL = re.compile(r"附件(?P<no>\d{0,2}(?:-\d{1,2})?)")
_SIGN_OFF = "落款"
# Where line breaks were lost, the list stands in the middle of a paragraph.
_BEFORE_A_LIST = re.compile(r"\n+|(?<=[。；！）)])\s*(?=附\s*件\s*[:：])|\s+(?=附\s*件\s*[:：])")
_MARK = re.compile(
    r"附\s*[件表录]\s*[\d０-９一二三四五六七八九十]{0,3}\s*[:：.．、】\]）)]?[\s#*\-]*$"
)
_NEAR = 40
_LONGEST_TITLE = 100
_ALIKE, _VERY_ALIKE = 0.3, 0.9


@dataclass(frozen=True, slots=True)
class _Named:
    """An attachment as one place names it."""

    no: str
    title: str
    span: Span
    title_span: Span
    file: bool = False
    sure: float = 0.98
    look: tuple[str, ...] = ()


def attachments_of(outline: Outline) -> list[AttachmentFact]:
    """In the order of their numbers as the notice lists them; then those that only the text or
    the annexes themselves name."""
    annexes = {place.label: place for place in outline.of("annex") if _LABEL.fullmatch(place.label)}
    mentions = list(mentions_in(outline))
    named = _listed(outline)
    named.extend(list(_headed(annexes, named, outline)))
    named.extend(list(_mentioned(mentions, named)))
    return [_fact(name, annexes, mentions, outline) for name in _in_order(named)]


def _in_order(named: Iterable[_Named]) -> list[_Named]:
    return sorted(named, key=lambda name: [int(part) for part in name.no.split("-") if part])


def _listed(outline: Outline) -> list[_Named]:
    """What the lists name. A second list that names the same ones adds nothing, and where the
    notice lists its attachments, files for download that it does not list are none of them."""
    paragraphs = (b.passage for b in outline.page.blocks if isinstance(b, Paragraph))
    lines = [line for paragraph in paragraphs for line in paragraph.split(_BEFORE_A_LIST)]
    found: list[_Named] = []
    for entries in lists_in(lines):
        found += [name for name in _numbered(entries) if _is_new(name, found)]
    return found


def _is_new(name: _Named, found: list[_Named]) -> bool:
    return not (name.file and found) and not any(_is_same(name, other) for other in found)


def _numbered(entries: list[Entry]) -> Iterator[_Named]:
    """Several without numbers are numbered by their order; one alone has none."""
    several = len(entries) > 1
    for at, entry in enumerate(entries, 1):
        no = entry.no or (str(at) if several else "")
        yield _Named(no, wording(entry.title), entry.span, entry.title.span(), entry.file)


def _is_same(name: _Named, other: _Named) -> bool:
    """By title; or by number where the titles do not plainly differ."""
    one, two = bare(name.title), bare(other.title)
    alike = SequenceMatcher(None, one, two, autojunk=False).ratio()
    if name.no == other.no or name.file or other.file:
        within = one in two or two in one
        return within or alike > (_ALIKE if name.no == other.no else _VERY_ALIKE)
    return one == two or ("" in (name.no, other.no) and alike > _VERY_ALIKE)


def _headed(annexes: dict[str, Place], named: list[_Named], outline: Outline) -> Iterator[_Named]:
    """Annexes that the text prints under their mark but that no list names."""
    numbers = {name.no for name in named}
    for label, place in annexes.items():
        no = label.removeprefix("附件")
        title = _heading(place)
        if no in numbers or not title or not _is_marked(title, outline):
            continue
        if named and any(bare(wording(title)) == bare(name.title) for name in named):
            continue
        span = title.span()
        yield _Named(no, wording(title), span, span, sure=0.85, look=(_LOOK_HEADED,))


def _heading(place: Place) -> Passage:
    if place.heading is not None:
        return title_in(place.heading)
    first = next(place.paragraphs, Passage("", ()))
    return first if is_whole(first.text) and len(first) <= _LONGEST_TITLE else first.part(0, 0)


def _is_marked(title: Passage, outline: Outline) -> bool:
    """A document that is only sent with the notice stands behind no 附件."""
    before = outline.page.text[: title.span().start]
    return _MARK.search(before[-_NEAR:]) is not None


def _mentioned(mentions: list[Mention], named: list[_Named]) -> Iterator[_Named]:
    """What only the text speaks of; one that it does not number only where it names it."""
    taken = {name.no for name in named}
    titles = {bare(name.title) for name in named}
    for no in dict.fromkeys(mention.no for mention in mentions):
        found = [mention for mention in mentions if mention.no == no]
        name = next((mention for mention in found if mention.title), found[0])
        if no in taken or (not no and (named or not name.title)):
            continue
        if name.title and bare(name.title.text) not in titles:
            title, span = wording(name.title), name.title.span()
            yield _Named(no, title, name.span, span, sure=0.7, look=(_LOOK_MENTIONED,))
        elif not name.title:
            yield _Named(no, f"附件{no}", name.span, name.span, sure=0.4, look=(_LOOK_UNNAMED,))


def _fact(
    name: _Named, annexes: dict[str, Place], mentions: list[Mention], outline: Outline
) -> AttachmentFact:
    annex = _annex(name, annexes)
    form = form_in(annex, _sections(annex, outline)) if annex else Form()
    title, title_span = _fullest(name, annex)
    label = f"附件{name.no}"
    return AttachmentFact(
        label=label,
        title=title,
        basics=form.basics,
        columns=form.columns,
        rows=form.rows,
        note=form.note,
        clause=_clause(name, annex, mentions, outline),
        span=name.span,
        spans={"label": name.span, "title": title_span},
        sure=name.sure,
        look=name.look,
    )


def _sections(annex: Place, outline: Outline) -> list[Place]:
    """The annex's own sections, 附件1 一."""
    return [place for place in outline.places if place.label.startswith(f"{annex.label} ")]


def _annex(name: _Named, annexes: dict[str, Place]) -> Place | None:
    """By its number; one alone may be 附件 in the list and 附件1 over the form."""
    found = annexes.get(f"附件{name.no}")
    if found is None and len(annexes) == 1 and name.no in ("", "1"):
        found = next(iter(annexes.values()))
    return found


def _fullest(name: _Named, annex: Place | None) -> tuple[str, Span]:
    """The list's wording, or the heading of the annex where that says all of it and more."""
    heading = _heading(annex) if annex else Passage("", ())
    whole = wording(heading)
    if heading and bare(name.title) in bare(whole) and len(whole) <= _LONGEST_TITLE:
        return whole, heading.span()
    return name.title, name.title_span


def _clause(name: _Named, annex: Place | None, mentions: list[Mention], outline: Outline) -> str:
    """Where the text first speaks of it; else the sign-off, where the list stands."""
    for mention in mentions:
        if mention.no == name.no:
            return mention.place
    if any(place.label == _SIGN_OFF for place in outline.places):
        return _SIGN_OFF
    return annex.label if annex else _place_of(name.span, outline)


def _place_of(span: Span, outline: Outline) -> str:
    """The last place that begins before it."""
    label = outline.places[0].label
    for place in outline.places:
        begin = min((p.span().start for p in place.paragraphs if p), default=span.end)
        label = place.label if begin <= span.start else label
    return label
