"""智能机器人 in HTTP mode (W100719, W101031, W101033, W101138): what WeCom posts to us, and what
people see of our answers.

The cipher is the app callback's with an empty receive id; bodies are JSON. A stream is asked for
again with its id until `finish`, at most 6 minutes, and each answer replaces the text. Messages
come again when they are not taken, events never do. `response_url` is good for one call within an
hour; the errcode of a second is not documented (40014 here, as for a dead credential).
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession, web
from wechatpy.crypto import _get_signature
from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto

from tests.platform.aibot import BOT_ID, USER
from tests.platform.aibot_messages import body_text
from tests.platform.aibot_talk import STREAM_LASTS
from tests.platform.loopback import Clock, Json, Loopback, json_body, json_object, ok, wrong
from tests.platform.posting import PATIENCE, TRIES, Answer, deliver
from tests.platform.wecom import Callback, new_aes_key

RESPONSE = "/cgi-bin/aibot/response"
RESPONSE_LASTS = timedelta(hours=1)
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Sealing:
    """How this bot's callbacks are signed and encrypted, done by wechatpy."""

    token: str = "a-token"
    aes_key: str = field(default_factory=new_aes_key)

    @property
    def crypto(self) -> Any:
        return WeChatCrypto(self.token, self.aes_key, "")

    def echo(self, text: str, at: int, nonce: str = "263014780") -> Callback:
        echo = PrpCrypto(self.crypto.key).encrypt(text, "").decode()
        signed = _get_signature(self.token, str(at), nonce, echo)
        stamp = {"msg_signature": signed, "timestamp": str(at), "nonce": nonce}
        return Callback({**stamp, "echostr": echo}, b"", _JSON)

    def seal(self, body: Json, at: int, nonce: str = "1372623149") -> Callback:
        text = json.dumps(body, ensure_ascii=False)
        sealed = PrpCrypto(self.crypto.key).encrypt(text, "").decode()
        signed = _get_signature(self.token, str(at), nonce, sealed)
        query = {"msg_signature": signed, "timestamp": str(at), "nonce": nonce}
        return Callback(query, json.dumps({"encrypt": sealed}).encode(), _JSON)

    def open(self, answer: bytes, nonce: str) -> Json | None:
        """What we answered, after its signature is checked; None for an empty answer.

        Raises AssertionError for an answer in another shape.
        """
        if not answer.strip():
            return None
        sealed = json_object(answer)
        assert sealed is not None
        assert set(sealed) == {"encrypt", "msgsignature", "timestamp", "nonce"}
        assert isinstance(sealed["timestamp"], int)
        assert sealed["nonce"] == nonce
        stamp = (sealed["msgsignature"], str(sealed["timestamp"]), sealed["nonce"])
        plain = self.crypto.decrypt_message({"Encrypt": sealed["encrypt"]}, *stamp)
        return json_object(plain)


class AiBotCallbacks(Loopback):
    """`responses`: when each response code was given, until it is spent."""

    def __init__(self, clock: Clock, sealing: Sealing | None = None) -> None:
        super().__init__(clock)
        self.sealing = sealing or Sealing()
        self.responses: dict[str, tuple[str, datetime]] = {}
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_post(RESPONSE, self._respond)

    def says(self, text: str, user: str = USER, *, group: str = "") -> Json:
        return self.message("text", {"text": {"content": text}}, user, group=group)

    def enters(self, user: str = USER) -> Json:
        return self.message("event", {"event": {"eventtype": "enter_chat"}}, user)

    def message(self, kind: str, content: Json, user: str = USER, *, group: str = "") -> Json:
        """The plain body of a callback, with a response_url of its own."""
        number, now = next(self._numbers), self.clock()
        code = f"RESPONSE{number:08}"
        self.responses[code] = (group or user, now)
        return {
            "msgid": f"CAIQ{number:08}",
            "create_time": int(now.timestamp()),
            "aibotid": BOT_ID,
            "chattype": "group" if group else "single",
            "from": {"userid": user},
            "response_url": f"{self.base}{RESPONSE}?response_code={code}",
            "msgtype": kind,
            **({"chatid": group} if group else {}),
            **content,
        }

    async def post(
        self, http: ClientSession, url: str, body: Json, patience: float = PATIENCE
    ) -> Json | None:
        """Our answer in the clear; None if it is empty, or if we never took the callback."""
        sent = self.sealing.seal(body, int(self.clock().timestamp()))
        tries = 1 if body["msgtype"] == "event" else TRIES
        answers = await deliver(http, url, sent, tries=tries, patience=patience)
        return self._shown(answers[-1], body, sent) if answers[-1].taken else None

    async def refresh(self, http: ClientSession, url: str, asked: Json, stream: str) -> Json | None:
        """Asks for a stream once more, as WeCom does until it is finished."""
        named = {name: asked[name] for name in ("aibotid", "chattype", "from")}
        body = {**named, "msgid": f"CAIQ{next(self._numbers):08}", "msgtype": "stream"}
        if "chatid" in asked:
            body["chatid"] = asked["chatid"]
        return await self.post(http, url, {**body, "stream": {"id": stream}})

    async def talk(self, http: ClientSession, url: str, asked: Json, most: int = 100) -> str:
        """A message and all refreshes; the text at the end. The test's clock moves between."""
        begun, answer = self.clock(), await self.post(http, url, asked)
        for _ in range(most):
            if answer is None or answer.get("msgtype") != "stream" or answer["stream"]["finish"]:
                break
            if self.clock() - begun >= STREAM_LASTS:
                break
            answer = await self.refresh(http, url, asked, answer["stream"]["id"])
        text = body_text(answer)[0] if answer else None
        return text or ""

    def _shown(self, answer: Answer, body: Json, sent: Callback) -> Json | None:
        opened = self.sealing.open(answer.body, sent.query["nonce"])
        if opened is None:
            return None
        text, (code, problem) = body_text(opened)
        assert text is not None, f"{code} {problem}"
        chat = body.get("chatid") or body["from"]["userid"]
        if opened["msgtype"] != "stream" or opened["stream"].get("finish"):
            self.arrive(chat, text, opened["msgtype"], "callback", opened)
        return opened

    async def _respond(self, request: web.Request) -> web.Response:
        code = request.query.get("response_code", "")
        chat, at = self.responses.get(code, ("", None))
        if at is None or self.clock() - at >= RESPONSE_LASTS:
            return web.json_response(wrong(40014, "invalid response_code"))
        body = await json_body(request)
        if body is None or body.get("msgtype") not in ("markdown", "template_card"):
            return web.json_response(wrong(40008, "invalid message type"))
        text, (problem, words) = body_text(body)
        if text is None:
            return web.json_response(wrong(problem, words))
        del self.responses[code]
        self.arrive(chat, text, body["msgtype"], RESPONSE, body)
        return web.json_response(ok())
