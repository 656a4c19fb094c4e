"""Where a saved web page keeps its notice: the element with the prose, the title, the head."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from knowledge.importer.reading.html_tables import is_data
from knowledge.importer.reading.html_text import is_dropped

_MARKS = re.compile(r"[，。；]")
# The part of the page's prose that its main element must hold.
_MOST = 0.75
# Names that sites of all makes give to what stands around a text, and to the text.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:foot\w*|copyright|bottom|nav\w*|menu\w*|crumbs?|breadcrumb|share|related|side\w*"
    r"|links?|banner|hot\w*)(?:$|[\s_-])",
    re.I,
)
_TEXT = re.compile(
    r"TRS_|UCAP|pages_content|(?:^|[\s_-])(?:zoom|article|content|con_?text|news_?con|xxgk|wz_?con)",
    re.I,
)
_INLINE = frozenset(
    re.findall(r"\w+", "a b center em font i p pre span strong u tbody thead tr td th li")
)
_TITLE_NAMES = ("ArticleTitle", "articletitle", "title", "og:title")
_DATE_NAMES = ("PubDate", "pubdate", "PublishDate", "publishdate", "article:published_time")
TITLE_LIKE = re.compile(
    r"通知|公告|通告|意见|方案|办法|函|决定|公示|规定|细则|指南|清单|要点|计划|关于"
)
_SITE_PART = re.compile(r"\s*[_|｜—–-]+\s*")


def main_of(body: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all prose outside of links."""
    scores: dict[HtmlElement, int] = {}
    _score(body, scores)
    element = body
    while True:
        child = max(element, key=lambda c: scores.get(c, 0), default=None)
        if child is None or scores.get(child, 0) < max(1, _MOST * scores[element]):
            return _whole(element, body)
        element = child


def _score(element: HtmlElement, scores: dict[HtmlElement, int], weight: int = 1) -> int:
    """Marks of punctuation outside of links: prose has them, menus don't."""
    name = f"{element.get('id') or ''} {element.get('class') or ''}"
    if is_dropped(element) or element.tag == "a" or _AROUND.search(name):
        return 0
    weight = 3 if _TEXT.search(name) else weight
    score = weight * _marks(element.text)
    for child in element:
        score += _score(child, scores, weight) + weight * _marks(child.tail)
    scores[element] = score
    return score


def _marks(text: str | None) -> int:
    return len(_MARKS.findall(text)) if text else 0


def _whole(element: HtmlElement, body: HtmlElement) -> HtmlElement:
    """Not a mere paragraph or cell, and never a part of a table of data."""
    for table in element.iterancestors("table"):
        if is_data(table):
            element = table
    if element.tag == "table" and is_data(element):
        element = element.getparent()
    while element is not body and element.tag in _INLINE:
        element = element.getparent()
    return element


def title_of(page: HtmlElement) -> str | None:
    """What the page calls itself in its head, without the site's name."""
    for name in _TITLE_NAMES:
        if title := _meta(page, name):
            return _without_site(title)
    title = page.findtext(".//title")
    return _without_site(title) if title and title.strip() else None


def _without_site(title: str) -> str | None:
    """The part that reads like a notice's title; None where none does."""
    title = " ".join(title.split())
    parts = [part for part in _SITE_PART.split(title) if TITLE_LIKE.search(part)]
    best = max(parts, key=len, default=None)
    return title if best and len(best) > 0.9 * len(title) else best


def date_of(page: HtmlElement) -> str | None:
    """The date of publication as the page's head gives it."""
    return next((date for name in _DATE_NAMES if (date := _meta(page, name))), None)


def _meta(page: HtmlElement, name: str) -> str | None:
    for attribute in ("name", "property"):
        for meta in page.iterfind(f".//meta[@{attribute}='{name}']"):
            if content := (meta.get("content") or "").strip():
                return content
    return None
