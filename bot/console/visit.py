"""One request to the console, by whom; and the page that is the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from bot.care.state import Looking
from bot.console.asked.grouping import Group, OpenGroups
from bot.console.counted import Counted
from bot.console.drafts.shared import Reports
from bot.console.ledger import Ledger
from bot.console.talks.watch import Watch
from bot.console.trying.bases import Bases
from bot.current import Current
from bot.limits.addresses import caller_of
from bot.platforms.wecom_login import WeComLogin
from bot.settings import Settings
from bot.staff.counter.provided import Provided
from bot.staff.counter.reach import Reach, reach_of
from bot.staff.counter.serving import Serving
from knowledge.snapshot import KnowledgeBase
from storage.accounts import AccountRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.keys import storable
from storage.staff import Role, StaffRow

LONGEST = 4_000
"""Characters of anything that is typed into a form."""
LONGEST_FILE = 300_000
"""Of what is typed where a whole file is: twice the longest that there is."""

_RANK: Mapping[Role, int] = {"clerk": 0, "head": 1, "admin": 2}


def is_at_least(role: Role, least: Role) -> bool:
    return _RANK[role] >= _RANK[least]


@dataclass(frozen=True)
class Console:
    """What all pages share. `looking` tells how the house stands; `talks` what is new in
    them; `reports` of drafts are worked out for all workers; `wake` lets the outbox look for what
    is new; `wecom` is asked who somebody is, where the settings want it."""

    db: Database
    current: Current
    clock: Callable[[], datetime]
    settings: Settings
    provided: Provided
    ledger: Ledger
    looking: Looking
    talks: Watch
    reports: Reports
    wake: Callable[[], None] = lambda: None
    wecom: WeComLogin | None = None
    bases: Bases = field(default_factory=Bases)
    groups: OpenGroups = field(default_factory=OpenGroups)
    counted: Counted = field(default_factory=Counted)


@dataclass(frozen=True, slots=True)
class Who:
    """`waiting` is how many want a person, by where they are from."""

    account: AccountRow
    staff: StaffRow
    waiting: Mapping[str | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Look there: after a change, so that a reload repeats nothing. `token` is the browser's from
    then on, where it changes."""

    path: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was posted, by the name that the browser gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Data:
    """For a script of ours, as JSON."""

    values: Any
    status: int = 200


@dataclass(frozen=True, slots=True)
class Stream:
    """What comes bit by bit: `run` sends it as the request's answer, which it gives back."""

    run: Callable[[web.Request], Awaitable[web.StreamResponse]]


Answer = Page | Elsewhere | File | Data
Shown = Answer | Stream


@dataclass(frozen=True)
class Visit:
    """`form` is what was posted, without what is neither seen nor held by a database."""

    request: web.Request
    console: Console
    member: Who | None
    token: str
    form: Mapping[str, str] = field(default_factory=dict)
    picked: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()

    @cached_property
    def now(self) -> datetime:
        return self.console.clock()

    @cached_property
    def kb(self) -> KnowledgeBase:
        return self.console.current.kb

    @property
    def who(self) -> Who:
        """Whoever is let in to a page that is not everybody's."""
        assert self.member is not None
        return self.member

    @property
    def staff(self) -> StaffRow:
        return self.who.staff

    @cached_property
    def reach(self) -> Reach:
        return reach_of(self.staff, self.kb)

    @property
    def query(self) -> MultiMapping[str]:
        return self.request.query

    def asked(self, name: str) -> str:
        """A value of the address, fit to be looked for."""
        return storable(self.query.get(name, ""))[:LONGEST].strip()

    @property
    def address(self) -> str:
        """Where the browser is, as a proxy that is believed says, if there is one."""
        proxies = self.console.settings.limits.proxies
        return caller_of(self.request, proxies) or self.request.remote or ""

    @property
    def number(self) -> int:
        """The one in the path: at most nine digits, which its pattern sees to."""
        return int(self.request.match_info["number"])

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self.console.db.transaction() as conn:
            yield conn

    async def open_groups(self) -> list[Group]:
        """Of the open questions that they may see. No transaction may be open."""
        return await self.console.groups.of(self.console.db, self.reach, self.kb)

    def serving(self, conn: AsyncConnection) -> Serving:
        """The counter, at which chat and console are served alike."""
        return Serving(conn, self.kb, self.staff, self.now, self.console.provided)
