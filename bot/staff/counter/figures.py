"""统计: what one has done oneself, or what all within the regions have, in a span of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.staff.about import about
from bot.staff.counter.commands import Command
from bot.staff.counter.lists import KNOWN, where
from bot.staff.counter.periods import Span, span_in, year_out_of_range
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Outcome, Serving
from intents.wording import staff_figures as say
from intents.wording.staff import COMMAND, STATUS_SHORT
from knowledge.late import late
from storage import demands, doings, questions
from storage.events import submitted

_FILLING = late("(?:需求|办理|办件|情况|数据|数字|各地|各市|全省|的|统计|汇总)+")


async def figures(at: Serving, command: Command) -> Outcome:
    """Of the span that the command names, else of all time."""
    if year := year_out_of_range(command.rest):
        return Outcome(say.no_such_year(year), begun=COMMAND["figures"])
    found = span_in(command.rest, at.now.date())
    if found is None and command.rest and not _FILLING.fullmatch(command.rest):
        return Outcome(say.no_such_period(command.rest), begun=COMMAND["figures"])
    span, words = found or (Span(), say.always())
    if may(at.staff.role, "figures-of-all"):
        return Outcome(await _of_all(at, span, words))
    since, until = span.bounds(at.now.tzinfo)
    steps = await doings.steps_of(at.conn, at.staff.sender, since, until)
    answers = await doings.answers_of(at.conn, at.staff.sender, since, until)
    return Outcome(say.own_figures(words, {step: n for step, n in steps.items()}, answers))


async def _of_all(at: Serving, span: Span, words: str) -> str:
    """Demands by when they were begun, and questions by when they were asked."""
    since, until = span.bounds(at.now.tzinfo)
    stored = await demands.listing(at.conn, statuses=KNOWN, bureaus=at.reach.bureaus)
    begun = [
        d
        for d in stored
        if (since is None or d.created >= since) and (until is None or d.created < until)
    ]
    found = [d for d in begun if d.status != "cancelled"]
    called_off = await submitted(at.conn, [d.id for d in begun if d.status == "cancelled"])
    counts = {
        say.by_status(): _shares(STATUS_SHORT[d.status] for d in found),
        say.by_bureau(): _shares(where(at, d) for d in found),
        say.by_task(): _shares(about(d, at.kb).task or say.no_task() for d in found),
    }
    asked = await questions.listing(at.conn, since=since, until=until)
    states = Counter(q.state for q in asked if at.reach.has_region(q.region, at.kb))
    national = sum(d.national for d in found)
    regions = "、".join(at.staff.regions)
    both = (states["answered"], states["open"])
    totals = (len(found), len(called_off))
    return say.all_figures(words, regions, totals, counts, national, both)


def _shares(names: Iterable[str]) -> list[tuple[str, int]]:
    """Most first; equal ones by name."""
    return sorted(Counter(names).items(), key=lambda share: (-share[1], share[0]))
