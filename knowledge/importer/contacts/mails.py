"""Mail addresses, also where the at sign is hidden from robots or blanks have got in."""

from __future__ import annotations

import re
from typing import NamedTuple

_LOCAL = r"(?<![A-Za-z0-9_.@-])(?P<box>[A-Za-z0-9][A-Za-z0-9_.+-]{0,50})"
_HOSTS = r"(?P<domain>(?:[A-Za-z0-9-]{1,40} ?\. ?){1,5}"
_END = r"(?![A-Za-z0-9-]|\.[A-Za-z])"
_PLAIN = re.compile(rf"{_LOCAL} ?@ ?{_HOSTS}[A-Za-z]{{2,10}}){_END}")
# Without the sign itself, only the well-known ends of host names tell a mail.
_HIDDEN = re.compile(
    rf"{_LOCAL}(?: ?[\[(【<{{] ?(?:at|AT|@) ?[\])】>}}] ?| ?# ?| at )"
    rf"{_HOSTS}(?:com|cn|net|org|gov|edu)){_END}"
)


class Mail(NamedTuple):
    start: int
    end: int
    address: str


def mail_at(text: str, at: int) -> Mail | None:
    """The address that begins at `at` of plain text, written with `@` and without blanks."""
    match = _PLAIN.match(text, at) or _HIDDEN.match(text, at)
    if not match:
        return None
    domain = match["domain"].replace(" ", "")
    return Mail(match.start(), match.end(), f"{match['box'].rstrip('.')}@{domain}")
