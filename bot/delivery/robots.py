"""The two group robots: WeCom 消息推送 and DingTalk 自定义机器人, which can only send.

Sources: WeCom doc path/91770 and path/99110; DingTalk open platform, custom robot. A robot's key
alone lets anybody post to its group and travels in the URL: neither URL, key, secret, sign nor
text is ever logged or put into a result, only the robot's name, errcode and exception type.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from asyncio import IncompleteReadError
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.delivery.outcome import Outcome, Refused, Retry, Sent, backoff

log = logging.getLogger(__name__)

RobotKind = Literal["wecom", "dingtalk"]
WECOM = "https://qyapi.weixin.qq.com"
DINGTALK = "https://oapi.dingtalk.com"
WECOM_MARKDOWN_BYTES = 4096
DINGTALK_BODY_BYTES = 20_000

_TIMEOUT = ClientTimeout(total=8)
_ANSWER_BYTES = 65_536
_TOO_FAST: Mapping[RobotKind, tuple[frozenset[int], timedelta]] = {
    "wecom": (frozenset({45009, 130101, 302033}), timedelta(minutes=1)),
    "dingtalk": (
        frozenset({130101, 302033, 90002, 90018, 90019}),
        timedelta(minutes=10),
    ),
}
_HOPELESS = frozenset({93000, 93004, 40058, 44004, 45002, 310000, 460101, 101002, 90030})
"""Robot gone, disabled or wrongly keyed; keyword, sign or address refused; text too long."""


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

    async def _post(self, robot: Robot, body: bytes, attempts: int) -> Outcome:
        path, query = self._address(robot)
        try:
            async with self._session.post(
                self._base[robot.kind] + path,
                params=query,
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                return self._judge(robot.kind, response.status, await _answer(response), attempts)
        except (ClientError, TimeoutError, OSError) as error:
            return Retry(backoff(attempts, self._jitter), type(error).__name__)

    def _address(self, robot: Robot) -> tuple[str, dict[str, str]]:
        if robot.kind == "wecom":
            return "/cgi-bin/webhook/send", {"key": robot.key}
        query = {"access_token": robot.key}
        if robot.secret:
            timestamp = str(int(self._clock().timestamp() * 1000))
            query |= {"timestamp": timestamp, "sign": dingtalk_sign(timestamp, robot.secret)}
        return "/robot/send", query

    def _judge(self, kind: RobotKind, status: int, errcode: int | None, attempts: int) -> Outcome:
        """By errcode, since both platforms answer their errors with status 200."""
        later = backoff(attempts, self._jitter)
        too_fast, pause = _TOO_FAST[kind]
        if status == 429 or errcode in too_fast:
            return Retry(pause, f"too fast, errcode {errcode}", all_wait=True)
        if status >= 500:
            return Retry(later, f"HTTP {status}")
        if status != 200:
            return Refused(f"HTTP {status}")
        if errcode == 0:
            return Sent()
        if errcode in _HOPELESS:
            return Refused(f"errcode {errcode}")
        return Retry(later, "no errcode" if errcode is None else f"errcode {errcode}")


def _body(kind: RobotKind, note: Note) -> bytes:
    content: dict[str, Any] = (
        {"content": note.text} if kind == "wecom" else {"title": note.title, "text": note.text}
    )
    return json.dumps({"msgtype": "markdown", "markdown": content}, ensure_ascii=False).encode()


def _too_long(kind: RobotKind, note: Note, body: bytes) -> bool:
    if kind == "wecom":
        return len(note.text.encode()) > WECOM_MARKDOWN_BYTES
    return len(body) > DINGTALK_BODY_BYTES


async def _answer(response: ClientResponse) -> int | None:
    """The errcode of the platform's JSON, or None where there is none to read."""
    try:
        raw = await response.content.readexactly(_ANSWER_BYTES)
    except IncompleteReadError as end:
        raw = end.partial
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    code = answer.get("errcode") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else None


def _told(outcome: Outcome) -> str:
    reason = "" if isinstance(outcome, Sent) else f" ({outcome.reason})"
    return type(outcome).__name__.lower() + reason
