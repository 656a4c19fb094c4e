"""Questions asked one after the other, each in its own fresh conversation, and judged."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.asking import noon, talked
from bot.evaluating.apart import apart
from bot.evaluating.cases import Case
from bot.evaluating.transforms import TRANSFORMS
from bot.warm import warmed
from intents.invented import invented
from intents.respond import decided, respond
from intents.trace import Trace, trace
from intents.turn import Reply, Said
from knowledge.golden import judge, lacking, wanted
from knowledge.snapshot import KnowledgeBase

PLAIN = "as written"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was replied to `asked`, in `seconds`; `reasons` are empty where all is as it should be.

    `wrong` is what is worse than silence: a statement that does not belong here, a made-up figure.
    """

    case: Case
    asked: str
    reply: Reply
    seconds: float
    reasons: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def right(self) -> bool:
        return not self.reasons

    @property
    def first_cited(self) -> tuple[str, str] | None:
        first = next(iter(self.reply.citations), None)
        return None if first is None else (first.notice, first.clause)


def outcomes(
    kb: KnowledgeBase, cases: Iterable[Case], now: datetime, *, typed: str = PLAIN, seed: int = 0
) -> list[Outcome]:
    """All of them, on their own days or at `now`, with the question typed as a transform does.

    A question whose asking the snapshot knows is judged by one that does not. Each is warmed, as
    the server's is: what is timed is an answer, not the making of what all answers share.
    """
    cases = list(cases)
    judges = apart(kb, [case.golden.q for case in cases])
    for snapshot in {id(one): one for one in judges.values()}.values():
        warmed(snapshot, now)
    return [_asked(judges[case.golden.q], case, _typed(case, typed, seed), now) for case in cases]


def traced(kb: KnowledgeBase, outcome: Outcome, now: datetime) -> Trace:
    """Why it was answered as it was."""
    case, at = outcome.case, _moment(outcome.case, now)
    talk = talked(kb, case.golden.context, at)
    known = {notice.id for notice in kb.notices}
    places = [place for place in wanted(case.golden, case.home) if place[0] in known]
    return trace(decided(talk, Said(outcome.asked), kb, at), places)


def _asked(kb: KnowledgeBase, case: Case, text: str, now: datetime) -> Outcome:
    at = _moment(case, now)
    talk = talked(kb, case.golden.context, at)
    begun = time.perf_counter()
    reply = respond(talk, Said(text), kb, at).reply
    seconds = time.perf_counter() - begun
    reasons = judge(case.golden, case.home, reply)
    wrong = (*_misplaced(case, reply), *(f"invents {x}" for x in _made_up(kb, reply, at)))
    return Outcome(case, text, reply, seconds, reasons, wrong)


def _moment(case: Case, now: datetime) -> datetime:
    return noon(case.golden.today, now) if case.golden.today else now


def _typed(case: Case, typed: str, seed: int) -> str:
    """The same seed types the same question alike, whatever stands beside it."""
    if typed == PLAIN:
        return case.golden.q
    return TRANSFORMS[typed](case.golden.q, Random(f"{seed} {typed} {case.golden.q}"))


def _misplaced(case: Case, reply: Reply) -> Iterator[str]:
    """A statement that answers what must be refused, or something else altogether."""
    golden = case.golden
    if reply.kind != "answer":
        return
    if golden.kinds == ("refuse",):
        yield "answers what must be refused"
    if golden.kinds[0] == "answer" and (golden.facts or golden.clauses):
        said = len(lacking(golden, reply)) < len(golden.facts)
        cited = {(c.notice, c.clause) for c in reply.citations}
        if not said and not cited & set(wanted(golden, case.home)):
            yield "tells none of the facts and cites none of the clauses"


def _made_up(kb: KnowledgeBase, reply: Reply, at: datetime) -> list[str]:
    if reply.kind not in ("answer", "refuse", "clarify"):
        return []
    return invented(kb, reply, at.date())
