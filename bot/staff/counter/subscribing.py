"""订阅, 退订, 我的订阅: what a member of staff wants to be pushed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.staff.counter.commands import Command
from bot.staff.counter.reach import Reach, reach_within
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.subscription_words import Asked, asked_in
from bot.staff.counter.tasks import key_task
from bot.staff.counter.words import fold
from intents.conversation import MenuItem
from intents.wording import staff_subscriptions as say
from intents.wording.staff import COMMAND
from knowledge.snapshot import KnowledgeBase
from storage import subscriptions
from storage.subscriptions import Kind, SubscriptionRow

KINDS: tuple[Kind, ...] = ("daily", "weekly", "national", "handoff", "deadline")
_DIGESTS = frozenset({"daily", "weekly"})
_TIMED = _DIGESTS | {"deadline"}
_OF_DEMANDS = _DIGESTS | {"national"}
_USUAL = "09:00"


class _Wrong(Exception):
    """`str` is what is told."""


async def subscribe(at: Serving, command: Command) -> Outcome:
    """Each of the kinds named; what was subscribed to before is changed."""
    if at.staff.sender.partition(":")[0] not in at.provided.pushable:
        return Outcome(say.no_pushes_here())
    asked = asked_in(fold(command.rest))
    kinds = KINDS if asked.every and not asked.kinds else asked.kinds
    if not kinds:
        return _which(at, asked)
    own = await subscriptions.listing(at.conn, target=at.staff.sender)
    before = {} if asked.every else {row.kind: row for row in own}
    try:
        rows = [_row(at, kind, asked, before.get(kind)) for kind in kinds]
    except _Wrong as wrong:
        return Outcome(str(wrong))
    outside = outside_of(at.reach, rows[0].regions, at.kb)
    if outside:
        return Outcome(await at.refuse(COMMAND["subscribe"], say.not_your_region(outside)))
    for row in rows:
        await subscriptions.put(at.conn, row)
    return Outcome(say.subscribed([_line(row) for row in rows]))


def _which(at: Serving, asked: Asked) -> Outcome:
    if asked.rest:
        return Outcome(say.not_known(asked.rest[0]))
    items = [
        MenuItem(say.option(kind), f"{COMMAND['subscribe']} {say.KIND[kind]}") for kind in KINDS
    ]
    return Outcome(say.which(), tuple(items))


def _row(at: Serving, kind: Kind, asked: Asked, before: SubscriptionRow | None) -> SubscriptionRow:
    """What the message does not name stays as it was `before`. Raises _Wrong."""
    if asked.wrong:
        raise _Wrong(say.no_such_time(asked.wrong))
    regions, tasks = _places(at, asked.rest)
    old = before or SubscriptionRow(at.staff.sender, kind, at.now)
    wanted = replace(
        old,
        time=asked.time or old.time,
        weekday=asked.weekday or old.weekday,
        regions=regions or old.regions,
        tasks=tasks or old.tasks,
        empty=asked.empty or old.empty,
    )
    return fitted(wanted)


def fitted(row: SubscriptionRow) -> SubscriptionRow:
    """Without what its kind has no use for."""
    return replace(
        row,
        time=row.time if row.kind in _TIMED else None,
        weekday=row.weekday if row.kind == "weekly" else None,
        tasks=row.tasks if row.kind in _OF_DEMANDS else (),
        empty=row.empty and row.kind in _DIGESTS,
    )


def _places(at: Serving, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Regions by full name, key tasks as the form prints them. Raises _Wrong."""
    regions: dict[str, None] = {}
    tasks: dict[str, None] = {}
    for word in words:
        if bureau := at.kb.bureaus.find(word):
            regions[bureau.region] = None
        elif place := at.kb.divisions.find(word, near=at.kb.home):
            regions[place] = None
        elif task := key_task(word, at.kb):
            tasks[task] = None
        else:
            raise _Wrong(say.not_known(word))
    return tuple(regions), tuple(tasks)


def outside_of(reach: Reach, regions: Sequence[str], kb: KnowledgeBase) -> list[str]:
    """Those of which whoever reaches so far sees nothing."""
    return [one for one in regions if not reach.also_of(reach_within([one], kb)).bureaus]


async def unsubscribe(at: Serving, command: Command) -> Outcome:
    asked = asked_in(fold(command.rest))
    own = await subscriptions.listing(at.conn, target=at.staff.sender)
    kinds = [row.kind for row in own]
    if asked.rest and not asked.kinds:
        return Outcome(say.not_known(asked.rest[0]))
    if not asked.kinds and not asked.every and len(own) > 1:
        word = COMMAND["unsubscribe"]
        items = [MenuItem(_line(row), f"{word} {say.KIND[row.kind]}") for row in own]
        return Outcome(
            say.which_to_give_up(), (*items, MenuItem(say.all_of_them(), f"{word} 全部"))
        )
    gone = [kind for kind in asked.kinds or kinds if kind in kinds]
    if not gone:
        return Outcome(_nothing_given_up(at, asked.kinds))
    await subscriptions.remove(at.conn, at.staff.sender, gone)
    return Outcome(say.given_up(gone))


def _nothing_given_up(at: Serving, kinds: Sequence[Kind]) -> str:
    given = [row.kind for row in _given(at) if not kinds or row.kind in kinds]
    if given:
        return say.by_the_settings(given)
    return say.not_subscribed(kinds) if kinds else say.none()


async def own_subscriptions(at: Serving, _command: Command) -> Outcome:
    own = await subscriptions.listing(at.conn, target=at.staff.sender)
    known = {row.kind for row in own}
    given = [row for row in _given(at) if row.kind not in known]
    lines = [*(_line(row) for row in own), *(_line(row, given=True) for row in given)]
    return Outcome(say.own(lines) if lines else say.none())


def _given(at: Serving) -> list[SubscriptionRow]:
    """What the settings say of them."""
    return [row for row in at.provided.subscriptions if row.target == at.staff.sender]


def _line(row: SubscriptionRow, *, given: bool = False) -> str:
    when = say.when(row.kind, row.time or _USUAL, row.weekday or 1)
    return say.line(row.kind, when, row.regions, row.tasks, row.empty, given)
