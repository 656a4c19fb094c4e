"""Where the heading of a numbered paragraph ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.importer.page import Paragraph
from knowledge.importer.passage import Passage

_ENDS = " \t\u3000：:。；;．."
_STOP = re.compile(r"[。！？；]")
_COLON = re.compile(r"[：:]")
_BLANK = re.compile(r"([一-鿿、]{3,14}[一-鿿])[ \u3000]+(?=[一-鿿][^。]{8,}。|[一-鿿]{2,6}[：:])")
_LONGEST_ALONE = 60
_LONGEST_BOLD = 80
_LONGEST_OPENING = 40
# A paragraph of one sentence is a heading only if it is as short as one: 活动启动。
_LONGEST_WHOLE = 15
_LONGEST_COLON = 20
# What a sentence has and a heading does not: orders, dates, figures in it.
_SAYS = re.compile(
    r"(?<![申邀])请|须|不得|应[当该于在]|将于|另行|未尽|可以|可向|[月日]前|\d\s*[月日]|截止|如下|以下|附件|联系电话|均[应须可]"
    r"|(?<![需重主摘纪概])要(?![求点素件义闻领])|[,，].*[,，].*[,，]"
)


@dataclass(frozen=True, slots=True)
class Headed:
    """`rest` is what follows in the same paragraph."""

    heading: Passage | None
    rest: Paragraph | None


def headed(paragraph: Paragraph, after: int, *, article: bool = False) -> Headed:
    """Splits a paragraph whose numeral is `after` characters long. An article of a regulation
    has no heading in its sentences."""
    size = 0 if article and _STOP.search(paragraph.text) else _size(paragraph, after)
    heading = paragraph.passage.part(after, after + size).strip(_ENDS)
    rest = _rest(paragraph, after + size)
    return Headed(heading or None, rest)


def _size(paragraph: Paragraph, after: int) -> int:
    text = paragraph.text[after:]
    bold = _of_bold(text, paragraph.bold - after)
    if bold:
        return bold
    if paragraph.heading is not None and not _STOP.search(text.rstrip(_ENDS)):
        return len(text)
    return _before_blank(text) or _opening(text) or _alone(text)


def _of_bold(text: str, bold: int) -> int:
    """A paragraph that is bold all through has no heading by its bold."""
    if 2 <= bold <= _LONGEST_BOLD and (bold < len(text.rstrip()) or not _STOP.search(text[:-1])):
        return bold
    return 0


def _before_blank(text: str) -> int:
    """申报条件 专利权有效…: of a text that lost its line breaks a blank is left."""
    found = _BLANK.match(text)
    return found.end() if found and not _SAYS.search(found[1]) else 0


def _opening(text: str) -> int:
    """强化组织实施。各地要… and 申报时间：5月1日至…"""
    stop = _STOP.search(text)
    colon = _COLON.search(text)
    if colon and (not stop or colon.start() < stop.start()):
        return _up_to(text, colon.start(), _LONGEST_COLON)
    if not stop or stop[0] != "。":
        return 0
    whole = not text[stop.end() :].strip()
    return _up_to(text, stop.start(), _LONGEST_WHOLE if whole else _LONGEST_OPENING)


def _up_to(text: str, stop: int, longest: int) -> int:
    head = text[:stop].strip()
    if len(head) < 2 or len(head) > longest or _SAYS.search(head):
        return 0
    return stop + 1


def _alone(text: str) -> int:
    plain = text.rstrip(_ENDS)
    if len(plain) > _LONGEST_ALONE or _STOP.search(text) or _SAYS.search(plain):
        return 0
    return len(text)


def _rest(paragraph: Paragraph, start: int) -> Paragraph | None:
    text = paragraph.text
    start += len(text[start:]) - len(text[start:].lstrip(_ENDS))
    if start >= len(text):
        return None
    return Paragraph(paragraph.passage.part(start), None, max(0, paragraph.bold - start))
