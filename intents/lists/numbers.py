"""How many a question says that there are, against how many there are."""

from __future__ import annotations

from intents.query import Query
from knowledge.late import late
from knowledge.normalise import number

_SAID = late(
    r"(?<![第前后\d一二三四五六七八九十每某])(\d{1,2}|[两一二三四五六七八九十]{1,3})"
    r"(?:大|个|项|条|种|类|步|块|件)(?!月|小时|工作日)"
)


def said_count(query: Query) -> int | None:
    """那五个行动 says five; one is said of anything."""
    found = [number(m[1]) for m in _SAID.finditer(query.rest or query.text)]
    return next((n for n in found if n and n > 1), None)
