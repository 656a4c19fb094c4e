"""Several departments beside each other in one table: how many tasks each has, and who has more."""

from __future__ import annotations

from collections.abc import Sequence

from intents.lists.operators import Reading
from intents.lists.tables import by_notice, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.wording import shares as say
from knowledge.late import late
from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_APART = late("各(?![地省市级部])|分别|各自|谁|哪(?:个|家)|多几|少几|差几")
_MORE = late("[多少]")


def rivals(
    who: Sequence[str], read: Reading, units: Sequence[Unit], query: Query, kb: KnowledgeBase
) -> Answer | None:
    """人事司和办公室各几项，谁的多: None where what they have in common is asked for."""
    counts = read.has("count", "compare") or "list" in query.asks
    if len(who) < 2 or not counts or not _APART.search(read.text) or read.has("together", "alone"):
        return None
    if query.duty or read.left(
        "share", "count", "compare", "each", "mention", "documents", "gap",
        text=_MORE.sub("\n", read.text),
    ):  # fmt: skip
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    mine = [u for u in units if u.notice is first and isinstance(u.fact, Task)]
    has = {name: [u for u in mine if name in _departments(u)] for name in who}
    if not all(has.values()):
        return None
    lines = [say.share_in_short(first, n, [_number(u) for u in has[n]]) for n in who]
    if len(who) == 2:
        one, other = (len(has[name]) for name in who)
        lines.append(say.has_more(who[one < other], abs(one - other)))
    labels = list(dict.fromkeys(u.label for name in who for u in has[name]))
    top = labels[0].split(" ", 1)[0]
    return told(lines, first, labels, query, kb, (), [top])


def _departments(unit: Unit) -> tuple[str, ...]:
    return unit.fact.departments if isinstance(unit.fact, Task) else ()


def _number(unit: Unit) -> int:
    assert isinstance(unit.fact, Task)
    return unit.fact.no
