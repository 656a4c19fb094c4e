"""One text -> the documents in it: the notice itself, what it forwards, its annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.importer.numerals import Level, numeral_of
from knowledge.importer.outline.kinds import (
    annex_number,
    bare,
    is_closing,
    is_date,
    is_office,
    is_prose,
    is_seal,
    is_signed,
    is_title,
    names_file,
    opens_list,
    titled_annex,
)
from knowledge.importer.page import Block, Paragraph

_LISTED = re.compile(
    r"\s*[-*•]?\s*(?:附\s*件\s*)?(\d{0,2})\s*[：:．.、]?\s*(?:\d{1,2}\s*[．.、])?\s*(.+)"
)
_MOST_OFFICES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """`number` is that of 附件2, 0 for 附件 alone, None for the notice itself; `titled`: it begins
    with its own title and no 附件 stands over it."""

    lines: tuple[Block, ...]
    number: int | None = None
    titled: bool = False


def parts_of(lines: Sequence[Block]) -> list[Part]:
    """The notice first (it may be empty), then each document behind it, in reading order."""
    cuts = _cuts(lines)
    bounds = [*(at for at, _, _ in cuts), len(lines)]
    parts = [Part(tuple(lines[: bounds[0]]))]
    for (at, number, titled), end in zip(cuts, bounds[1:], strict=True):
        parts.append(Part(tuple(lines[at:end]), number, titled))
    return parts


def text_of(line: Block) -> str:
    """Of a table nothing."""
    return line.text if isinstance(line, Paragraph) else ""


def sign_off(lines: Sequence[Block], begin: int) -> int | None:
    """Where, from `begin` on, office and date stand under the text: the first such line."""
    for i in range(begin, len(lines)):
        if (at := _signed_at(lines, i, begin)) is not None:
            return at
    return None


def _signed_at(lines: Sequence[Block], i: int, begin: int) -> int | None:
    """A day alone signs only under an office or at the end of a text."""
    text = text_of(lines[i])
    if is_signed(text):
        return _offices_over(lines, i, begin)
    if not is_date(text):
        return None
    first = _offices_over(lines, i, begin)
    return first if first < i or _ends_here(lines, i) else None


def _ends_here(lines: Sequence[Block], i: int) -> bool:
    if i + 1 >= len(lines):
        return True
    text = text_of(lines[i + 1])
    return is_closing(text) or opens_list(text) or is_title(text) or annex_number(text) is not None


def _offices_over(lines: Sequence[Block], at: int, begin: int) -> int:
    first = at
    while first > max(begin, at - _MOST_OFFICES) and _signs(text_of(lines[first - 1])):
        first -= 1
    return first


def _signs(text: str) -> bool:
    return is_office(text) or is_seal(text)


def closing(lines: Sequence[Block], begin: int) -> int:
    """Where the text is over: attachments, office and date, 抄送. `len(lines)` where none is."""
    signed = sign_off(lines, begin)
    last = len(lines) if signed is None else signed
    texts = (text_of(line) for line in lines[begin:last])
    return next((i for i, text in enumerate(texts, begin) if _closes(text)), last)


def _closes(text: str) -> bool:
    """附件 alone is here the head of a list: an annex would be a part of its own."""
    return is_closing(text) or opens_list(text) or annex_number(text) is not None


def body_begins(lines: Sequence[Block]) -> int:
    """The line behind the addressees, the first sentence or the first clause: before it no
    sign-off can stand."""
    for i, line in enumerate(lines):
        text = text_of(line)
        numeral = numeral_of(text)
        addressed = i > 0 and text.rstrip().endswith(("：", ":")) and annex_number(text) is None
        if addressed or is_prose(text) or (numeral and numeral.level <= Level.ITEM):
            return i + 1
    return len(lines)


def _cuts(lines: Sequence[Block]) -> list[tuple[int, int, bool]]:
    """(line, number, titled) of each document behind the notice."""
    cuts: list[tuple[int, int, bool]] = []
    signed = sign_off(lines, body_begins(lines))
    titles = _listed_titles(lines, body_begins(lines))
    sections = [0]
    for i, line in enumerate(lines):
        text = text_of(line)
        behind = signed is not None and i > signed
        found = _cut_at(lines, i, behind, titles)
        if found is None and behind and not cuts and _is_forwarded(lines, i):
            found = (titles.get(bare(text), 0), True)
        if found is None and _begins_anew(lines, i, sections):
            found = (titles.get(bare(text), 0), True)
        if found is not None:
            cuts.append((i, *found))
            sections = [0]
        elif (numeral := numeral_of(text)) and numeral.level is Level.SECTION:
            sections.append(numeral.number)
    return _joined(cuts)


def _cut_at(
    lines: Sequence[Block], i: int, behind: bool, titles: dict[str, int]
) -> tuple[int, bool] | None:
    text = text_of(lines[i])
    number = annex_number(text)
    if number is not None:
        return None if _heads_list(lines, i) else (number, False)
    titled = titled_annex(text)
    if titled and behind and _has_text(lines, i) and not names_file(text):
        return titled[0], False
    if behind and i + 1 < len(lines) and bare(text) in titles:
        return titles[bare(text)], True
    return None


def _heads_list(lines: Sequence[Block], i: int) -> bool:
    """附件： alone over the list of attachments: short numbered lines up to the sign-off."""
    listed = [text_of(line) for line in lines[i + 1 : i + 2]]
    if not listed or not listed[0]:
        return not listed
    first = listed[0]
    if names_file(first) or titled_annex(first):
        return True
    numeral = numeral_of(first)
    if numeral is None or numeral.level is not Level.POINT:
        return False
    for line in lines[i + 1 :]:
        text = text_of(line)
        if is_office(text) or is_date(text) or is_signed(text) or is_closing(text):
            return True
        if not text or not numeral_of(text) or is_prose(text):
            return False
    return True


def _has_text(lines: Sequence[Block], i: int) -> bool:
    """Something follows that is not the next line of a list of attachments."""
    if i + 1 >= len(lines):
        return False
    following = text_of(lines[i + 1])
    return not (
        titled_annex(following)
        or names_file(following)
        or _closes(following)
        or is_office(following)
        or is_date(following)
        or is_signed(following)
    )


def _is_forwarded(lines: Sequence[Block], i: int) -> bool:
    """A title behind the cover note's sign-off, with a text of its own."""
    text = text_of(lines[i])
    if not is_title(text) or is_office(text) or names_file(text):
        return False
    return any(is_prose(text) or _is_section(text) for text in map(text_of, lines[i + 1 :]))


def _is_section(text: str) -> bool:
    numeral = numeral_of(text)
    return numeral is not None and numeral.level <= Level.SECTION


def _begins_anew(lines: Sequence[Block], i: int, sections: list[int]) -> bool:
    """A title under which the sections are counted from one again."""
    if max(sections) < 2 or not is_title(text_of(lines[i])):
        return False
    for line in lines[i + 1 :]:
        numeral = numeral_of(text_of(line))
        if numeral and numeral.level is Level.SECTION:
            return numeral.number == 1
    return False


def _listed_titles(lines: Sequence[Block], begin: int) -> dict[str, int]:
    """The attachments that the notice lists, by their bare titles."""
    titles: dict[str, int] = {}
    for i in range(begin, len(lines)):
        if not opens_list(text_of(lines[i])):
            continue
        for line in lines[i:]:
            text = text_of(line)
            if not text or is_office(text) or is_date(text) or is_prose(text):
                break
            found = _LISTED.match(re.sub(r"^\s*[-*•]?\s*附\s*件\s*[：:]", "", text))
            if found and len(bare(found[2])) > 3:
                titles.setdefault(bare(found[2]), int(found[1] or 0))
    return titles


def _joined(cuts: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """A title under its own 附件 heading, or a heading printed on every page, begins nothing."""
    kept: list[tuple[int, int, bool]] = []
    for cut in cuts:
        at, number, titled = cut
        if kept and (at == kept[-1][0] + 1 or (number, titled) == kept[-1][1:]):
            continue
        kept.append(cut)
    return kept
