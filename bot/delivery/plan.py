"""What the settings say about the digest, in the types of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.platforms.robots import Robot
from bot.settings import RobotTarget, Settings
from bot.staff.schedule import Timetable


@dataclass(frozen=True, slots=True)
class Plan:
    """When the digest is made, to which robots it goes, and whether also when it says nothing."""

    table: Timetable
    robots: Sequence[Robot]
    empty: bool = False


def plan_of(settings: Settings) -> Plan:
    """The settings' timetable (each day, if they name none) and robots."""
    digest = settings.digest
    days = frozenset(digest.weekdays) or frozenset(range(1, 8))
    table = Timetable(time.fromisoformat(digest.at), days, settings.zone)
    return Plan(table, [_robot(target) for target in digest.targets], digest.empty)


def scheduled(settings: Settings) -> bool:
    """Whether digests go out by themselves."""
    return bool(settings.digest.targets and settings.digest.weekdays)


def _robot(target: RobotTarget) -> Robot:
    key = target.key or target.access_token
    assert key is not None, "checked by the settings"
    secret = target.secret.get_secret_value() if target.secret else None
    return Robot(target.name, target.kind, key.get_secret_value(), secret)
