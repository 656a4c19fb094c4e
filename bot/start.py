"""What every command starts from: the clock and the knowledge of its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.settings import Settings, SettingsError
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase

Clock = Callable[[], datetime]


def clock_of(settings: Settings) -> Clock:
    """The time, aware and in the settings' zone."""
    return partial(datetime.now, settings.zone)


def knowledge_of(settings: Settings) -> KnowledgeBase:
    """The shipped notices with the bureau's own over them. Raises KnowledgeError, SettingsError."""
    own = [settings.knowledge] if settings.knowledge else []
    kb = load_knowledge(shipped_dir(), *own, form_in_use=settings.form_notice)
    try:
        kb.form_notice()
    except LookupError as error:
        raise SettingsError(f"settings: form_notice: {error.args[0]}") from None
    return kb
