"""Whose forms are whose: a bureau's and those below it, and what the settings say of each."""

from __future__ import annotations

from collections.abc import Collection

from bot.exports.order import CannotExport, Reporters
from bot.settings import Settings
from bot.staff.counter.reach import UNKNOWN
from intents.wording import exports as wording
from knowledge.bureaus import Bureau
from knowledge.snapshot import KnowledgeBase


def below(kb: KnowledgeBase, bureau: Bureau) -> Collection[str]:
    """The ids of the bureaus that `bureau` reports for: itself and those below it.

    Above a city also what no bureau is known for, which nobody else would report.
    """
    found = {one.id for one in kb.bureaus.within([bureau.region])}
    return found | {UNKNOWN} if bureau.level != "city" else found


def bureau_named(name: str, kb: KnowledgeBase) -> Bureau:
    """Raises CannotExport."""
    bureau = kb.bureaus.find(name)
    if bureau is None:
        raise CannotExport(wording.unknown_bureau_named(name))
    return bureau


def reporters_of(settings: Settings, kb: KnowledgeBase) -> Reporters:
    """By the bureaus' ids; a bureau that the knowledge does not know is passed over."""
    found = ((kb.bureaus.find(one.bureau), one.basics) for one in settings.reporters)
    return {bureau.id: basics for bureau, basics in found if bureau}
