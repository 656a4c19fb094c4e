"""Replies cut to what a platform carries: limits are in bytes of UTF-8 (a 汉字 has three)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from intents.turn import Reply
from intents.wording.fitting import cut_short, elsewhere
from knowledge.late import late

_AFTER_PARAGRAPH = late(r"(?<=\n)")
_AFTER_SENTENCE = late(r"(?<=[。！？；!?;\n])")
_TAG = late(r"<(?=[A-Za-z/!?@])")


def harmless(reply: Reply) -> Reply:
    """Without tags: WeCom and 公众号 make a link of `<a href>` even in plain text, whoever wrote
    it. Links of our own are apart, in `links`."""
    return replace(
        reply,
        text=_TAG.sub("＜", reply.text),
        options=tuple(_TAG.sub("＜", option) for option in reply.options),
    )


def naming_file(reply: Reply) -> Reply:
    """For a chat that takes no files from us: the file's name, and where to get it."""
    if reply.file is None:
        return reply
    text = f"{reply.text}\n{elsewhere(PurePath(reply.file).name)}".strip()
    return replace(reply, text=text, file=None)


def size(text: str) -> int:
    """Bytes of UTF-8. A lone surrogate, which no platform takes, counts as one replacement."""
    return len(text.encode(errors="replace"))


def fit_one(reply: Reply, limit: int) -> str:
    """The reply as one part of at most `limit` bytes; a last line says so where text was cut.

    The options are kept whole if they fit, since the next message may pick one by its number.
    """
    if size(reply.plain) <= limit:
        return reply.plain
    tail = "\n".join(filter(None, (cut_short(), _numbered(reply))))
    room = limit - size(tail) - 1
    if room < limit // 4:
        return _first(reply.plain, limit)
    return f"{_first(reply.text, room)}\n{tail}"


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` bytes: cut after a paragraph, else a sentence, else a code point.

    Nothing but white space at the cuts is lost. Empty text has no parts. Raises ValueError for a
    limit that a single character may exceed.
    """
    if limit < 4:
        raise ValueError(f"limit must be at least 4 bytes, not {limit}")
    parts: list[str] = []
    held = ""
    for piece in _pieces(text, limit):
        if size((held + piece).strip()) <= limit:
            held += piece
            continue
        parts.append(held)
        held = piece
    return [part for part in map(str.strip, [*parts, held]) if part]


def _pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces that each fit and are as large as their kind allows."""
    for paragraph in _AFTER_PARAGRAPH.split(text):
        if size(paragraph.strip()) <= limit:
            yield paragraph
            continue
        for sentence in _AFTER_SENTENCE.split(paragraph):
            yield from _by_code_point(sentence, limit)


def _by_code_point(sentence: str, limit: int) -> Iterator[str]:
    while size(sentence.strip()) > limit:
        head = sentence.encode(errors="replace")[:limit].decode(errors="ignore")
        yield head
        sentence = sentence[len(head) :]
    yield sentence


def _first(text: str, limit: int) -> str:
    return next(iter(split(text, limit)), "")


def _numbered(reply: Reply) -> str:
    return Reply(reply.kind, "", reply.options).plain.lstrip()
