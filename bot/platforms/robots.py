"""The two group robots: WeCom 消息推送 and DingTalk 自定义机器人, which can only send.

Sources: WeCom doc path/91770 and path/99110; DingTalk open platform, custom robot. A robot's key
alone lets anybody post to its group and travels in the URL: neither URL, key, secret, sign nor
text is ever logged or put into a result, only the robot's name, errcode and exception type.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aiohttp import ClientSession

from bot.delivery.outcome import Outcome, Refused, Sent, backoff
from bot.platforms.calls import Json, call, encoded
from bot.platforms.judging import DINGTALK_ROBOT, WECOM_ROBOT, Codes, attempted, by_errcode

log = logging.getLogger(__name__)

RobotKind = Literal["wecom", "dingtalk"]
WECOM = "https://qyapi.weixin.qq.com"
DINGTALK = "https://oapi.dingtalk.com"
WECOM_MARKDOWN_BYTES = 4096
DINGTALK_BODY_BYTES = 20_000

_CODES: Mapping[RobotKind, Codes] = {"wecom": WECOM_ROBOT, "dingtalk": DINGTALK_ROBOT}


@dataclass(frozen=True, slots=True)
class Robot:
    """A group's robot. `secret` signs DingTalk's requests; WeCom has none."""

    name: str
    kind: RobotKind
    key: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A markdown text; `title` is what DingTalk shows in its list of chats."""

    title: str
    text: str


def dingtalk_sign(timestamp_ms: str, secret: str) -> str:
    """Base64 HMAC-SHA256 of timestamp and secret, not yet URL-encoded."""
    said = f"{timestamp_ms}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()


class Robots:
    """Sends one note to one robot, and says as a value what became of it. Raises nothing of HTTP.

    `session` belongs to the caller. `clock` gives the time that DingTalk's sign carries (it takes
    an hour of difference). A send that timed out may have arrived: the retry makes it twice.
    """

    def __init__(
        self,
        session: ClientSession,
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        wecom: str = WECOM,
        dingtalk: str = DINGTALK,
    ) -> None:
        self._session = session
        self._clock = clock
        self._jitter = jitter
        self._base: Mapping[RobotKind, str] = {"wecom": wecom, "dingtalk": dingtalk}

    async def send(self, robot: Robot, note: Note, attempts: int = 1) -> Outcome:
        """`attempts` counts this one, from 1."""
        body = _body(robot.kind, note)
        outcome = (
            Refused("too long for the platform")
            if _too_long(robot.kind, note, body)
            else await self._post(robot, body, attempts)
        )
        log.info("robot %s: %s", robot.name, _told(outcome))
        return outcome

    async def _post(self, robot: Robot, body: Json, attempts: int) -> Outcome:
        path, query = self._address(robot)
        later = backoff(attempts, self._jitter)
        calling = call(self._session, "POST", self._base[robot.kind] + path, query=query, body=body)
        codes = _CODES[robot.kind]
        return await attempted(calling, lambda answer: by_errcode(answer, codes, later), later)

    def _address(self, robot: Robot) -> tuple[str, dict[str, str]]:
        if robot.kind == "wecom":
            return "/cgi-bin/webhook/send", {"key": robot.key}
        query = {"access_token": robot.key}
        if robot.secret:
            timestamp = str(int(self._clock().timestamp() * 1000))
            query |= {"timestamp": timestamp, "sign": dingtalk_sign(timestamp, robot.secret)}
        return "/robot/send", query


def _body(kind: RobotKind, note: Note) -> Json:
    content = (
        {"content": note.text} if kind == "wecom" else {"title": note.title, "text": note.text}
    )
    return {"msgtype": "markdown", "markdown": content}


def _too_long(kind: RobotKind, note: Note, body: Json) -> bool:
    if kind == "wecom":
        return len(note.text.encode(errors="replace")) > WECOM_MARKDOWN_BYTES
    return len(encoded(body)) > DINGTALK_BODY_BYTES


def _told(outcome: Outcome) -> str:
    reason = "" if isinstance(outcome, Sent) else f" ({outcome.reason})"
    return type(outcome).__name__.lower() + reason
