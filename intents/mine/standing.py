"""我的需求, 需求3到哪了: where the sender's own demands stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intents.mine import owned
from intents.moment import Moment
from intents.replying import done, paged, then_form
from intents.turn import OwnDemand, Reply, Turn
from intents.wording import mine as say

_A_PAGE = 6


def of_all(moment: Moment) -> Turn:
    """Every demand that was not called off, newest last; where there is none, those that were."""
    own = [d for d in moment.own if not _is_open(d, moment)]
    shown = [d for d in own if d.status not in ("draft", "cancelled")] or [
        d for d in own if d.status == "cancelled" and owned.need_of(d, moment.kb)
    ]
    if not shown:
        return then_form(moment, done(moment, "progress", say.none_yet()))
    pages = [shown[at : at + _A_PAGE] for at in range(0, len(shown), _A_PAGE)]
    change = owned.changeable(own)
    how = change[-1].number if change else None
    texts = [
        say.listed([_line(d, moment) for d in page], changeable=how if page is pages[-1] else None)
        for page in pages
    ]
    turn = paged(
        replace(moment.conversation, menu=()), Reply("command", "", intent="progress"), tuple(texts)
    )
    return then_form(moment, turn)


def of_one(moment: Moment, demand: OwnDemand) -> Turn:
    """Where one stands, what staff last wrote, and what can be done about it."""
    lines = [_line(demand, moment)]
    if demand.status == "returned":
        lines.append(say.supply(demand.number))
    elif demand.editable:
        lines.append(say.how_to(demand.number))
    return then_form(moment, done(moment, "progress", "\n".join(lines)))


def of_those(moment: Moment, demands: Sequence[OwnDemand]) -> Turn:
    """Of one as of one, of several as of all."""
    return of_one(moment, demands[0]) if len(demands) == 1 else of_all(moment)


def _line(demand: OwnDemand, moment: Moment) -> str:
    kb = moment.kb
    return say.line(
        demand.number,
        owned.need_of(demand, kb),
        owned.task_of(demand, kb),
        demand.status,
        demand.told,
    )


def _is_open(demand: OwnDemand, moment: Moment) -> bool:
    form = moment.conversation.form
    return form is not None and not form.editing and form.number == demand.number
