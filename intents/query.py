"""What a question asks, once it is understood: a query over typed facts. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from knowledge.lexicon import Aspect
from knowledge.model import Duty

Level = Literal["national", "local"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notices and clauses are meant. Every part that is given must be met by the answer.

    `notices`: ids, where one was named by number, title or alias. `level`: 国家局的 or 省里的.
    `labels`: clause or attachment labels. `task` is a task's number; `item` that of a task or of
    any numbered clause (第十五条). `months`, `days` (month, day): of the dates asked for.
    `absent`: a document that is named and is not there; nothing meets that.
    `today` and `home` (the asker's division, where it is known) ask for nothing, but decide which
    notices there are for the asker, and which of them go first.
    """

    notices: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    campaign: str | None = None
    level: Level | None = None
    labels: tuple[str, ...] = ()
    task: int | None = None
    item: int | None = None
    months: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    absent: str | None = None
    today: date | None = None
    home: str | None = None

    @property
    def pointed(self) -> bool:
        """Whether one clause or task is pointed at."""
        return bool(self.labels or self.task or self.item)

    @property
    def only_pointed(self) -> bool:
        """Whether a number is all that is said of the place: 任务8, in whatever notice."""
        return self.pointed and self.of_all_labels().empty

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing, whoever asks."""
        return not (
            self.notices
            or self.years
            or self.regions
            or self.campaign is not None
            or self.level is not None
            or self.labels
            or self.task is not None
            or self.item is not None
            or self.months
            or self.days
            or self.absent is not None
        )

    def of_all_labels(self) -> Scope:
        """The same notices, whatever clause or task of them is pointed at."""
        if not self.labels and self.task is None and self.item is None:
            return self
        return replace(self, labels=(), task=None, item=None)

    def asked_by(self, home: str | None) -> Scope:
        """The same, asked from that division."""
        return self if self.home == home else replace(self, home=home)

    def asked_on(self, today: date) -> Scope:
        """The same, asked on that day."""
        return self if self.today == today else replace(self, today=today)

    def loosened(
        self,
        notices: tuple[str, ...] = (),
        campaign: str | None = None,
        level: Level | None = None,
    ) -> Scope:
        """All that there is for the same asker, but for what is given here."""
        return Scope(
            notices=notices, campaign=campaign, level=level, today=self.today, home=self.home
        )


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is the message in the notices' words; `segments` what is left of it as its subject.

    `asks`: what is asked for, most telling first. `values` are (kind, word) of values that no
    typed fact holds; `outside` words of the wider field: both must stand in the answer itself.
    `rest` is `text` with a gap for each name that was found in it (but those of departments).
    `departments` and `duty` narrow lists. `measure` is the word after 多少 or 几: 家, 亿, 天.
    `continues`: it is worded as going on from what was said before. `weekday`: the day of the week
    of what it asks for is wanted. `dated`, `numbered`: it speaks of a date, or of a document's
    number. `ways` are how the ways look by which somebody is to be reached, as expressions.
    `sought` are the parts of the subject of which it is asked whether they are there.
    """

    text: str
    segments: tuple[str, ...] = ()
    asks: tuple[Aspect, ...] = ()
    scope: Scope = Scope()
    values: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    duty: Duty | None = None
    measure: str | None = None
    continues: bool = False
    rest: str = ""
    weekday: bool = False
    dated: bool = False
    numbered: bool = False
    ways: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()

    def of(self, scope: Scope) -> Query:
        """The same question of another scope."""
        return self if scope is self.scope else replace(self, scope=scope)

    @property
    def subject(self) -> str:
        return " ".join(self.segments)
