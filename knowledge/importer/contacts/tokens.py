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
_HAN = re.compile(r"[一-鿿]")


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
    """张 三 as one word: single characters with only blanks between them, by twos; three alone
    are one name too."""
    at = 0
    while at < len(tokens):
        run = _singles(line, tokens[at:])
        size = 3 if len(run) == 3 else min(len(run), 2)
        if size < 2:
            yield tokens[at]
            at += 1
            continue
        text = "".join(word.text for word in run[:size])
        yield Word(run[0].start, run[size - 1].end, text, run[0].boxed)
        at += size


def _singles(line: str, tokens: list[Token]) -> list[Word]:
    """The words of one character that the tokens begin with."""
    run: list[Word] = []
    for token in tokens:
        if not isinstance(token, Word) or not _HAN.fullmatch(token.text):
            break
        if run and not _blank(line[run[-1].end : token.start]):
            break
        run.append(token)
    return run


def _blank(between: str) -> bool:
    return not between.strip() and "\t" not in between
