"""Which resources fit a demand, and why: 公平性、公益性、针对性, as cnipa-2021-51 三（三）2 asks.

针对性: what fits the key task, the words of the need and the place goes first. 公益性: of equals
what is free of charge. 公平性: of those what was matched least so far. Staff choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intents.slots.choice import affirmed, is_catch_all
from intents.wording import matching as say
from knowledge.normalise import normalise
from knowledge.regions import NATION
from knowledge.resources import Resource
from knowledge.snapshot import KnowledgeBase

_TASK, _ANY_TASK, _WORD, _MOST_WORDS = 5, 2, 5, 2
"""What a fitting key task counts, being for any, and each word of the need, of so many at most. A
word says more than the place, of which the nearest counts two."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A resource with the reasons for it, the caution last; equal `score`s fit equally well."""

    resource: Resource
    reasons: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True)
class _Demand:
    """`said` is the need in its own words, then in the notices'; `lineage` its place and what that
    lies in."""

    said: str
    related: Mapping[str, Sequence[str]]
    task: str | None
    lineage: Sequence[str]


def fitting(
    need: str,
    task: str | None,
    region: str | None,
    kb: KnowledgeBase,
    loads: Mapping[str, int],
) -> list[Fit]:
    """All resources that fit, best first.

    `task` is the key task's name, `region` the full name of the enterprise's place; `loads` says
    how often each resource, by its name, was matched before. What does not serve the place is left
    out, and so is what neither the key task nor a word of the need speaks for.
    """
    own = normalise(affirmed(need))
    said = kb.canonical(own)
    related = {said[r.start : r.end]: r.words for r in kb.related.found_in(said)}
    lineage = kb.divisions.lineage(region) if region else (NATION,)
    demand = _Demand(f"{own}\n{said}", related, task, lineage)
    fits = [
        fit
        for resource in kb.resources
        if (fit := _fit(demand, resource, kb, loads.get(resource.name, 0)))
    ]
    return sorted(fits, key=lambda fit: _order(fit, loads))


def _order(fit: Fit, loads: Mapping[str, int]) -> tuple[int, bool, int, str]:
    resource = fit.resource
    return (-fit.score, not resource.public, loads.get(resource.name, 0), resource.id)


def _fit(demand: _Demand, resource: Resource, kb: KnowledgeBase, load: int) -> Fit | None:
    near, where = _where(demand, resource, kb)
    words = _words(demand, resource, kb)
    named = _named(demand, resource)
    if where is None or not (named or words or not resource.tasks):
        return None
    task = _TASK if named else 0 if resource.tasks else _ANY_TASK
    score = task + _WORD * min(len(words), _MOST_WORDS) + near
    reasons = (
        say.fits_task(named) if named else "" if resource.tasks else say.fits_any_task(),
        say.speaks_of(words[:3]) if words else "",
        where,
        say.free_of_charge() if resource.public else "",
        say.matched_so_far(load),
        say.mind(resource.limits) if resource.limits else "",
    )
    return Fit(resource, tuple(filter(None, reasons)), score)


def _named(demand: _Demand, resource: Resource) -> str | None:
    """The key task of the resource that the demand is of; where that is of none, speaks of."""
    of = demand.said if demand.task is None or is_catch_all(demand.task) else demand.task
    return next((task for task in resource.tasks if task in of), None)


def _where(demand: _Demand, resource: Resource, kb: KnowledgeBase) -> tuple[int, str | None]:
    """How near it serves (the more the nearer), and how to say so; None where it does not."""
    for region in demand.lineage:
        if region in resource.regions:
            # A county's own counts like its city's.
            level = min(len(demand.lineage) - demand.lineage.index(region) - 1, 2)
            return level, say.serves(region)
    if any(demand.lineage[0] in kb.divisions.lineage(region) for region in resource.regions):
        return 0, say.region_unknown(resource.regions)
    return 0, None


def _words(demand: _Demand, resource: Resource, kb: KnowledgeBase) -> list[str]:
    """What the need says that speaks for the resource: its cues, else an everyday word for one.

    Of several everyday words one counts: who lists more of them fits no better.
    """
    if found := [cue for cue in resource.cues if _says(demand, cue, kb)]:
        return found
    about = [kb.canonical(text) for text in (*resource.cues, *resource.tasks, resource.name)]
    for word, meant in demand.related.items():
        if any(m in text for m in meant for text in about):
            return [word]
    return []


def _says(demand: _Demand, cue: str, kb: KnowledgeBase) -> bool:
    return normalise(cue) in demand.said or kb.canonical(cue) in demand.said
