"""Which digests went when, and to how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlencode

from bot.console import browser
from bot.console.wanting import day_of
from storage.outbox import Sending

Which = Literal["daily", "weekly", "extra"]


@dataclass(frozen=True, slots=True)
class Gone:
    """One period's digest, of all who get it; a reader counts once, however long theirs was.

    `at` is when the last of it was settled, or is to be tried next.
    """

    which: Which
    day: date
    at: datetime
    sent: int
    waiting: int
    failed: int

    @property
    def path(self) -> str:
        """Those of that day: what waits over midnight stands in the next day's list."""
        chosen = {"kind": "digest", "since": self.day.isoformat()}
        return f"{browser.PATH}/pushes/sent?{urlencode(chosen)}"


def last_digests(found: Sequence[Sending], most: int) -> list[Gone]:
    """The newest first."""
    runs: dict[tuple[Which, date], list[Sending]] = {}
    for one in found:
        if (run := _run(one.key)) is not None:
            runs.setdefault(run, []).append(one)
    gone = [_gone(which, day, of) for (which, day), of in runs.items()]
    return sorted(gone, key=lambda one: (one.day, one.at), reverse=True)[:most]


def _gone(which: Which, day: date, of: Sequence[Sending]) -> Gone:
    readers = {one.target for one in of}
    failed = {one.target for one in of if one.state == "dead"}
    waiting = {one.target for one in of if one.state == "waiting"} - failed
    sent = len(readers - failed - waiting)
    return Gone(which, day, max(one.due for one in of), sent, len(waiting), len(failed))


def _run(key: str) -> tuple[Which, date] | None:
    """As `bot.push.digests` names them; None for what is named otherwise."""
    _, which, rest = [*key.split(":", 2), "", ""][:3]
    if which in ("daily", "weekly"):
        day = day_of(rest[:10])
        return (_WHICH[which], day) if day else None
    day = day_of(which[:10])
    return ("extra", day) if day else None


_WHICH: dict[str, Which] = {"daily": "daily", "weekly": "weekly"}
