"""What is in force: how a notice stands to a day, and which of a campaign's notices to a place.

Pure: the day and the place come in. A place is a division's full name, or None where nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from knowledge.model import Kind, Notice, Period
from knowledge.regions import NATION, Regions
from knowledge.snapshot import KnowledgeBase

Standing = Literal["to come", "in force", "over", "superseded"]
"""Not issued yet | holds | all that it set dates for is past | another notice has replaced it."""

# Rules of these kinds hold until they are replaced or their own `effective_to` comes.
_LASTING: tuple[Kind, ...] = ("指导意见", "办法")
_FIRST: tuple[Standing, ...] = ("to come", "superseded", "over", "in force")
_EVERY = re.compile("每[年月季周]|每半年|常年|长期")
_EARLY = 10
_YEARS = re.compile(r"(20\d\d)(?:年?[-—–~～至到]+(20\d\d))?(?=年|[）)])")


def standing(notice: Notice, today: date, successor: Notice | None = None) -> Standing:
    """How the notice stands to `today`; `successor` is the notice that `superseded_by` names.

    It is superseded from the day on which its successor is there (also one that is not in the
    knowledge base).
    """
    if is_to_come(notice, today):
        return "to come"
    replaced = successor is None or not is_to_come(successor, today)
    if notice.superseded_by and replaced:
        return "superseded"
    last = last_day(notice)
    return "over" if last is not None and last < today else "in force"


def standing_in(kb: KnowledgeBase, notice: Notice, today: date) -> Standing:
    """`standing` of a notice of the snapshot."""
    return standings(kb, today)[notice.id]


class _Standings(dict[str, Standing]):
    """`standing` of a snapshot's notices by id, each worked out when it is first asked for."""

    def __init__(self, kb: KnowledgeBase, today: date) -> None:
        super().__init__()
        self._kb, self._today = kb, today

    def __missing__(self, notice_id: str) -> Standing:
        notice = self._kb.notice(notice_id)
        successor = self._kb.get(notice.superseded_by or "")
        stands = self[notice_id] = standing(notice, self._today, successor)
        return stands


@lru_cache(maxsize=4)
def standings(kb: KnowledgeBase, today: date) -> Mapping[str, Standing]:
    """`standing` of every notice of the snapshot, by id."""
    return _Standings(kb, today)


def successor_of(notice: Notice, by_id: Mapping[str, Notice]) -> Notice | None:
    return by_id.get(notice.superseded_by) if notice.superseded_by else None


def is_issued(notice: Notice, today: date) -> bool:
    """Whether it is there at all; a notice that does not say when it was issued is."""
    return notice.issued is None or notice.issued <= today


def is_to_come(notice: Notice, today: date) -> bool:
    """Issued after `today`; of a notice without a date of issue, of a later year."""
    if notice.issued is not None:
        return notice.issued > today
    return notice.year is not None and notice.year > today.year


def last_day(notice: Notice) -> date | None:
    """The last day that the notice sets a date for: the end of its effect or of what it dates.

    A report that is due after the campaign's end still counts. Without any date, a notice of a
    year (its title says which) lasts until that year ends. None: it holds until it is replaced,
    as opinions and measures do, and what has to be done every year.
    """
    if any(_EVERY.search(d.words) for d in notice.deadlines):
        return None
    if notice.kind in _LASTING:
        return notice.effective_to
    dated = [d.due for d in notice.deadlines]
    dated += [end_of(p) or p.start for p in notice.periods]
    dated += [t.completion.due for t in notice.tasks if t.completion]
    dates = [d for d in (notice.effective_to, *dated) if d is not None]
    return max(dates, default=None) or _end_of_year(notice)


def end_of(period: Period) -> date | None:
    """The last day of a period; 初 is the first third of a month (上旬)."""
    if period.end is None and period.precision == "month-start" and period.start:
        return period.start.replace(day=_EARLY)
    return period.end


def _end_of_year(notice: Notice) -> date | None:
    """Of the last year that the title names, unless the notice was issued after it."""
    years = [int(m[2] or m[1]) for m in _YEARS.finditer(notice.title)]
    if not years or (notice.issued and notice.issued.year > max(years)):
        return None
    return date(max(years), 12, 31)


def serves(region: str, place: str | None, regions: Regions) -> bool:
    """Whether a notice of `region` may answer somebody of `place`: it is the nation's, of the
    place or what that lies in, or of a part of it. Who is from nowhere known may be from there."""
    if region == NATION or place is None:
        return True
    return region in regions.lineage(place) or place in regions.lineage(region)


@lru_cache(maxsize=256)
def outdone(
    kb: KnowledgeBase, today: date, place: str | None, year: int | None, local: bool
) -> Container[str]:
    """Ids of the notices for which another one of their campaign answers today, or a successor.

    What is in force goes before what is not, and the newest before older ones. Of those in force,
    the narrowest division that `place` lies in goes first; the nation's where no place is known.
    `year` compares the notices of this year alone, `local` those of the place's own divisions.
    """
    return _Outdone(kb, today, place, year, local)


class _Outdone(Container[str]):
    """The notices of a campaign are compared when one of them is first asked for."""

    def __init__(
        self, kb: KnowledgeBase, today: date, place: str | None, year: int | None, local: bool
    ) -> None:
        self._kb, self._today, self._year = kb, today, year
        lineage = kb.regions.lineage(place) if place else ()
        self._lineage = tuple(d for d in lineage if not (local and d == NATION))
        self._of_campaign: dict[str, frozenset[str]] = {}

    def __contains__(self, notice_id: object) -> bool:
        notice = self._kb.notice(str(notice_id))
        if standing_in(self._kb, notice, self._today) == "superseded":
            return True
        campaign = notice.campaign
        if campaign is None:
            return False
        if campaign not in self._of_campaign:
            self._of_campaign[campaign] = self._compared(campaign)
        return notice.id in self._of_campaign[campaign]

    def _compared(self, campaign: str) -> frozenset[str]:
        """Those of the campaign behind one of their own region, or one that answers the place."""
        group = [
            n
            for n in self._kb.of_campaign(campaign)
            if self._year in (None, n.year) and is_issued(n, self._today)
        ]
        ranks = {n.id: _rank(n, self._kb, self._today, self._lineage) for n in group}
        best: dict[str, tuple[int, ...]] = {}
        for n in group:
            best[n.region] = max(best.get(n.region, ()), ranks[n.id])
        answering = max((best.get(d, ()) for d in self._lineage or (NATION,)), default=())
        return frozenset(n.id for n in group if max(answering, best[n.region]) > ranks[n.id])


def _rank(
    notice: Notice, kb: KnowledgeBase, today: date, lineage: tuple[str, ...]
) -> tuple[int, int, int, int]:
    """How it stands, how near, of which year, and how near again: the higher goes first."""
    stands = standing_in(kb, notice, today)
    in_force = stands == "in force"
    near = -lineage.index(notice.region) if notice.region in lineage else -len(lineage) - 1
    if not lineage:
        near = int(notice.region == NATION)
    return (_FIRST.index(stands), near if in_force else 0, notice.year or 0, near)
