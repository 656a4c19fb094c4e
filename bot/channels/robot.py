"""Group robots, which can only send: the digest and what staff of a group should know at once.

At most 20 messages a minute (WeCom path/99110, DingTalk alike).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.channels.connection import Connection, House
from bot.channels.markdown import as_markdown
from bot.delivery.courier import Parcel, Rate
from bot.delivery.letters import Letter
from bot.delivery.outcome import Outcome, Retry
from bot.platforms.robots import Note, Robot, Robots
from bot.settings import HostsSettings, RobotTarget

CHANNEL = "robot"

_UNKNOWN = Retry(timedelta(minutes=10), "no such robot in the settings")
_TITLE = "知行"


def target_of(name: str) -> str:
    """The outbox's target that the robot of this name is."""
    return f"{CHANNEL}:{name}"


class RobotCourier:
    """To each robot by its name; one that the settings do not name yet may be there later."""

    channel = CHANNEL
    rates = (Rate(20, timedelta(minutes=1)),)
    windowed = False

    def __init__(self, robots: Iterable[Robot], client: Robots) -> None:
        self._robots = {target_of(robot.name): robot for robot in robots}
        self._client = client

    async def deliver(self, parcel: Parcel) -> Outcome:
        robot = self._robots.get(parcel.target)
        if robot is None:
            return _UNKNOWN
        return await self._client.send(robot, _note(robot, parcel.letter), parcel.attempts)


def connect(targets: Iterable[RobotTarget], hosts: HostsSettings, house: House) -> Connection:
    client = Robots(
        house.session,
        clock=house.clock,
        jitter=house.jitter,
        wecom=hosts.wecom,
        dingtalk=hosts.dingtalk_robot,
    )
    robots = [robot_of(target) for target in targets]
    return Connection(CHANNEL, couriers=(RobotCourier(robots, client),))


def robot_of(target: RobotTarget) -> Robot:
    key = target.key or target.access_token
    assert key is not None, "checked by the settings"
    secret = target.secret.get_secret_value() if target.secret else None
    return Robot(target.name, target.kind, key.get_secret_value(), secret)


def _note(robot: Robot, letter: Letter) -> Note:
    """What is plain is made such that the group reads it as it is."""
    plain = letter.reply.plain
    newline = "\n\n" if robot.kind == "dingtalk" else "\n"
    text = plain if letter.markdown else as_markdown(plain, newline)
    return Note(letter.title or _TITLE, text)
