"""Bytes of a text file -> text: UTF-8, UTF-16 with a mark, GB18030."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1b")
# More control characters than this share, and it is no text but some binary file.
_BINARY = 0.02
# As many broken characters a thousand are forgiven (a file cut off, a stray byte).
_BROKEN = 0.02


def decoded(data: bytes) -> str:
    """The text, without its byte order mark. Raises UnicodeError with a reason in Chinese."""
    text = _by_mark(data)
    if text is None:
        text = _strict(data, "utf-8")
    if text is None:
        text = _best_guess(data)
    text = text.removeprefix("\ufeff")
    if sum(character in _CONTROLS for character in text) > _BINARY * len(text):
        raise UnicodeError("不是文本文件")
    return text


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best_guess(data: bytes) -> str:
    """GB18030, or UTF-8 with a few broken bytes: whichever has more everyday characters."""
    candidates = [data.decode(encoding, "replace") for encoding in ("gb18030", "utf-8")]
    best = max(candidates, key=_everyday)
    if not best or best.count("\ufffd") > _BROKEN * len(best) or _everyday(best) < 0.5:
        raise UnicodeError("编码无法识别（支持UTF-8、UTF-16、GB18030）")
    return best


def _everyday(text: str) -> float:
    """The share of ASCII, punctuation and the 3755 commonest characters (GB2312, level 1)."""
    return sum(map(_is_everyday, text)) / max(len(text), 1)


def _is_everyday(character: str) -> bool:
    if character < "\x80":
        return True
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead in (0xA1, 0xA2, 0xA3) or 0xB0 <= lead <= 0xD7
