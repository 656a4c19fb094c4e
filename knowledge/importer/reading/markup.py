"""Saved web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from knowledge.importer.page import Page, ReadingError, Table
from knowledge.importer.reading.decoding import decoded
from knowledge.importer.reading.html_main import TITLE_LIKE, date_of, main_of, title_of
from knowledge.importer.reading.html_text import Found, Walk, is_dropped
from knowledge.importer.reading.layout import paragraphs_of
from knowledge.importer.reading.lines import Line
from knowledge.importer.reading.site import METADATA, is_dated, page_of
from knowledge.importer.reading.tables import gathered
from knowledge.importer.reading.writer import Writer

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.I)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED = re.compile(r"[〔\[［【(（]\s*\d{4}\s*[〕\]］】)）]\s*\d+\s*号")
_FILE = re.compile(r"附\s*件|附\s*表|\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd)\b", re.I)
_LONGEST_TITLE = 120


def read(path: Path) -> Page:
    """Raises ReadingError for a page without a text of its own; UnicodeError, OSError."""
    page = _parsed(_decoded(path.read_bytes()))
    body = page.find("body") if page is not None else None
    if page is None or body is None or not _has_text(body):
        framed = page is not None and page.find(".//{*}frame") is not None
        framed = framed or (page is not None and page.find(".//iframe") is not None)
        reason = "网页的正文在框架（frame）里，请保存框架内的网页" if framed else "网页里没有正文"
        raise ReadingError(f"{path}: {reason}")
    return _page_of(page, body)


def _decoded(data: bytes) -> str:
    """By the mark, as the page declares, by its content."""
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    name = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}.get(name, name)
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


def _parsed(text: str) -> HtmlElement | None:
    text = _UNFIT.sub("", _DECLARED.sub("", text))
    try:
        return document_fromstring(text, parser=HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _has_text(body: HtmlElement) -> bool:
    if body.text and body.text.strip():
        return True
    return any(
        (not is_dropped(element) and element.text and element.text.strip())
        or (element.tail and element.tail.strip())
        for element in body.iterdescendants()
    )


def _page_of(page: HtmlElement, body: HtmlElement) -> Page:
    writer = Writer()
    head = list(_from_head(page, body, writer))
    dated = writer.line(date) if (date := date_of(page)) else None
    main = main_of(body)
    near = _near(main, body)
    walk = Walk(writer, {main, near, body})
    walk.element(body)
    found = [Found(line, False) for line in head] + list(_of_notice(walk, main, near))
    blocks = paragraphs_of(gathered(piece for piece, _ in found))
    return page_of(writer.text, blocks, dated.passage if dated else None)


def _from_head(page: HtmlElement, body: HtmlElement, writer: Writer) -> Iterator[Line]:
    """The title of the page's head where the body does not have it."""
    title = title_of(page)
    if title and _bare(title) not in _bare("".join(body.itertext())):
        line = writer.line(title, heading=1)
        if line:
            yield line


def _bare(text: str) -> str:
    return "".join(text.split())


def _near(main: HtmlElement, body: HtmlElement) -> HtmlElement:
    """Two elements further out, where sites put attachments and the sign-off."""
    for _ in range(2):
        if main is not body:
            main = main.getparent()
    return main


def _of_notice(walk: Walk, main: HtmlElement, near: HtmlElement) -> Iterator[Found]:
    """What stands in the main element, the title and dates before it, the rest behind it."""
    start, end = walk.left[main]
    last = walk.left[near][1]
    yield from (found for found in walk.found[:start] if _is_head(found))
    yield from walk.found[start:end]
    yield from (found for found in walk.found[end:last] if not found.link or _is_file(found))


def _is_head(found: Found) -> bool:
    piece = found.piece
    if isinstance(piece, Table):
        return any(METADATA.match(cell.text + "：") for row in piece.rows for cell in row if cell)
    if not isinstance(piece, Line):
        return False
    text = piece.text
    if is_dated(text) or METADATA.match(text):
        return True
    if found.link or len(text) > _LONGEST_TITLE or "。" in text:
        return False
    return bool(TITLE_LIKE.search(text) and len(text) > 8) or bool(_NUMBERED.search(text))


def _is_file(found: Found) -> bool:
    return isinstance(found.piece, Line) and bool(_FILE.search(found.piece.text))
