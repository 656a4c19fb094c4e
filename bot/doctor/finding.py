"""What a check has found: one line each, in Chinese, for whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from intents.wording import doctor as say

Level = Literal["ok", "hint", "bad"]

_SIGNS: dict[Level, str] = {"ok": "✓", "hint": "!", "bad": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` names the part; `what` holds no secret; `mend` says what to do about it."""

    level: Level
    where: str
    what: str
    mend: str = ""

    @property
    def line(self) -> str:
        return f"{_SIGNS[self.level]} {self.where}：{say.told(self.what, self.mend)}"


def ok(where: str, what: str) -> Finding:
    return Finding("ok", where, what)


def hint(where: str, what: str, mend: str) -> Finding:
    return Finding("hint", where, what, mend)


def bad(where: str, what: str, mend: str) -> Finding:
    return Finding("bad", where, what, mend)
