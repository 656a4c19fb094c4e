"""One connection to 智能机器人's WebSocket (W101463): frames `{cmd, headers: {req_id}, body}`.

Whatever we send is answered by a frame with its req_id and an errcode. What people say comes once,
and is never sent again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from uuid import uuid4

from aiohttp import ClientWebSocketResponse, WSMsgType

from bot.channels.envelope import Rejected
from bot.channels.objects import Object, json_object, object_of, text_of
from bot.platforms.calls import Answer, Unreachable

log = logging.getLogger(__name__)

SUBSCRIBE = "aibot_subscribe"
PING = "ping"
MESSAGE = "aibot_msg_callback"
EVENT = "aibot_event_callback"
RESPOND = "aibot_respond_msg"
WELCOME = "aibot_respond_welcome_msg"
UPDATE = "aibot_respond_update_msg"
SEND = "aibot_send_msg"

_ANSWER_SECONDS = 8.0

Hear = Callable[[str, Object], Awaitable[None]]
"""Takes the req_id and the body of what somebody said. It raises Rejected."""


class Link:
    """`idle`: seconds without a frame after which it counts as dead; pings bring one every 30 s.

    `useful` tells that people were heard, `ousted` that another client has taken over.
    """

    def __init__(self, socket: ClientWebSocketResponse, hear: Hear, idle: float) -> None:
        self._socket = socket
        self._hear = hear
        self._idle = idle
        self._asked: dict[str, asyncio.Future[Answer]] = {}
        self.useful = False
        self.ousted = False

    async def listen(self) -> None:
        """Until it ends. Raises TimeoutError where it had nothing to say for too long."""
        try:
            while not self.ousted:
                said = await self._socket.receive(timeout=self._idle)
                if said.type is not WSMsgType.TEXT:
                    return
                try:
                    await self._take(json_object(said.data))
                except Rejected as rejected:
                    log.warning("aibot: frame refused: %s", rejected.reason)
        finally:
            for asked in self._asked.values():
                asked.cancel()

    async def subscribe(self, bot_id: str, secret: str) -> Answer:
        """Raises Unreachable."""
        return await self.call(SUBSCRIBE, new_id(SUBSCRIBE), {"bot_id": bot_id, "secret": secret})

    async def ping(self) -> None:
        """Raises Unreachable."""
        await self._send(PING, new_id(PING), {})

    async def call(self, cmd: str, req_id: str, body: Object) -> Answer:
        """One at a time for a req_id. Raises Unreachable: it may have taken effect all the same."""
        asked: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[req_id] = asked
        try:
            await self._send(cmd, req_id, body)
            done, _ = await asyncio.wait([asked], timeout=_ANSWER_SECONDS)
            if not done or asked.cancelled():
                raise Unreachable("no answer" if not done else "the link has ended")
            return asked.result()
        finally:
            del self._asked[req_id]

    async def close(self) -> None:
        await self._socket.close()

    async def _send(self, cmd: str, req_id: str, body: Object) -> None:
        frame = {"cmd": cmd, "headers": {"req_id": req_id}, **({"body": body} if body else {})}
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        except (ConnectionError, RuntimeError) as error:
            raise Unreachable(type(error).__name__) from None

    async def _take(self, frame: Object) -> None:
        req_id = text_of(object_of(frame, "headers"), "req_id")
        body = object_of(frame, "body")
        match frame.get("cmd"):
            case "aibot_event_callback" if _is_ousting(body):
                self.ousted = True
            case "aibot_msg_callback" | "aibot_event_callback":
                self.useful = True
                await self._hear(req_id, body)
            case _:
                asked = self._asked.get(req_id)
                if asked is not None and not asked.done():
                    asked.set_result(Answer(200, frame))


def new_id(cmd: str) -> str:
    return f"{cmd}_{uuid4().hex}"


def _is_ousting(body: Object) -> bool:
    return object_of(body, "event").get("eventtype") == "disconnected_event"
