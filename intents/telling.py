"""One found unit told in words, as short as the question allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from intents.evidence.question import Question, prepared
from intents.evidence.value import holds_value
from intents.lists.subject import holds_most, spelled
from intents.proof import SIGNED
from intents.query import Query, Scope
from intents.wording import answers as say
from intents.wording import reckoned
from knowledge.inforce import standing_in
from knowledge.late import late
from knowledge.lexicon import Aspect, Operator
from knowledge.model import (
    Action,
    Attachment,
    Clause,
    Contact,
    Deadline,
    Faq,
    Notice,
    Period,
    Target,
    Task,
)
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_SENTENCE = late(r"[^。；;\n]+[。；;]?")
_END = late(r"[。；;\n]")
_YES_OR_NO = late(r"^(?:不?(?:是|能|会|可以|行|用|需要)|没?有)(?:的)?[。，]")
_BRIEF = 160
# Room for one unit that is told alone, and for each of two.
FULL, HALF = 290, 130
# A sentence that holds so much of what is asked tells it, with those that hold so much of that.
_SURE, _BESIDE = 0.6, 0.25


def tell(
    unit: Unit, ask: Aspect | None, query: Query, kb: KnowledgeBase, today: date, room: int = FULL
) -> str:
    """What the unit says to a question for `ask`, in about `room` characters."""
    told = _told(unit, ask, query, kb, today, room)
    if not query.weekday:
        return told
    days = days_of_the_week(unit, query, kb)
    return f"{days}{told}" if unit.label in SIGNED else f"{told}{days}"


def days_of_the_week(unit: Unit, query: Query, kb: KnowledgeBase) -> str:
    """Which days of the week the unit's dates are; of a span, the end that is asked for."""
    fact, notice = unit.fact, unit.notice
    days: list[date | None] = []
    if isinstance(fact, Deadline):
        days = [fact.due]
    elif isinstance(fact, Period):
        starts, ends = (_says(x, query, kb) for x in ("start", "end"))
        days = [
            fact.start if starts or not ends else None,
            fact.end if ends or not starts else None,
        ]
    elif unit.label in SIGNED:
        days = [notice.published if _says("published", query, kb) else notice.issued]
    return reckoned.weekdays([day for day in days if day])


def _says(operator: Operator, query: Query, kb: KnowledgeBase) -> bool:
    cues = kb.lexicon.operators.get(operator)
    return cues is not None and bool(cues.expression.search(query.text))


def _told(
    unit: Unit, ask: Aspect | None, query: Query, kb: KnowledgeBase, today: date, room: int
) -> str:
    fact = unit.fact
    if isinstance(fact, Deadline):
        return say.deadline(fact, today, _says("length", query, kb))
    if isinstance(fact, Period):
        return say.period(fact, today, _says("length", query, kb))
    if isinstance(fact, Contact):
        return say.contact(fact)
    if isinstance(fact, Attachment):
        return say.attachment(fact)
    if isinstance(fact, Target):
        return say.target(fact)
    if isinstance(fact, Faq):
        return _faq(fact, query, kb)
    if isinstance(fact, Task):
        return _task(fact, ask, query, kb, room)
    if unit.kind == "head":
        return say.document(unit.notice, fact)
    return _clause(fact, ask, query, kb, room)


def _faq(fact: Faq, query: Query, kb: KnowledgeBase) -> str:
    """Its answer; the yes or no of it only to who asks for the same."""
    same = holds_most(spelled(fact.question, kb), query.segments)
    return fact.answer if same else _YES_OR_NO.sub("", fact.answer)


def cited(notice: Notice, labels: Iterable[str], scope: Scope, kb: KnowledgeBase) -> str:
    """Where it stands; and that the notice is history, if it is on the day of the question."""
    if scope.today is None:
        return say.source(notice, *labels)
    stands = standing_in(kb, notice, scope.today)
    successor = kb.notice(notice.superseded_by) if notice.superseded_by else None
    said = say.history(notice, stands, successor)
    return "\n".join(filter(None, (say.source(notice, *labels), said)))


def brief(unit: Unit, query: Query, kb: KnowledgeBase, today: date) -> str:
    """The unit in a sentence or two, with its source, for a refusal."""
    told = tell(unit, None, query, kb, today, room=_BRIEF - len(unit.name))
    return f"{_cut(told, _BRIEF)}\n{cited(unit.notice, [unit.label], query.scope, kb)}"


def excerpt(texts: Sequence[str], query: Query, kb: KnowledgeBase, room: int) -> list[str]:
    """Of each text the sentences that the question is about, in their order, within `room` in all.

    Where all is within `room`, all is told. A sentence that holds little of what is asked is told
    only where none holds much of it: what was asked in words of one's own may well stand in the
    others.
    """
    if sum(map(len, texts)) <= room:
        return list(texts)
    question = prepared(query, kb)
    sentences = [(i, s) for i, text in enumerate(texts) for s in _SENTENCE.findall(text)]
    relevance = [_relevance(question, spelled(sentence, kb)) for _, sentence in sentences]
    ranked = sorted(range(len(sentences)), key=lambda n: (-relevance[n], n))
    kept: list[int] = []
    best = max(relevance, default=0.0)
    told = [n for n in ranked if relevance[n] >= _BESIDE * best] if best >= _SURE else ranked
    for n in told:
        if sum(len(sentences[k][1]) for k in kept) + len(sentences[n][1]) <= room or not kept:
            kept.append(n)
    return [
        "".join(sentences[n][1] for n in sorted(kept) if sentences[n][0] == i)
        for i in range(len(texts))
    ]


def _relevance(question: Question, sentence: str) -> float:
    """How much of what is asked the sentence holds, a little more if a value of the kind that is
    asked for stands in it."""
    held = question.held_softly(question.covered(sentence), question.relations, sentence)
    share = question.share(held)
    return share * (1.2 if share and holds_value(question, sentence) else 1.0)


def _clause(c: Clause, ask: Aspect | None, query: Query, kb: KnowledgeBase, room: int) -> str:
    if ask == "who" and c.departments:
        return say.departments(c.heading, c.departments)
    whole = room == FULL and not query.segments  # the clause is asked for, all of it
    return say.clause(c, c.body if whole else excerpt([c.body], query, kb, room)[0])


def _task(t: Task, ask: Aspect | None, query: Query, kb: KnowledgeBase, room: int) -> str:
    if ask == "who":
        return say.departments(t.title, t.departments, t)
    if ask in ("when", "deadline", "period", "over"):
        return say.completion(t)
    actions = _parts_of(t, query, kb)
    frame = len(say.task(t, ())) + sum(len(say.action(a.by, "")) for a in actions)
    told = excerpt([a.summary for a in actions], query, kb, room - frame)
    shown = [say.action(a.by, x) for a, x in zip(actions, told, strict=True) if x]
    return say.task(t, shown)


def _parts_of(t: Task, query: Query, kb: KnowledgeBase) -> Sequence[Action]:
    """What those do whom the question names, where they have a part of their own; else all.

    Who issued the table, and comes first in it, is as often the one who is reported to.
    """
    asked = [a for a in kb.lexicon.audiences if any(word in query.text for word in a.words)]
    levels = [a.level for a in asked if a.level]
    others = t.actions[1:]
    named = [a for a in others if a.by in query.text or any(level in a.by for level in levels)]
    if not named and others and _is_below(query, kb) and not _holds_most(t, query, kb):
        return others
    return named or t.actions


def _holds_most(t: Task, query: Query, kb: KnowledgeBase) -> bool:
    """Whether more of what is asked stands in the issuer's part than in those of others."""
    question = prepared(query, kb)
    issuer, *others = (_relevance(question, spelled(a.summary, kb)) for a in t.actions)
    return issuer > max(others, default=0.0)


def _is_below(query: Query, kb: KnowledgeBase) -> bool:
    """Whether what those below the issuer do is asked for: 省局要干的, 地方上能搞."""
    issuers = kb.lexicon.issuers
    named = {level for level, cues in issuers.items() if cues.expression.search(query.text)}
    below = query.scope.level == "local" or "local" in named
    others = (a for a in kb.lexicon.audiences if a.anybody or a.who)
    below = below or any(word in query.text for a in others for word in a.words)
    return below and "national" not in named


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


def pages(blocks: Sequence[tuple[str, str]], limit: int) -> tuple[str, ...]:
    """(told, source) blocks on pages of at most `limit` characters; no source is left behind."""
    out: list[str] = []
    for told, source in blocks:
        whole = f"{told}\n{source}"
        if out and len(out[-1]) + 1 + len(whole) <= limit:
            out[-1] = f"{out[-1]}\n{whole}"
            continue
        first, rest = _split(told, limit - len(source) - 1)
        out.append(f"{first}\n{source}")
        while rest:
            part, rest = _split(rest, limit)
            out.append(part)
    return tuple(out)


def _split(text: str, room: int) -> tuple[str, str]:
    """At the last end of a line or sentence within `room`, else within a sentence."""
    if len(text) <= room:
        return text, ""
    ends = [m.end() for m in _END.finditer(text) if m.end() <= room]
    at = ends[-1] if ends else room
    return text[:at].rstrip("\n"), text[at:].lstrip("\n")
