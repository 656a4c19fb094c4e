"""DingTalk by HTTP: a robot message as a POST to us (developerpedia, HTTP 模式).

The header's sign is made of time and secret alone: who has seen one may send any body with it for
an hour. So the body must be for our robot and answer to DingTalk's own address; each message is
taken once; and with an AES key no body but an encrypted one is read.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bot.channels.callbacks import body_of, log_answered, refused
from bot.channels.connection import TakesMessages
from bot.channels.dingtalk.messages import NAME, Robot, decode
from bot.channels.envelope import (
    MAX_BODY,
    MILLISECONDS,
    Reason,
    Rejected,
    Stamp,
    check,
    opened,
)
from bot.channels.keys import cipher_of
from bot.channels.objects import Object, json_object, text_of
from bot.http import LOGGED
from bot.message import Message
from bot.platforms.robots import dingtalk_sign
from knowledge.late import late

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher

OLD_MS = 3_600_000
EARLY_MS = 300_000
"""How old a header's timestamp may be (documented), and how far ahead of our clock."""

_TIMESTAMP = late(r"[0-9]{13}")


@dataclass(frozen=True, slots=True)
class Guard:
    """What tells DingTalk's callbacks from others'. `cipher` opens bodies, `token` signs them."""

    secret: str = field(repr=False)
    cipher: WeChatCipher | None = field(repr=False)
    token: str | None = field(repr=False)

    @classmethod
    def of(cls, secret: str, key: str | None, token: str | None) -> Self:
        """Raises ValueError."""
        return cls(secret, cipher_of(key) if key else None, token)

    def check(self, headers: Mapping[str, str], now: datetime) -> None:
        """Raises Rejected."""
        timestamp, sign = headers.get("timestamp", ""), headers.get("sign", "")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise Rejected(Reason.SHAPE)
        expected = dingtalk_sign(timestamp, self.secret)
        if not hmac.compare_digest(expected.encode(), sign.encode(errors="replace")):
            raise Rejected(Reason.SIGNATURE)
        if not -EARLY_MS <= now.timestamp() * 1000 - int(timestamp) <= OLD_MS:
            raise Rejected(Reason.STALE)

    def read(self, query: Mapping[str, str], body: bytes, now: datetime) -> Object:
        """What the body says. Raises Rejected."""
        if len(body) > MAX_BODY:
            raise Rejected(Reason.SIZE)
        data = json_object(body)
        if self.cipher is None:
            return data
        ciphertext = text_of(data, "encrypt")
        if set(data) != {"encrypt"} or not ciphertext:
            raise Rejected(Reason.ENVELOPE)
        self._check_query(query, ciphertext, now)
        # What follows the message in the plaintext is not documented for robots.
        return json_object(opened(ciphertext, [self.cipher], None).text)

    def _check_query(self, query: Mapping[str, str], ciphertext: str, now: datetime) -> None:
        """Events are signed in the query; whether robot messages are is not documented."""
        names = [name for name in ("msg_signature", "signature") if name in query]
        if self.token and names:
            check(ciphertext, Stamp.of(query, names[0]), self.token, now, digits=MILLISECONDS)


class Callback:
    def __init__(
        self, guard: Guard, robot: Robot, desk: TakesMessages, clock: Callable[[], datetime]
    ) -> None:
        self._guard = guard
        self._robot = robot
        self._desk = desk
        self._clock = clock

    async def receive(self, request: web.Request) -> web.Response:
        """Taken before it is answered; the reply goes by the outbox."""
        try:
            message = self._decoded(request, await body_of(request))
        except Rejected as rejected:
            return refused(NAME, request, rejected)
        request[LOGGED] = True
        started = time.perf_counter()
        answer = await self._desk.take(message)
        log_answered(message, answer.reply, time.perf_counter() - started)
        return web.json_response({})

    def _decoded(self, request: web.Request, body: bytes) -> Message:
        now = self._clock()
        self._guard.check(request.headers, now)
        message = decode(self._guard.read(request.query, body, now), self._robot, now)
        if message.route is None or "session_webhook" not in message.route.via:
            raise Rejected(Reason.RECEIVER)
        return message
