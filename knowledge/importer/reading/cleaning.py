"""Passages without what was never meant to be read: tags, entities, marks of markdown.

Whatever goes or is replaced, the other characters keep their positions.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from knowledge.importer.passage import Passage

_UNREADABLE = re.compile(
    r"<!--.*?-->|<(style|script|head|xml)\b[^>]*>.*?</\1\s*>|<[?!][^<>]*>"
    r"|<(style|script)\b[^<>]*>[^<>\u4e00-\u9fff]*$",
    re.DOTALL | re.IGNORECASE,
)
# A style sheet that lost its <style>: `.TRS_Editor P{margin:0}`
_STYLES = re.compile(
    r"(?:@[a-z-]+\s+|[.#]?[A-Za-z*][\w.#,:*>\s\\-]{0,120})\{[^{}\u4e00-\u9fff]*\}", re.ASCII
)
_BREAK = re.compile(
    r"<\s*br\s*/?\s*>|</?(?:p|div|li|ul|ol|h[1-6]|section|article|table|t[rdh])\b[^<>]*>", re.I
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\s*>", re.I)
_TAG = re.compile(
    r"</?[A-Za-z][\w:-]{0,20}(?:\s[^<>]{0,600})?/?>|<[A-Za-z]{1,10}\s[^<>\u4e00-\u9fff]{0,300}$",
    re.ASCII,
)
# What is left of a tag that was torn: ` style="text-indent:2em">`
_ATTRIBUTE = re.compile(
    r"(?:\b(?:style|class|align|lang|face|href|target|width|height)\s*=\s*"
    r"(?:\"[^\"<>\u4e00-\u9fff]{0,300}\"|'[^'<>\u4e00-\u9fff]{0,300}')\s*)+/?>?",
    re.I | re.ASCII,
)
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});|&(?:nbsp|[lr]dquo|quot|[lg]t)",
    re.ASCII,
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,400}\)")
_LINK = re.compile(
    r"(?<!\\)\[([^\[\]\n]{1,300})\]\((?:#|\.{0,2}/|https?:|javascript:)[^()\n]{0,400}\)"
)
_ESCAPE = re.compile(r"\\(?=[*_#.()\[\]+\-!~`>|])")
TAG_BREAK = "\v"
"""What stands for a <br> or the edge of a <p>: a new line, or a new paragraph within a cell."""


class Cleaned(NamedTuple):
    passage: Passage
    bold: int


def replaced(
    source: Passage, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str] = ""
) -> Passage:
    """Each match gone, or replaced by text that stands where the match began."""
    text: list[str] = []
    at: list[int] = []
    done = 0
    for match in pattern.finditer(source.text):
        new = by if isinstance(by, str) else by(match)
        text += source.text[done : match.start()], new
        at += source.at[done : match.start()]
        at += [source.at[match.start()]] * len(new) if match.group() else []
        done = match.end()
    if not done:
        return source
    return Passage("".join([*text, source.text[done:]]), (*at, *source.at[done:]))


def kept(source: Passage, keep: Callable[[str], bool]) -> Passage:
    """Only the characters that are to be kept."""
    if all(map(keep, source.text)):
        return source
    pairs = [(c, at) for c, at in zip(source.text, source.at, strict=True) if keep(c)]
    return Passage("".join(c for c, _ in pairs), tuple(at for _, at in pairs))


def without_unreadable(source: Passage) -> Passage:
    """Without comments, scripts and style sheets, which may go over many lines."""
    return replaced(source, _UNREADABLE) if "<" in source.text else source


def without_tags(source: Passage) -> Passage:
    """Residue of HTML: breaks become TAG_BREAK, bold becomes `**`, entities their characters."""
    source = _untagged(source)
    if "&" in source.text:
        source = replaced(source, _ENTITY, _character)
        source = replaced(source, _ENTITY, _character)  # &amp;nbsp;
        source = _untagged(source)  # &lt;p&gt;
    source = replaced(source, _ATTRIBUTE) if "=" in source.text else source
    return replaced(source, _STYLES) if "{" in source.text else source


def _untagged(source: Passage) -> Passage:
    if "<" not in source.text:
        return source
    source = replaced(source, _BREAK, TAG_BREAK)
    return replaced(replaced(source, _BOLD_TAG, "**"), _TAG)


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def without_marks(source: Passage) -> Cleaned:
    """Without markdown's marks and invisible characters; how much of its beginning is bold."""
    source = spaced(source)
    if "](" in source.text:
        source = replaced(source, _IMAGE)
        source = _linked(source)
    source = replaced(source, _ESCAPE) if "\\" in source.text else source
    source = source.strip()
    if "**" not in source.text:
        return Cleaned(source, 0)
    return _bold(source)


def _linked(source: Passage) -> Passage:
    """A link's text without its address, whose own characters keep their positions."""
    parts: list[Passage] = []
    done = 0
    for match in _LINK.finditer(source.text):
        parts += source.part(done, match.start()), source.part(*match.span(1))
        done = match.end()
    parts.append(source.part(done))
    return Passage("".join(p.text for p in parts), tuple(at for p in parts for at in p.at))


def _bold(source: Passage) -> Cleaned:
    pieces = list(re.finditer(r"\*\*+|[^*]+|\*", source.text))
    on, opening, bold = False, True, 0
    text: list[Passage] = []
    for piece in pieces:
        if piece.group().startswith("**"):
            on = not on
            continue
        opening = opening and (on or not piece.group().strip())
        bold += len(piece.group()) if opening and on else 0
        text.append(source.part(*piece.span()))
    whole = Passage("".join(p.text for p in text), tuple(at for p in text for at in p.at))
    return Cleaned(whole.strip(), min(bold, len(whole.strip())))


def spaced(source: Passage) -> Passage:
    """Blanks of every kind as plain ones, invisible characters gone."""
    text = source.text
    if text.isascii() and text.isprintable():
        return source
    visible = kept(source, lambda c: c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    plain = "".join(" " if c.isspace() and c != "\n" else c for c in visible.text)
    return Passage(plain, visible.at)


_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
