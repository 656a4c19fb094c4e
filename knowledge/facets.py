"""Where to look: what a question says of notices, as a first sieve before anything is scored.

It may let through too much and never too little; who asks looks at what is let through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.units import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Where:
    """Each part that is given must be met; `kinds` empty: units of any kind.

    `notices` are ids. A notice is of a year that it has or that one of its units speaks of, and
    of a campaign in the same way. It is of a region that lies around the place. `today` and
    `home` leave out what is not issued yet and what is for other places.
    """

    kinds: tuple[UnitKind, ...] = ()
    notices: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    campaign: str | None = None
    today: date | None = None
    home: str | None = None


ANYWHERE = Where()


class Facets:
    """The units of a snapshot by where they stand."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    def units(self, where: Where) -> Iterator[Unit]:
        """In the order of the notices."""
        for unit in self._units:
            if (not where.kinds or unit.kind in where.kinds) and (
                not where.notices or unit.notice.id in where.notices
            ):
                yield unit
