"""E-mail addresses, with the full-width slips of Chinese keyboards put right."""

from __future__ import annotations

import re
from itertools import islice

from intents.slots.value import Found, Problem, Value
from intents.wording import contacts as wording
from knowledge.late import late

_AT = (
    r"(?:\s*[@＠]\s*|\s*(?:艾特|at(?=\s*[A-Za-z0-9-]+点))\s*|\s*[(（\[]\s*at\s*[)）\]]\s*|\s+at\s+(?=[A-Za-z0-9-]+"
    r"\s*(?:[.．。点]|dot))|(?<=[A-Za-z0-9])#(?=[A-Za-z0-9-]+[.．。]))"
)
_DOT = (
    r"(?:\s?[.．。·]\s?|[,，](?=(?:com|cn|net|org)(?![A-Za-z]))|\s*点\s*(?=[A-Za-z])|"
    r"\s*[(（\[]\s*dot\s*[)）\]]\s*|\s+dot\s+)"
)
_LOCAL = (
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9](?:[A-Za-z0-9_%+\-]|\.{1,3}(?=[A-Za-z0-9_%+\-])|"
    r"(?<=[A-Za-z0-9])(?:点|下划线|横杠|中划线|减号)(?=[A-Za-z0-9])){0,63}"
)
_SAID = {"点": ".", "下划线": "_", "横杠": "-", "中划线": "-", "减号": "-"}
_NAME = r"[A-Za-z0-9\-]{1,63}"
_ADDRESS = late(
    rf"(?P<local>{_LOCAL})(?P<at>{_AT})(?P<host>{_NAME}(?:{_DOT}(?=[A-Za-z0-9]){_NAME})*)"
)
_UNFINISHED = late(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s*[@＠][A-Za-z0-9.\-]*|"
    r"[@＠][A-Za-z0-9.\-]+"
)
_MOST = 5  # addresses in one message
_AROUND = 8  # characters around half an address in the answer to the question for one
_BARE = late(r"(?<![A-Za-z0-9._%+\-])(?=[A-Za-z0-9._%+\-]*[A-Za-z])[A-Za-z0-9._%+\-]{3,64}")


def find(text: str, *, expected: bool = False) -> list[Found]:
    """The addresses in `text`. `expected`: one was asked for, so half of one is a problem."""
    found: list[Found] = [_read(m) for m in islice(_ADDRESS.finditer(text), _MOST)]
    if found:
        return found
    unfinished = [_unfinished(m) for m in islice(_UNFINISHED.finditer(text), _MOST)]
    if unfinished or not expected:
        return [*unfinished]
    around = len(re.sub(r"[A-Za-z0-9._%+\-]", "", text))
    half = _BARE.search(text) if around <= _AROUND else None
    return [Problem("email", wording.email_without_at(), half.start(), half.end())] if half else []


def _read(match: re.Match[str]) -> Found:
    # Few messages hold an address, and the rules of addresses take long to load.
    from email_validator import EmailNotValidError, validate_email

    host, local = re.sub(_DOT, ".", match["host"]), _written(match["local"])
    start, end = match.span()
    # 邮箱a@b.com.13900000001: digits after the last dot are no part of the address.
    while (tail := re.search(r"\.\d+$", host)) is not None:
        host, end = host[: tail.start()], end - len(tail[0])
    if "." not in host:
        return Problem("email", wording.email_without_ending(f"{local}@{host}"), start, end)
    try:
        checked = validate_email(f"{local}@{host}", check_deliverability=False)
    except EmailNotValidError:
        return Problem("email", wording.email_wrong(f"{local}@{host}"), start, end)
    return Value("email", checked.normalized, start, end)


def _written(local: str) -> str:
    """chen点yi -> chen.yi"""
    for said, sign in _SAID.items():
        local = local.replace(said, sign)
    return local


def _unfinished(match: re.Match[str]) -> Problem:
    return Problem("email", wording.email_wrong(match[0].strip()), match.start(), match.end())
