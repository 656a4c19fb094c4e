"""A line of plain text as tokens: labels, numbers, mails, stops, and the words between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.contacts.labels import Label, label_at
from knowledge.importer.contacts.mails import Mail, mail_at
from knowledge.importer.contacts.phones import STARTS, Phone, phone_at


@dataclass(frozen=True, slots=True)
class Word:
    """Characters between separators. `boxed`: an opening bracket stands before it; `before` is
    the separator in front."""

    start: int
    end: int
    text: str
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """`。` or `；`, or the end of a bracket."""

    start: int
    end: int
    mark: str


Token = Label | Phone | Mail | Word | Stop

_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&%#:~_\-]+")
_WORD = re.compile(r"[^\s、,，;;；/|。:()\[\]【】{}<>&+！!？?]+")
_BLANK_NAME = re.compile(r"[一-鿿]")


def tokens_of(line: str) -> list[Token]:
    """All tokens of a line, in order."""
    return list(_joined_names(line, list(_lexed(line))))


def _lexed(line: str) -> Iterator[Token]:
    at = begin = 0
    last: Phone | None = None
    while at < len(line):
        found, end = _token_at(line, at, last)
        if not end:
            at += 1
            continue
        yield from _words(line, begin, at)
        if found:
            yield found
        last = found if isinstance(found, Phone) else last
        begin = at = end
    yield from _words(line, begin, len(line))


def _token_at(line: str, at: int, last: Phone | None) -> tuple[Token | None, int]:
    """The token that begins here and where it ends; a web address is passed over."""
    mark = line[at]
    found: Token | None = None
    if mark in "。；;":
        return Stop(at, at + 1, "；" if mark == ";" else mark), at + 1
    if mark.isascii() and (url := _URL.match(line, at)):
        return None, url.end()
    if mark.isascii() and mark.isalnum():
        found = mail_at(line, at)
    if found is None and mark in STARTS:
        found = phone_at(line, at, last)
    if found is None:
        found = label_at(line, at)
    return found, found.end if found else 0


def _words(line: str, begin: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(line, begin, end):
        boxed = line[: match.start()].rstrip()[-1:] in ("(", "[", "【") and match.start() > 0
        yield Word(match.start(), match.end(), match[0], boxed)


def _joined_names(line: str, tokens: list[Token]) -> Iterator[Token]:
    """张 三 as one word: single characters with only blanks between them."""
    at = 0
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        if isinstance(token, Word) and isinstance(after, Word) and _halves(line, token, after):
            yield Word(token.start, after.end, token.text + after.text, token.boxed)
            at += 2
        else:
            yield token
            at += 1


def _halves(line: str, one: Word, two: Word) -> bool:
    single = len(one.text) == 1 and len(two.text) == 1
    between = line[one.end : two.start]
    return (
        single and bool(_BLANK_NAME.match(one.text)) and not between.strip() and "\t" not in between
    )
