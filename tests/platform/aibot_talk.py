"""What 智能机器人 may say on its WebSocket, and when (W101463): every frame gets an errcode.

Answers carry the req_id of what they answer: messages for 24 hours, stream updates for 6 minutes
after the first and not beyond `finish` (846608), events for 5 seconds; anything else is 846605.
Content up to 20480 bytes, replaced by each update. 30 a minute and 1000 an hour in one
conversation. Not documented: the errcodes of a body of another shape (40058), of too long a text
(45002), of the rate (45009) and of an unknown conversation (93006).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.platform.aibot_messages import body_text
from tests.platform.loopback import Clock, Json, shaped
from tests.platform.rates import Rate

ANSWERABLE = timedelta(hours=24)
STREAM_LASTS = timedelta(minutes=6)
EVENT_LASTS = timedelta(seconds=5)
INVALID_REQ_ID = (846605, "invalid req_id")
_EXPIRED = (846608, "stream message update expired (>6 minutes)")
INVALID = (40058, "invalid Request Parameter")

Verdict = tuple[int, str]
OK: Verdict = (0, "ok")


@dataclass(frozen=True)
class Asked:
    """What a user did: `req_id` is what answers must carry, `chat` where they are shown."""

    req_id: str
    msgid: str
    chat: str
    event: str
    at: datetime


@dataclass
class Bubble:
    """A stream on the screen; `frames` counts how often it was written."""

    chat: str
    req_id: str
    text: str
    finished: bool
    begun: datetime
    frames: int = 1


Arrive = Callable[[str, str, str, str, Json], None]


class Talk:
    """`bubbles`: streams by req_id and stream id. `arrive` takes what is shown for good."""

    def __init__(self, clock: Clock, arrive: Arrive) -> None:
        self.clock, self.arrive = clock, arrive
        self.bubbles: dict[tuple[str, str], Bubble] = {}
        self._asked: dict[str, Asked] = {}
        self._chats: set[str] = set()
        self._numbers = itertools.count(1)
        self._minute = Rate(clock, 30, timedelta(minutes=1))
        self._hour = Rate(clock, 1000, timedelta(hours=1))

    def asked(self, chat: str, event: str = "") -> Asked:
        """Something happened in that chat, which may be answered from now on."""
        number = next(self._numbers)
        asked = Asked(f"req{number:08}", f"CAIQ{number:08}", chat, event, self.clock())
        self._asked[asked.req_id] = asked
        self._chats.add(chat)
        return asked

    def verdict(self, cmd: object, req_id: str, body: object) -> Verdict:
        calls: Mapping[object, Callable[[str, Json], Verdict]] = {
            "aibot_respond_msg": self._respond,
            "aibot_respond_welcome_msg": self._welcome,
            "aibot_respond_update_msg": self._update,
            "aibot_send_msg": self._send_msg,
        }
        if cmd not in calls or not isinstance(body, dict):
            return INVALID
        return calls[cmd](req_id, body)

    def _respond(self, req_id: str, body: Json) -> Verdict:
        asked = self._open(req_id, ("",), ANSWERABLE)
        if asked is None:
            return INVALID_REQ_ID
        if body.get("msgtype") in ("stream", "stream_with_template_card"):
            return self._stream(asked, body)
        return self._show(asked.chat, "aibot_respond_msg", body)

    def _stream(self, asked: Asked, body: Json) -> Verdict:
        text, problem = body_text(body)
        if text is None:
            return problem
        key, finish = (asked.req_id, body["stream"]["id"]), body["stream"].get("finish", False)
        bubble = self.bubbles.get(key)
        if bubble is None:
            if not self._within_rate(asked.chat):
                return 45009, "api freq out of limit"
            bubble = Bubble(asked.chat, asked.req_id, text, finish, self.clock())
            self.bubbles[key] = bubble
        elif bubble.finished or self.clock() - bubble.begun >= STREAM_LASTS:
            return _EXPIRED
        else:
            bubble.text, bubble.finished = text, finish
            bubble.frames += 1
        if finish:
            self.arrive(asked.chat, text, body["msgtype"], "aibot_respond_msg", body)
        return OK

    def _welcome(self, req_id: str, body: Json) -> Verdict:
        asked = self._open(req_id, ("enter_chat",), EVENT_LASTS)
        if asked is None or body.get("msgtype") not in ("text", "template_card"):
            return INVALID_REQ_ID if asked is None else INVALID
        del self._asked[req_id]
        return self._show(asked.chat, "aibot_respond_welcome_msg", body)

    def _update(self, req_id: str, body: Json) -> Verdict:
        asked = self._open(req_id, ("template_card_event",), EVENT_LASTS)
        if asked is None:
            return INVALID_REQ_ID
        right = shaped(body, {"response_type", "template_card"}, {"userids"})
        if not right or body["response_type"] != "update_template_card":
            return INVALID
        card = {"msgtype": "template_card", "template_card": body["template_card"]}
        return self._show(asked.chat, "aibot_respond_update_msg", card)

    def _send_msg(self, req_id: str, body: Json) -> Verdict:
        chat = body.get("chatid")
        if chat not in self._chats:
            return 93006, "invalid chatid"
        if body.get("msgtype") in ("text", "stream") or body.get("chat_type", 0) not in (0, 1, 2):
            return INVALID
        message = {key: value for key, value in body.items() if key not in ("chatid", "chat_type")}
        return self._show(str(chat), "aibot_send_msg", message)

    def _show(self, chat: str, via: str, body: Json) -> Verdict:
        text, problem = body_text(body)
        if text is None:
            return problem
        if not self._within_rate(chat):
            return 45009, "api freq out of limit"
        self.arrive(chat, text, body["msgtype"], via, body)
        return OK

    def _open(self, req_id: str, events: tuple[str, ...], lasts: timedelta) -> Asked | None:
        asked = self._asked.get(req_id)
        fits = asked is not None and asked.event in events
        return asked if fits and asked and self.clock() - asked.at < lasts else None

    def _within_rate(self, chat: str) -> bool:
        return self._hour.allows(chat) and self._minute.take(chat) and self._hour.take(chat)
