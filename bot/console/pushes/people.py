"""Whom something is sent to, as pages call them; and whose pushes who looks may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.robot import CHANNEL as ROBOT
from bot.console.visit import Visit
from bot.console.wording import CHANNEL
from bot.push.digests import robots_of
from bot.staff.counter.reach import Reach, everywhere, reach_of
from bot.staff.members import everyone
from storage.connection import AsyncConnection
from storage.staff import StaffRow

_TAIL, _LONG = 3, 8


@dataclass(frozen=True)
class People:
    """Staff by their senders' keys, and groups' robots by their targets."""

    members: Mapping[str, StaffRow]
    robots: frozenset[str]

    def name(self, target: str) -> str:
        """Staff and robots by name; of anybody else so much that one tells two apart."""
        channel, _, id_ = target.partition(":")
        if channel == ROBOT:
            return id_
        if target in self.members:
            return self.members[target].name
        tail = f"…{id_[-_TAIL:]}" if len(id_) >= _LONG else ""
        return f"{CHANNEL.get(channel, channel)}用户{tail}"

    @property
    def known(self) -> list[tuple[str, str]]:
        """Targets and names, people before robots."""
        names = [(sender, row.name) for sender, row in self.members.items()]
        return [*names, *((robot, self.name(robot)) for robot in sorted(self.robots))]

    def may_be_read(self, target: str, visit: Visit) -> bool:
        """Their own, and what is made for readers who see no more than who looks."""
        if target == visit.staff.sender:
            return True
        if visit.staff.role == "clerk":
            return False
        return self._reach(target, visit).bureaus <= visit.reach.bureaus

    def _reach(self, target: str, visit: Visit) -> Reach:
        member = self.members.get(target)
        return reach_of(member, visit.kb) if member else everywhere(visit.kb)


async def people_of(conn: AsyncConnection, visit: Visit) -> People:
    members = await everyone(conn, visit.console.provided.listed)
    robots = frozenset(robots_of(visit.console.settings))
    return People({row.sender: row for row in members}, robots)
