"""What was sent to whom and when; of digests what they said, too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import get_args
from urllib.parse import urlencode

from pydantic import ValidationError

from bot.console.pushes.failed import shown
from bot.console.pushes.marked import marked
from bot.console.pushes.people import People, people_of
from bot.console.visit import Answer, Page, Visit
from bot.console.wanting import day_of
from bot.console.wording import CHANNEL, KIND, STATE
from bot.delivery.letters import from_json, kind_of
from storage import outbox
from storage.outbox import Sought, State, StoredMessage

_ON_A_PAGE = 50
OTHERS = "others"
"""Stands in the address for all who are neither staff nor robots."""
KINDS = ("digest", "reminder", "national", "handoff", "note", "reply", "talk")
_FIELDS = ("who", "kind", "channel", "state", "since", "until")


@dataclass(frozen=True, slots=True)
class Wanted:
    """As it stands in the address; what cannot be read is taken as not said."""

    who: str
    kind: str
    channel: str
    state: State | None
    since: date | None
    until: date | None
    before: int | None

    @property
    def chosen(self) -> dict[str, str]:
        told = {name: getattr(self, name) for name in _FIELDS}
        return {name: str(value) for name, value in told.items() if value}

    def sought(self, people: People, visit: Visit, regions: Collection[str] | None) -> Sought:
        known = [target for target, _ in people.known]
        zone, day = visit.now.tzinfo, timedelta(days=1)
        return Sought(
            kinds=[self.kind] if self.kind else None,
            targets=[self.who] if self.who and self.who != OTHERS else None,
            besides=known if self.who == OTHERS else (),
            channels=[self.channel] if self.channel else None,
            states=[self.state] if self.state else None,
            regions=regions,
            since=datetime.combine(self.since, time(), zone) if self.since else None,
            until=datetime.combine(self.until + day, time(), zone) if self.until else None,
            before=self.before,
        )


async def sent_list(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        wanted = _wanted({name: visit.asked(name) for name in (*_FIELDS, "before")}, people)
        sought = wanted.sought(people, visit, await visit.reach.outbox_regions(conn, visit.kb))
        found = await outbox.search(conn, sought, _ON_A_PAGE + 1)
    page = found[:_ON_A_PAGE]
    behind = {**wanted.chosen, "before": page[-1].id} if len(found) > _ON_A_PAGE else {}
    context = {
        "rows": [
            {**shown(one, people), "readable": _has_words(one.key, one.target, people, visit)}
            for one in page
        ],
        "wanted": wanted,
        "people": people.known,
        "kinds": KINDS,
        "states": STATE,
        "next": f"?{urlencode(behind)}" if behind else "",
    }
    return Page("pushes-sent.html", context)


async def sent_digest(visit: Visit) -> Answer:
    """Its words: digests hold no personal data, and who sees less than the reader is told none."""
    async with visit.transaction() as conn:
        people = await people_of(conn, visit)
        one = await outbox.find(conn, visit.number)
    if one is None or kind_of(one.key) != "digest" or one.error == outbox.ERASED:
        return Page("problem.html", {"status": 404}, 404)
    readable = people.may_be_read(one.target, visit)
    if not (readable and visit.reach.has_all(one.region, visit.kb)):
        return Page("refused.html", {"why": "region", "what": "这份简报"}, 403)
    context = {"one": shown(one, people), "words": _words(one)}
    return Page("digest-sent.html", context)


def _words(one: StoredMessage) -> object:
    """None where they cannot be read any more."""
    try:
        letter = from_json(one.payload or {})
    except ValidationError:
        return None
    return marked(letter.reply.plain, letter.markdown)


def _has_words(key: str, target: str, people: People, visit: Visit) -> bool:
    return kind_of(key) == "digest" and people.may_be_read(target, visit)


def _wanted(asked: Mapping[str, str], people: People) -> Wanted:
    known = {OTHERS, *(target for target, _ in people.known)}
    before = asked["before"]
    return Wanted(
        asked["who"] if asked["who"] in known else "",
        asked["kind"] if asked["kind"] in KINDS and asked["kind"] in KIND else "",
        asked["channel"] if asked["channel"] in CHANNEL else "",
        next((state for state in get_args(State) if state == asked["state"]), None),
        day_of(asked["since"]),
        day_of(asked["until"]),
        int(before) if before.isdecimal() and len(before) < 19 else None,
    )
