"""智能机器人 over its WebSocket (W101463): one connection a bot, frames `{cmd, headers, body}`.

aibot_subscribe first; a second subscriber takes over, and the first hears disconnected_event and
is closed. What may be said then: see `aibot_talk`. The errcode of a wrong secret is not documented
(40001 here).
"""

from __future__ import annotations

import itertools

from aiohttp import web

from tests.platform.aibot_talk import INVALID, INVALID_REQ_ID, OK, Asked, Talk, Verdict
from tests.platform.loopback import Clock, Json, Loopback, json_object, shaped
from tests.platform.wire import Wire

BOT_ID = "aibYxxxxxxxxxxxxxxxxxxxxxxxxxx"
SECRET = "a-secret-of-the-aibot"
USER = "zhangsan"
GROUP = "wrkSFfCgAAxxxxxxxxxxxxxxxxxxxxxx"


class AiBot(Loopback):
    """`talk.bubbles`: streams in order; a finished one is in `arrived` too.

    `frames`: what the client sent, `codes` each errcode that it got. `lost`: what found no
    connection, which is never sent again. `links`: connections, subscribed or not. With `silent`
    they stay open, but nothing is answered and nothing comes.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.talk = Talk(clock, self.arrive)
        self.wire: Wire | None = None
        self.frames: list[Json] = []
        self.codes: list[int] = []
        self.lost: list[Json] = []
        self.subscriptions = self.pings = self.links = 0
        self.silent = False
        self._refusals: list[tuple[str, Verdict]] = []
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/", self._connect)

    @property
    def url(self) -> str:
        return self.base.replace("http://", "ws://", 1) + "/"

    async def connected(self, subscriptions: int = 1) -> None:
        """Waits for that many subscriptions in all, the last of which is alive."""
        await self.until(lambda: self.subscriptions >= subscriptions and self.wire is not None)

    async def says(self, text: str, user: str = USER, *, group: str = "") -> Asked:
        return await self.sends("text", {"content": text}, user, group=group)

    async def sends(self, kind: str, content: Json, user: str = USER, *, group: str = "") -> Asked:
        """Any message: `("voice", {"content": "transcript"})`, `("mixed", {"msg_item": […]})`."""
        return await self._push("aibot_msg_callback", kind, {kind: content}, user, group)

    async def enters(self, user: str = USER) -> Asked:
        """The user opens the chat for the first time that day."""
        return await self.event({"eventtype": "enter_chat"}, user)

    async def presses(self, key: str, task_id: str, user: str = USER, *, group: str = "") -> Asked:
        pressed = {"event_key": key, "task_id": task_id, "card_type": "button_interaction"}
        event = {"eventtype": "template_card_event", "template_card_event": pressed}
        return await self.event(event, user, group=group)

    async def event(self, event: Json, user: str = USER, *, group: str = "") -> Asked:
        return await self._push("aibot_event_callback", "event", {"event": event}, user, group)

    def refuse(self, cmd: str, code: int, text: str = "planned") -> None:
        """The next frame with that cmd takes no effect and is answered so."""
        self._refusals.append((cmd, (code, text)))

    def drop(self) -> None:
        """The connection breaks without a word."""
        if self.wire is not None:
            wire, self.wire = self.wire, None
            wire.cut()

    async def _push(self, cmd: str, kind: str, content: Json, user: str, group: str) -> Asked:
        event = str(content.get("event", {}).get("eventtype", ""))
        asked = self.talk.asked(group or user, event)
        body = {
            "msgid": asked.msgid,
            "create_time": int(asked.at.timestamp()),
            "aibotid": BOT_ID,
            "chattype": "group" if group else "single",
            "from": {"userid": user},
            "msgtype": kind,
            **({"chatid": group} if group else {}),
            **content,
        }
        frame = {"cmd": cmd, "headers": {"req_id": asked.req_id}, "body": body}
        if self.wire is None or not await self.wire.send(frame):
            self.lost.append(frame)
        return asked

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        wire = Wire(request, lambda: self.silent)
        await wire.open()
        self.links += 1
        try:
            async for text in wire.texts():
                await self._take(wire, json_object(text) or {})
        finally:
            self.links -= 1
            if self.wire is wire:
                self.wire = None
            self.news.tell()
        return wire.socket

    async def _take(self, wire: Wire, frame: Json) -> None:
        self.frames.append(frame)
        headers = frame.get("headers")
        if not isinstance(headers, dict) or not isinstance(headers.get("req_id"), str):
            code, text = INVALID_REQ_ID
        elif frame.get("cmd") == "aibot_subscribe":
            code, text = await self._subscribe(wire, frame)
        elif wire is not self.wire:
            code, text = 40001, "not subscribed"
        else:
            code, text = self._verdict(frame)
        self.codes.append(code)
        await wire.send({"headers": headers, "errcode": code, "errmsg": text})
        self.news.tell()

    async def _subscribe(self, wire: Wire, frame: Json) -> Verdict:
        body = frame.get("body")
        if not shaped(body, {"bot_id", "secret"}, {"scene", "plug_version"}):
            return INVALID
        assert isinstance(body, dict)
        if (body["bot_id"], body["secret"]) != (BOT_ID, SECRET):
            return 40001, "invalid credential"
        if self.wire is not None and self.wire is not wire:
            await self._take_over(self.wire)
        self.wire = wire
        self.subscriptions += 1
        return OK

    async def _take_over(self, old: Wire) -> None:
        number = next(self._numbers)
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        named = {"msgid": f"CAIQ{number:08}", "aibotid": BOT_ID}
        headers = {"req_id": f"req{number:08}"}
        told = {"cmd": "aibot_event_callback", "headers": headers, "body": named | event}
        await old.send(told)
        await old.close()

    def _verdict(self, frame: Json) -> Verdict:
        for index, (cmd, planned) in enumerate(self._refusals):
            if cmd == frame.get("cmd"):
                del self._refusals[index]
                return planned
        if frame.get("cmd") == "ping":
            self.pings += 1
            return OK
        return self.talk.verdict(frame.get("cmd"), frame["headers"]["req_id"], frame.get("body"))
