"""One found unit told in words, as short as the question allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from intents.query import Query
from intents.wording import answers as say
from knowledge.lexicon import Aspect
from knowledge.model import Attachment, Clause, Contact, Deadline, Faq, Period, Target, Task
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_BRIEF = 160
_FULL = 300


def tell(
    unit: Unit, ask: Aspect | None, query: Query, kb: KnowledgeBase, today: date, room: int = _FULL
) -> str:
    """What the unit says to a question for `ask`, in about `room` characters."""
    fact = unit.fact
    if isinstance(fact, Deadline):
        return say.deadline(fact, today)
    if isinstance(fact, Period):
        return say.period(fact, today)
    if isinstance(fact, Contact):
        return say.contact(fact)
    if isinstance(fact, Attachment):
        return say.attachment(fact)
    if isinstance(fact, Target):
        return say.target(fact)
    if isinstance(fact, Faq):
        return fact.answer
    if isinstance(fact, Task):
        return _task(fact, ask, query, kb, room)
    if unit.kind == "head":
        return say.document(unit.notice, fact)
    return _clause(fact, ask, query, kb, room)


def brief(unit: Unit, query: Query, kb: KnowledgeBase, today: date) -> str:
    """The unit in a sentence or two, with its source, for a refusal."""
    told = tell(unit, None, query, kb, today, room=_BRIEF)
    return f"{_cut(told, _BRIEF)}\n{say.source(unit.notice, unit.label)}"


def excerpt(text: str, query: Query, kb: KnowledgeBase, room: int) -> str:
    """The sentences of `text` that the question is about, in their order, within `room`."""
    sentences = _SENTENCE.findall(text)
    if len(text) <= room or len(sentences) < 2:
        return text
    asked = {pair for segment in query.segments for pair in pairs(segment)}

    def relevance(i: int) -> tuple[int, int]:
        return (-len(asked & set(pairs(kb.canonical(sentences[i])))), i)

    kept: list[int] = []
    for i in sorted(range(len(sentences)), key=relevance):
        if sum(len(sentences[k]) for k in kept) + len(sentences[i]) <= room or not kept:
            kept.append(i)
    return "".join(sentences[i] for i in sorted(kept))


def _clause(c: Clause, ask: Aspect | None, query: Query, kb: KnowledgeBase, room: int) -> str:
    if ask == "who" and c.departments:
        return say.departments(c.heading, c.departments)
    return say.clause(c, excerpt(c.summary, query, kb, room))


def _task(t: Task, ask: Aspect | None, query: Query, kb: KnowledgeBase, room: int) -> str:
    if ask == "who":
        return say.departments(t.title, t.departments, t)
    if ask in ("when", "deadline", "period", "over"):
        return say.completion(t)
    share = max(room // max(len(t.actions), 1), 60)
    shown = [say.action(a.by, excerpt(a.summary, query, kb, share)) for a in t.actions]
    return say.task(t, shown)


def _cut(text: str, room: int) -> str:
    """Whole sentences within `room`; at least the first."""
    if len(text) <= room:
        return text
    out = ""
    for sentence in _SENTENCE.findall(text):
        if out and len(out) + len(sentence) > room:
            break
        out += sentence
    return out if len(out) <= 2 * room else f"{out[:room]}…"


def pages(lines: Sequence[str], limit: int) -> list[str]:
    """Lines put together to pages of at most `limit` characters (a longer line stands alone)."""
    out: list[str] = []
    for line in lines:
        if out and len(out[-1]) + 1 + len(line) <= limit:
            out[-1] = f"{out[-1]}\n{line}"
        else:
            out.append(line)
    return out
