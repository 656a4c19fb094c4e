"""Before it is told: does the unit hold the very things that the question asks for?

A question about a fee, a person or a thing that no notice mentions shares all its other words with
some clause. What it asks for must therefore stand in the answer itself.
"""

from __future__ import annotations

import re

from intents.query import Query
from intents.select import Found
from knowledge.model import Contact
from knowledge.normalise import normalise
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

DATE_ASKED = re.compile("时候|几号|哪天|哪一天|日期|时间|几月|何时|哪年")
NUMBER_ASKED = re.compile("文号|号文|字号|文件号")
_DEFINED = re.compile("^什么是|(?:是什么|是啥|什么意思|啥意思)[?。]?$")
_FIGURE = re.compile(
    r"[\d一二三四五六七八九十百两][余多]?([万亿]?)"
    r"(%|周年|个月|个?工作日|[家字页人次元篇名岁届度场期批倍成位份台辆座间款所]?)"
)


def holds(found: Found, query: Query, kb: KnowledgeBase) -> bool:
    """Whether the unit itself has the very things that the question asks for."""
    text = kb.text_of(found.unit)
    kinds = {kind for kind, _ in query.values}
    return (
        all(normalise(word) in text for word in query.outside)
        and all(_has_value(kind, text, query, kb) for kind in kinds)
        and not _lacks_head(found, query)
        and not lacks_detail(found.unit, query)
        and (query.measure is None or query.measure in figures_with(text))
    )


def _has_value(kind: str, text: str, query: Query, kb: KnowledgeBase) -> bool:
    """A value stands in a unit with its word, unless it is of a kind that no notice tells."""
    if kb.lexicon.values[kind].never:
        return False
    return any(word in text for k, word in query.values if k == kind)


def _lacks_head(found: Found, query: Query) -> bool:
    """Y of "X的Y" is what is asked for: at least half of it must stand in the unit."""
    if _DEFINED.search(query.text) and any(_is_noun(run) for run in found.hit.missing):
        return True
    for segment in query.segments:
        head = segment.rpartition("的")[2] if "的" in segment else ""
        tail = next((run for run in found.hit.missing if segment.endswith(run)), "")
        if len(head) > 1 and 2 * min(len(tail), len(head)) >= len(head) > 0 and tail:
            return True
    return False


def _is_noun(run: str) -> bool:
    return sum(char not in LITTLE for char in run) >= 2


def lacks_detail(unit: Unit, query: Query) -> bool:
    """A fact of the right kind may still have a gap where the question points."""
    fact = unit.fact
    if isinstance(fact, Contact):
        asked = query.text
        return (
            ("邮箱" in asked and not fact.emails)
            or ("电话" in asked and not fact.phones)
            or ("联系人" in asked and not fact.names)
        )
    if unit.kind in ("head", "clause") and "document" in query.asks:
        dated, numbered = DATE_ASKED.search(query.text), NUMBER_ASKED.search(query.text)
        notice = unit.notice
        return bool((dated and not notice.issued) or (numbered and not notice.doc_number))
    return False


def figures_with(text: str) -> set[str]:
    """The measure words that follow a figure in the text."""
    return {unit for found in _FIGURE.findall(text) for unit in found}
