"""What the checks look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Patient:
    """`file` is the settings file that was read, None where there is none."""

    settings: Settings
    session: ClientSession
    clock: Callable[[], datetime]
    file: Path | None = None
