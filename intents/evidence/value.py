"""Whether a unit holds a value of the kind that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from intents.evidence.words import words_of
from intents.proof import figures_with
from intents.query import Query
from intents.select import answers
from knowledge.lexicon import Aspect
from knowledge.model import Clause, Faq, Task
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Piece = tuple[str, float]

LACKS = frozenset(("value lacks", "outside lacks", "measure lacks", "definition lacks"))
"""Pieces that exclude a unit, whatever else speaks for it: it is not what was asked for."""

_DATED = re.compile(r"\d+月|\d{4}年|年底|周年|季度|期间")
_DAY = re.compile(r"\d+月|\d+[日号]|年底|月底")
# Who asks for the day is not served by a year or a season.
_DAY_ASKED = re.compile("几号|几月|哪一?天|几日|日期")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百]+[个项家所条类次名件倍成]")
# How a value of each kind looks in a sentence.
_LOOKS: Mapping[Aspect, re.Pattern[str]] = {
    "deadline": _DATED, "period": _DATED, "when": _DATED, "over": _DATED, "target": _FIGURE,
    "who": re.compile("[司局处厅委部会办]|部门|单位|机构|中心|牵头|负责"),
    "contact": re.compile(r"\d{7}|@"),
    "list": re.compile(r"、.*、|\d|[一二三四五六七八九十两]+[个项家条类种方大]|[:;：；]"),
    "where": re.compile("[向到至]|通过|系统|平台|邮箱|网|报送"),
}  # fmt: skip
_TIMES: frozenset[Aspect] = frozenset(("deadline", "period", "when", "over"))
# Of a task the table tells when it is to be done, and no other time.
_DONE = re.compile("完成|做完|办完|搞完|搞定|任务|第.{1,3}[项条]|那项|这项|时限|期限|年底|落实")
# Words of handing in, which deadlines are about and periods are not.
HANDS_IN = re.compile("[报交递寄送]|推荐|推几|申请")


def beside(query: Query, unit: Unit, sentence: str) -> Iterator[Piece]:
    """Whether the sentence that is most about the question holds what it asks for."""
    if not isinstance(unit.fact, Clause | Task | Faq):
        return
    for ask in query.asks[:2]:
        looks = _looks(ask, query)
        if looks is not None:
            yield f"{ask} {'beside' if looks.search(sentence) else 'not beside'}", 1.0


def holds_value(query: Query, sentence: str) -> bool:
    """Whether a value of the kind that is asked for first stands in the sentence."""
    looks = _looks(query.asks[0], query) if query.asks else None
    return looks is not None and bool(looks.search(sentence))


def _looks(ask: Aspect, query: Query) -> re.Pattern[str] | None:
    looks = _LOOKS.get(ask)
    return _DAY if looks is _DATED and _DAY_ASKED.search(query.text) else looks


def of(query: Query, unit: Unit, kb: KnowledgeBase) -> Iterator[Piece]:
    """The kind of unit for the kind of question; and what it lacks of what is asked for."""
    words = words_of(unit, kb)
    first = query.asks[0] if query.asks else None
    yield f"asks {first or 'none'}: {unit.kind}", 1.0
    for ask in query.asks[1:]:
        yield f"also asks {ask}: {unit.kind}", 1.0
    if HANDS_IN.search(query.text):
        yield f"hands in: {unit.kind}", 1.0
    if first is not None and not answers(unit, first):
        yield "no such value", 1.0
    if first in _TIMES and isinstance(unit.fact, Task):
        yield "when done" if _DONE.search(query.text) else "when else", 1.0
    if first in _TIMES and isinstance(unit.fact, Clause):
        dated = _DAY if _DAY_ASKED.search(query.text) else _DATED
        yield "clause undated", float(not dated.search(words.own))
    if first == "target" and isinstance(unit.fact, Clause | Task):
        yield "no figure", float(not _FIGURE.search(words.own))
    if "who" in query.asks and isinstance(unit.fact, Clause | Task):
        yield "no department", float(not unit.fact.departments)
    if query.values or query.outside or query.measure or query.departments:
        yield from _held(query, unit, f"{words.own}\n{words.around}\n{words.title}", kb)


def _held(query: Query, unit: Unit, text: str, kb: KnowledgeBase) -> Iterator[Piece]:
    """What must stand in the answer itself, whatever else does."""
    for kind in {kind for kind, _ in query.values}:
        cues = kb.lexicon.values[kind]
        told = any(word in text for k, word in query.values if k == kind)
        held = not cues.never and (unit.kind in cues.units or told)
        yield ("value held" if held else "value lacks"), 1.0
    for word in query.outside:
        yield ("outside held" if normalise(word) in text else "outside lacks"), 1.0
    if query.measure is not None:
        held = query.measure in figures_with(text)
        yield ("measure held" if held else "measure lacks"), 1.0
    if query.departments:
        held = any(kb.canonical(department) in text for department in query.departments)
        yield ("department held" if held else "department lacks"), 1.0
