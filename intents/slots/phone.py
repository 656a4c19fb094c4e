"""Phone numbers: mobiles, landlines with or without area code and extension, 400 numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from intents.slots.value import Found, Problem, Value
from intents.wording import contacts as wording
from knowledge.late import late
from knowledge.model import SlotKind

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_SAID = "零〇一二三四五六七八九幺两"
_SPOKEN = late(
    rf"[{_SAID}]{{7,}}|(?<!\d)1[3-9][\d{_SAID}]{{9}}(?![\d{_SAID}])|"
    rf"[{_SAID}]{{3,4}}(?:[ ，,、-][{_SAID}]{{3,4}}){{1,2}}(?![{_SAID}])|"
    rf"(?<=[{_SAID}\d]转)[{_SAID}]{{1,6}}(?![{_SAID}])"
)
_FEW_SPOKEN = late(rf"[{_SAID}]{{3,}}")
_STOPS = late(r"(?<![\d.])(1[3-9]\d)[.,，、·](\d{4})[.,，、·](\d{4})(?![\d.])")
_SPOKEN_DIGITS = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
_GAP = r"[ \-—–－‐()（）]{0,3}"
_CHAIN = late(rf"(?<![\dA-Za-z.@])\+?[(（]?\d[\d*]*(?:{_GAP}[\d*]+)*")
_GROUP = late(r"\d+")
_EXTENSION = late(r"\s*[,，]?\s*(?:转?分机号?|转|ext\.?|x|#)\s*[:：]?\s*(\d{1,6})", re.I)
_DASHED_EXTENSION = late(r"\s*[-—－]\s*(\d{1,5})(?!\d)")
_NAMED = late(
    r"(?:手机|电话|座机|固话|号码|热线|联系方式|微信|打|致电|tel|mobile|phone)"
    r"[号码是为:：改成换错了应该就一下的 ]{0,9}$",
    re.I,
)
_NOT_A_PHONE = late(
    r"(?:传真|专利号|申请号|公开号|公告号|注册号|登记号|证书号|商标号|文号|邮编|编号|代码|"
    r"信用代码|身份证|qq|ZL|CN|No\.?|第)[号码是为:： ]{0,3}$",
    re.I,
)
_UNIT = late(r"\s*(?:[万亿]|元|块|件|个|年|月|日|号(?:文|公告)|%|％|人|亩|吨|项|家|平)")
_DATE = late(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MOBILE = late(r"1[3-9]\d{9}")
_AREA = late(r"0(?:10|2\d|[3-9]\d{2})(?=\d{7,8}$)")
_MOST_CHAINS = 40  # runs of figures in one message
_MOST_DIGITS = 15  # of any phone number (ITU-T E.164)
_LOCAL = late(r"[2-9]\d{6,7}")


@dataclass(frozen=True, slots=True)
class _Chain:
    """A run of digit groups: where each stands, and the text that it stands in."""

    text: str
    groups: tuple[tuple[int, int], ...]

    def digits(self, first: int, last: int) -> str:
        return "".join(self.text[a:b] for a, b in self.groups[first : last + 1])


def _figures(run: re.Match[str]) -> str:
    """林二一三九…: of a longer run the last eleven may be a mobile, the rest a name's end."""
    figures = run[0].translate(_SPOKEN_DIGITS)
    if len(figures) > 11 and _MOBILE.fullmatch(figures[-11:]) and not _MOBILE.match(figures):
        return run[0][:-11] + figures[-11:]
    return figures


def in_figures(text: str) -> str:
    """`text` with short runs of spoken figures written as figures: 尾号五六七八."""
    return _FEW_SPOKEN.sub(lambda m: m[0].translate(_SPOKEN_DIGITS), text)


def find(text: str, *, expected: bool = False) -> list[Found]:
    """The numbers in `text`, left to right, digits half width.

    `expected`: a phone was asked for, so that what is hardly one is a problem, not a number
    that means something else.
    """
    text = _SPOKEN.sub(_figures, text)
    text = _STOPS.sub(r"\1-\2-\3", text)
    found: list[Found] = []
    for match in islice(_CHAIN.finditer(text), _MOST_CHAINS):
        found.extend(_in_chain(text, match, expected))
    return found


def _in_chain(text: str, match: re.Match[str], expected: bool) -> Iterator[Found]:
    before = text[: match.start()]
    if _NOT_A_PHONE.search(before):
        return
    named = bool(_NAMED.search(before)) or (expected and _mostly(match, text))
    if "*" in match[0]:
        if sum(c.isdigit() for c in match[0]) >= 5:
            yield Problem("mobile", wording.phone_masked(), match.start(), match.end())
        return
    spans = tuple(
        (match.start() + g.start(), match.start() + g.end()) for g in _GROUP.finditer(match[0])
    )
    chain = _Chain(text, spans)
    at, any_good = 0, False
    while at < len(spans):
        good = _longest(chain, at, named)
        if good is None:
            at += 1
            continue
        value, last = good
        any_good = True
        yield value
        at = last + 1
        while at < len(spans) and spans[at][0] < value.end:
            at += 1
    if not any_good:
        problem = _problem(chain, match, named)
        if problem:
            yield problem


def _mostly(match: re.Match[str], text: str) -> bool:
    """What was typed is the number and little else; four digits are more likely a year."""
    around = len(text) - len(match[0])
    return around <= 12 and (len(match[0]) > 4 or around <= 2)


def _longest(chain: _Chain, first: int, named: bool) -> tuple[Value, int] | None:
    """The longest good number that starts with group `first`, and its last group."""
    for last in range(min(len(chain.groups), first + _MOST_DIGITS) - 1, first - 1, -1):
        read = _number(chain.digits(first, last), _plus(chain, first), named and last - first < 3)
        if read is None or not _stands(chain, first, last):
            continue
        kind, value = read
        if kind == "phone" and last > first and _extension_alone(chain, first, last):
            continue
        start, end = chain.groups[first][0], chain.groups[last][1]
        if kind == "phone":
            value, end = _with_extension(chain.text, value, end)
        return Value(kind, value, start, end), last
    return None


def _extension_alone(chain: _Chain, first: int, last: int) -> bool:
    """0597-8816994-1: the last few figures behind a dash are an extension of a whole number."""
    start, end = chain.groups[last]
    dashed = chain.text[chain.groups[last - 1][1] : start].strip() in ("-", "—", "－")
    return (
        dashed
        and end - start <= 4
        and _number(chain.digits(first, last - 1), False, False) is not None
    )


def _plus(chain: _Chain, first: int) -> bool:
    at = chain.groups[first][0]
    return at > 0 and chain.text[at - 1] == "+"


def _stands(chain: _Chain, first: int, last: int) -> bool:
    """Not part of an amount or a date: 13900000元 is no phone."""
    return (
        not _UNIT.match(chain.text[chain.groups[last][1] :])
        or _MOBILE.fullmatch(chain.digits(first, last)) is not None
    )


def _number(digits: str, plus: bool, named: bool) -> tuple[SlotKind, str] | None:
    if not 7 <= len(digits) <= _MOST_DIGITS:
        return None
    foreign = plus and not digits.startswith("86")
    if not foreign and len(digits) in (12, 13, 14) and digits.startswith("86"):
        digits = digits[2:].lstrip("0") if not _MOBILE.fullmatch(digits[2:]) else digits[2:]
        digits = digits if _MOBILE.fullmatch(digits) else "0" + digits
    if foreign:
        return _foreign(digits)
    if _MOBILE.fullmatch(digits):
        return "mobile", digits
    if _AREA.match(digits) or digits.startswith(("400", "800")):
        return _landline(digits)
    if named and _LOCAL.fullmatch(digits) and not _DATE.fullmatch(digits):
        return "phone", digits
    return None


def _foreign(digits: str) -> tuple[SlotKind, str] | None:
    import phonenumbers  # sixty modules, for no question about a notice

    parsed = _parsed("+" + digits)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return None
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    return ("mobile" if mobile else "phone"), written


def _landline(digits: str) -> tuple[SlotKind, str] | None:
    import phonenumbers

    parsed = _parsed(digits)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return None
    if digits.startswith(("400", "800")):
        valid = len(digits) == 10 and phonenumbers.is_valid_number(parsed)
        return ("phone", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}") if valid else None
    area = _AREA.match(digits)
    if area is None:
        return None
    return "phone", f"{area[0]}-{digits[area.end() :]}"


def _parsed(digits: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return None


def _with_extension(text: str, value: str, end: int) -> tuple[str, int]:
    for expression in (_EXTENSION, _DASHED_EXTENSION):
        match = expression.match(text, end)
        if match:
            return f"{value}转{match[1]}", match.end()
    return value, end


def _problem(chain: _Chain, match: re.Match[str], named: bool) -> Problem | None:
    digits = chain.digits(0, len(chain.groups) - 1)
    digits = digits[2:] if _plus(chain, 0) and digits.startswith("86") else digits
    if _DATE.fullmatch(digits) or _UNIT.match(chain.text[match.end() :]):
        return None
    if named and len(digits) >= 3:
        return Problem(*_what_is_wrong(digits), match.start(), match.end())
    if re.match("1[3-9]", digits) and len(digits) in (9, 10, 12):
        return Problem(*_what_is_wrong(digits), match.start(), match.end())
    return None


def _what_is_wrong(digits: str) -> tuple[SlotKind, str]:
    if digits.startswith("0"):
        return "phone", wording.landline_wrong(len(digits))
    if not digits.startswith("1") and len(digits) < 10:
        return "phone", wording.number_too_short(len(digits))
    if len(digits) == 11:
        return "mobile", wording.mobile_prefix(digits[:3])
    return "mobile", wording.mobile_length(len(digits))
