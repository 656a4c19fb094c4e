"""What every command starts from: the clock and the knowledge of its settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.settings import Settings, SettingsError
from bot.staff.regions import NoRegion, full_names
from knowledge.load import (
    File,
    Layer,
    Loaded,
    load_knowledge,
    load_with_sources,
    shipped_dir,
)
from knowledge.snapshot import KnowledgeBase

Clock = Callable[[], datetime]


def clock_of(settings: Settings) -> Clock:
    """The time, aware and in the settings' zone."""
    return partial(datetime.now, settings.zone)


def knowledge_of(
    settings: Settings, own: Sequence[File] | None = None, *, golden: bool = False
) -> KnowledgeBase:
    """The shipped notices with the bureau's own over them: `own`, else the settings' directory.

    Answering needs no golden questions; who asks those loads them as well.

    Raises KnowledgeError, SettingsError.
    """
    layers = _layers(settings, own)
    in_use, home = settings.form_notice, settings.region
    kb = load_knowledge(*layers, form_in_use=in_use, home=home, golden=golden)
    return _fitting(kb, settings)


def only_knowledge(settings: Settings) -> Settings:
    """What knowledge bases are built by, for another process: without keys and passwords."""
    names = ("form_notice", "region", "staff", "subscriptions")
    return Settings.model_construct(**{name: getattr(settings, name) for name in names})


def loaded_of(settings: Settings, own: Sequence[File] | None = None) -> Loaded:
    """`knowledge_of`, with golden questions and the places in the files."""
    layers = _layers(settings, own)
    loaded = load_with_sources(*layers, form_in_use=settings.form_notice, home=settings.region)
    _fitting(loaded.kb, settings)
    return loaded


def _layers(settings: Settings, own: Sequence[File] | None) -> list[Layer]:
    layers: list[Layer] = [shipped_dir()]
    if own is not None:
        layers += [own] if own else []
    elif settings.knowledge:
        layers += [settings.knowledge]
    return layers


def _fitting(kb: KnowledgeBase, settings: Settings) -> KnowledgeBase:
    """The snapshot, which holds what the settings name. Raises SettingsError."""
    if settings.form_notice and not kb.has_form:
        problem = f"no notice {settings.form_notice!r} that defines a demand form"
        raise SettingsError(f"settings: form_notice: {problem}")
    if settings.region and kb.home is None:
        raise SettingsError(f"settings: region: {settings.region!r} is no division")
    for place, member in enumerate(settings.staff):
        _check_regions(f"settings: staff[{place}].regions", member.regions, kb)
    for place, subscription in enumerate(settings.subscriptions):
        _check_regions(f"settings: subscriptions[{place}].regions", subscription.regions, kb)
    return kb


def _check_regions(where: str, regions: Sequence[str], kb: KnowledgeBase) -> None:
    """Raises SettingsError where one is no full name, or no bureau is there."""
    try:
        meant = full_names(regions, kb)
    except NoRegion as error:
        raise SettingsError(f"{where}: {error}") from None
    for said, full in zip(regions, meant, strict=False):
        if said != full:
            raise SettingsError(f"{where}: {said!r} is no full name: write {full}")
