"""What the forms are made of: demands and what was done about them, as they are reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.bureaus import Bureau
from storage.life import Status, Step

REPORTED: frozenset[Status] = frozenset({"submitted", "accepted", "returned", "matched", "closed"})
"""What an enterprise has handed in and not called off."""

Value = str | bool | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken. `by` is who, by name; `why` what was said with it, "" for nothing."""

    step: Step
    day: date
    by: str
    why: str = ""
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One demand. `day` is when it was first handed in; `bureau` the short name of who serves it,
    "" where that is not known; `fields` are the values by the names of the form's slots."""

    id: int
    notice: str
    bureau: str
    status: Status
    day: date
    fields: Mapping[str, Value]
    national: bool = False
    steps: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An activity that staff recorded: 开展形式, 开展次数, 惠企数量, 其他成效."""

    task: str
    form: str
    times: int
    enterprises: int
    other: str
    bureau: str
    day: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the notices did not answer; `answered` is the day of staff's answer."""

    id: int
    text: str
    day: date
    answered: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is reported on. `bureau` hands it in (None: all bureaus, nobody named); `since` and
    `until` are days, both included, None where there is no bound. `together`: of several bureaus.
    """

    bureau: Bureau | None = None
    since: date | None = None
    until: date | None = None
    together: bool = False


def within(day: date, scope: Scope) -> bool:
    return (scope.since is None or scope.since <= day) and (
        scope.until is None or day <= scope.until
    )


def count(entries: Collection[Entry], *statuses: Status) -> int:
    return sum(entry.status in statuses for entry in entries)
