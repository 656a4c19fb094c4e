"""The numbers that a command names: 17, 第17号, #17, 十七, several of them, or from one to another.

Numbers are never guessed: what counts or measures something (3次, 56家, 2023年, 51号文) is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.late import late
from knowledge.normalise import number

MOST = 20
"""A span is read out as far as so many."""

_DIGITS = r"[1-9]\d{0,6}(?![\d.%])"
_CHINESE = r"[一二三四五六七八九十百零〇两]{1,5}(?=\s*(?:号|$|[\s,，。、;；:：!！和及与]))"
_COUNTED = r"(?!\s{0,1}(?:[年月日天点时分秒元万亿家次场期个位份件条款章节%％岁米]|小时|百万|千))"
_OF_SOMETHING = r"文|通知|公告|令|函|以?[前后]|之[前后]|截止|到期|[上下]午"
_SIGN = rf"(?:\s?[号#](?!{_OF_SOMETHING})|(?!\s?号))"
_ONE = (
    rf"(?:第\s*(?P<nth>{_DIGITS}|{_CHINESE}|[一二三四五六七八九十]+(?=[个项条]))(?:\s?[个项条]|{_SIGN})|"
    rf"(?:[#№]|no\.?\s?)?\s*(?P<one>{_DIGITS}|{_CHINESE}){_COUNTED}{_SIGN})"
)
_FIRST = late(rf"\s*{_ONE}")
_LISTED = late(rf"\s*(?:[、和及与&/+跟]|以及|还有)\s*{_ONE}")
_COMMA = late(rf"\s*[,，]\s*{_ONE}(?=\s*(?:$|[,，、。;；]))")
_BLANK = late(rf"\s+{_ONE}(?=\s|$|[、,，;；。号])")
_ANY_COMMA = late(rf"\s*[,，]\s*{_ONE}")
_BEFORE_WORDS = (_LISTED, _COMMA, _BLANK)
_BEFORE_VERB = (_LISTED, _ANY_COMMA, _BLANK)
_SPAN = late(rf"\s*(?:[-~—–至]|到)\s*{_ONE}")


class Found(NamedTuple):
    """The numbers, and where in the text they end."""

    numbers: tuple[int, ...]
    end: int


def numbers_at(
    text: str, start: int, *, several: bool = True, before_verb: bool = False
) -> Found | None:
    """Those that begin at `start`; `text` is folded. None where there is none, or a zero.

    Behind a comma there may be words that begin with a number (回复 17，18号来), unless the verb
    is still to come.
    """
    ways = _BEFORE_VERB if before_verb else _BEFORE_WORDS
    first = _FIRST.match(text, start)
    if first is None or not _value(first):
        return None
    found, end = [_value(first)], first.end()
    while several and (step := _next(text, end, found[-1], ways)):
        more, end = step
        found += more
    return Found(tuple(dict.fromkeys(found)), end)


def _next(
    text: str, end: int, last: int, ways: Sequence[re.Pattern[str]]
) -> tuple[list[int], int] | None:
    if (span := _SPAN.match(text, end)) and last < _value(span) < last + MOST:
        return list(range(last + 1, _value(span) + 1)), span.end()
    more = next((found for way in ways if (found := way.match(text, end))), None)
    return ([_value(more)], more.end()) if more and _value(more) else None


def _value(match: re.Match[str]) -> int:
    return number(match["nth"] or match["one"]) or 0
