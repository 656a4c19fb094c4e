"""All notices in short, for lists: searched and filtered without a look at their texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.inforce import Standing, standings
from knowledge.model import Notice
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase

STANDING: Mapping[Standing, str] = {
    "in force": "有效",
    "to come": "未发布",
    "over": "已到期",
    "superseded": "已被替代",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty where all are."""

    words: str = ""
    stands: str = ""
    region: str = ""
    year: str = ""


@dataclass(frozen=True)
class Shelf:
    """`words` are what each notice is found by, in the order of `notices`, newest first."""

    notices: Sequence[Notice]
    words: Sequence[str]
    regions: Sequence[str]
    years: Sequence[int]
    replaced: Mapping[str, Sequence[Notice]]
    """By the id of a notice those that it takes the place of."""
    by_number: Mapping[str, Notice]

    def found(
        self, wanted: Wanted, kb: KnowledgeBase, today: date
    ) -> list[tuple[Notice, Standing]]:
        stands = standings(kb, today)
        words = [normalise(word) for word in wanted.words.split()]
        return [
            (notice, stands[notice.id])
            for notice, held in zip(self.notices, self.words, strict=True)
            if (not wanted.region or notice.region == wanted.region)
            and (not wanted.year or str(year_of(notice)) == wanted.year)
            and all(word in held for word in words)
            and (not wanted.stands or stands[notice.id] == wanted.stands)
        ]


@lru_cache(maxsize=2)
def shelf_of(kb: KnowledgeBase) -> Shelf:
    replaced: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in kb.notices:
        if notice.superseded_by:
            replaced[notice.superseded_by].append(notice)
    return Shelf(
        kb.notices,
        [_words(notice) for notice in kb.notices],
        sorted(
            {notice.region for notice in kb.notices}, key=lambda region: (region != "全国", region)
        ),
        sorted({y for notice in kb.notices if (y := year_of(notice))}, reverse=True),
        replaced,
        {notice.doc_number: notice for notice in kb.notices if notice.doc_number},
    )


def year_of(notice: Notice) -> int | None:
    return notice.year or (notice.issued.year if notice.issued else None)


def _words(notice: Notice) -> str:
    told = (notice.title, notice.short, *notice.aliases, notice.doc_number, notice.issuer)
    return "\n".join(normalise(text) for text in (*told, notice.campaign, notice.id) if text)
