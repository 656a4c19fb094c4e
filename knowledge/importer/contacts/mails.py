"""Mail addresses, also where the at sign is hidden from robots or blanks have got in."""

from __future__ import annotations

import re
from typing import NamedTuple

_AT = r"(?: ?@ ?| ?[\[(【<{] ?(?:at|AT|@) ?[\])】>}] ?| ?# ?| at )"
_DOMAIN = (
    r"(?:[A-Za-z0-9-]{1,40} ?\. ?){1,5}(?:com|cn|net|org|gov|edu|info|vip|top|cc|hk|ac|mil|io)"
)
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9_.@-])(?P<box>[A-Za-z0-9][A-Za-z0-9_.+-]{{0,50}}){_AT}(?P<domain>{_DOMAIN})"
    r"(?![A-Za-z0-9-]|\.[A-Za-z])"
)


class Mail(NamedTuple):
    start: int
    end: int
    address: str


def mail_at(text: str, at: int) -> Mail | None:
    """The address that begins at `at` of plain text, written with `@` and without blanks."""
    match = _MAIL.match(text, at)
    if not match:
        return None
    domain = match["domain"].replace(" ", "")
    return Mail(match.start(), match.end(), f"{match['box'].rstrip('.')}@{domain}")
