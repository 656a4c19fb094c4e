"""Customers of 微信客服 and the human servicers: what they do, and what sync_msg will tell of it.

W94670: origins 3 (customer), 4 (event), 5 (servicer); the event types and their fields.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.platform.loopback import Json

KF_ID = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"
CUSTOMER = "wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw"
SERVICER = "zhangsan"
NEW, ASSISTANT, QUEUED, HUMAN, ENDED = range(5)
TAKEN, MOVED, CLOSED, TAKEN_AGAIN = range(1, 5)
"""`change_type` of session_status_change."""

WELCOME_LASTS = timedelta(seconds=20)
REPLY_CODE_LASTS = timedelta(hours=48)
WINDOW = timedelta(hours=48)
IN_A_WINDOW = 5
_WAKE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Wake:
    """What the callback kf_msg_or_event says: fetch, with this token of ten minutes."""

    token: str
    open_kfid: str


@dataclass
class Session:
    """`left` is how many messages may still be sent since `said`, the customer's last."""

    state: int = ENDED
    servicer: str = ""
    said: datetime | None = None
    left: int = 0
    welcomed: datetime | None = None


class Customers:
    """Every act returns the `Wake` that WeCom would post to us."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.accounts = {KF_ID}
        self.servicers = {SERVICER}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.log: defaultdict[str, list[tuple[datetime, Json]]] = defaultdict(list)
        self.codes: dict[str, tuple[str, str, datetime]] = {}
        self._wakes: dict[str, datetime] = {}
        self._numbers = itertools.count(4_622_416_642_169_452_483)

    def says(
        self, text: str, user: str = CUSTOMER, *, menu_id: str = "", open_kfid: str = KF_ID
    ) -> Wake:
        """A text; with `menu_id` it is a tap on a menu's item."""
        content = {"content": text} | ({"menu_id": menu_id} if menu_id else {})
        return self.sends("text", content, user, open_kfid=open_kfid)

    def sends(
        self, kind: str, content: Json, user: str = CUSTOMER, *, open_kfid: str = KF_ID
    ) -> Wake:
        """Any kind: `("image", {"media_id": …})`, `("location", {…})`, …"""
        session = self.session(user, open_kfid)
        if session.state == ENDED:
            session.state, session.servicer = NEW, ""
        session.said, session.left = self.clock(), IN_A_WINDOW
        return self._tell(
            open_kfid, external_userid=user, origin=3, msgtype=kind, **{kind: content}
        )

    def enters(self, user: str = CUSTOMER, *, scene: str = "", open_kfid: str = KF_ID) -> Wake:
        """A welcome_code comes with it if nothing was said yet, nor welcomed in 48 hours."""
        session, now = self.session(user, open_kfid), self.clock()
        fresh = session.welcomed is None or now - session.welcomed >= WINDOW
        event = {"event_type": "enter_session", "scene": scene, "scene_param": ""}
        if session.said is None and fresh:
            event["welcome_code"] = self.new_code(user, open_kfid, WELCOME_LASTS)
        return self.event(event, user, open_kfid)

    def recalls(self, msgid: str, user: str = CUSTOMER, open_kfid: str = KF_ID) -> Wake:
        event = {"event_type": "user_recall_msg", "recall_msgid": msgid}
        return self.event(event, user, open_kfid)

    def servicer_says(self, text: str, user: str = CUSTOMER, open_kfid: str = KF_ID) -> Wake:
        content = {"servicer_userid": self.session(user, open_kfid).servicer, "origin": 5}
        return self._tell(
            open_kfid, external_userid=user, msgtype="text", text={"content": text}, **content
        )

    def servicer_takes(
        self, user: str = CUSTOMER, servicer: str = SERVICER, open_kfid: str = KF_ID
    ) -> Wake:
        """From the queue, from the bot, or after the end, in WeCom's own client."""
        session = self.session(user, open_kfid)
        change = TAKEN_AGAIN if session.state == ENDED else TAKEN
        session.state, session.servicer = HUMAN, servicer
        return self._changed(change, user, open_kfid, new_servicer_userid=servicer)

    def servicer_ends(self, user: str = CUSTOMER, open_kfid: str = KF_ID) -> Wake:
        session = self.session(user, open_kfid)
        old, session.state, session.servicer = session.servicer, ENDED, ""
        code = self.new_code(user, open_kfid, REPLY_CODE_LASTS)
        return self._changed(CLOSED, user, open_kfid, old_servicer_userid=old, msg_code=code)

    def session(self, user: str, open_kfid: str = KF_ID) -> Session:
        return self.sessions.setdefault((open_kfid, user), Session())

    def wake(self, open_kfid: str = KF_ID) -> Wake:
        """A wake-up without news, as a repeated callback is."""
        token = f"ENC{next(self._numbers)}"
        self._wakes[token] = self.clock()
        return Wake(token, open_kfid)

    def woke_with(self, token: str) -> bool:
        """Whether the token of a callback is still good."""
        at = self._wakes.get(token)
        return at is not None and self.clock() - at < _WAKE_LASTS

    def last_msgid(self, open_kfid: str = KF_ID) -> str:
        return str(self.log[open_kfid][-1][1]["msgid"])

    def event(self, event: Json, user: str, open_kfid: str = KF_ID) -> Wake:
        """Any event; the account and the customer are named inside it."""
        named = {"open_kfid": open_kfid, "external_userid": user}
        self._keep(open_kfid, {"origin": 4, "msgtype": "event", "event": {**event, **named}})
        return self.wake(open_kfid)

    def new_code(self, user: str, open_kfid: str, lasts: timedelta) -> str:
        code = f"CODE{next(self._numbers)}"
        self.codes[code] = (user, open_kfid, self.clock() + lasts)
        return code

    def _changed(self, change: int, user: str, open_kfid: str, **more: str) -> Wake:
        event = {"event_type": "session_status_change", "change_type": change, **more}
        return self.event(event, user, open_kfid)

    def _tell(self, open_kfid: str, **message: Any) -> Wake:
        self._keep(open_kfid, {"open_kfid": open_kfid, **message})
        return self.wake(open_kfid)

    def _keep(self, open_kfid: str, message: Json) -> None:
        now = self.clock()
        head = {"msgid": f"from_msgid_{next(self._numbers)}", "send_time": int(now.timestamp())}
        self.log[open_kfid].append((now, head | message))
