"""微信客服: the API by which WeCom lets an app serve customers on personal WeChat.

W94670 sync_msg: cursor, token of 10 minutes (95007), at most 1000, `has_more`, three days back;
without open_kfid the messages of all accounts (here: only if there is one, else 95000).
W94677 send_msg: states 0 and 1 (95018; 95013 when ended), 48 hours (95002) and 5 messages
(95001) after each message of the customer, msgid of at most 32 characters. That the same msgid
arrives once is what the field is for, but not spelt out there.
W95122 send_msg_on_event: welcome_code for 20 s, msg_code for 48 h, one message each; the errcode
of a spent code is not documented (40029 here).
W94669 service_state: which change is allowed (95016), only to a servicer (95014). A change made
through the API posts no event. How often sync_msg may be called without a token is not told
(5 a minute here, then 45009).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tests.platform.arrivals import Arrival, Arrivals
from tests.platform.kf_customers import (
    ASSISTANT,
    ENDED,
    HUMAN,
    NEW,
    QUEUED,
    REPLY_CODE_LASTS,
    WINDOW,
    Customers,
    Session,
)
from tests.platform.kf_messages import shown
from tests.platform.loopback import Json, ok, shaped, wrong
from tests.platform.media import Media
from tests.platform.rates import Rate

REMEMBERED = timedelta(days=3)
MOST_AT_ONCE = 1000
CHANGES: Mapping[int, frozenset[int]] = {
    NEW: frozenset({ASSISTANT, QUEUED, HUMAN, ENDED}),
    ASSISTANT: frozenset({ASSISTANT, QUEUED, HUMAN, ENDED}),
    QUEUED: frozenset({QUEUED, HUMAN, ENDED}),
    HUMAN: frozenset({HUMAN, ENDED}),
    ENDED: frozenset(),
}
_MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
_ON_EVENT = frozenset({"text", "msgmenu"})
_UNKNOWN_ACCOUNT = wrong(95000, "invalid open_kfid")
_UNKNOWN_CUSTOMER = wrong(40096, "invalid external userid")
_INVALID = wrong(40058, "invalid Request Parameter")


class Kf(Customers):
    """`refusing`: fail_type by customer, for sends that are accepted and then fail.

    `page`: fewer messages than asked for in one sync_msg, as WeCom may do, with has_more set.
    """

    def __init__(self, clock: Callable[[], datetime], arrived: Arrivals, media: Media) -> None:
        super().__init__(clock)
        self._arrived, self._media = arrived, media
        self._without_token = Rate(clock, 5, timedelta(minutes=1))
        self._sent: set[str] = set()
        self._own_ids = itertools.count(1)
        self.refusing: dict[str, int] = {}
        self.page = MOST_AT_ONCE

    def calls(self) -> Mapping[str, Callable[[Json], Json]]:
        return {
            "/cgi-bin/kf/sync_msg": self.sync_msg,
            "/cgi-bin/kf/send_msg": self.send_msg,
            "/cgi-bin/kf/send_msg_on_event": self.send_msg_on_event,
            "/cgi-bin/kf/service_state/get": self.state,
            "/cgi-bin/kf/service_state/trans": self.change_state,
        }

    def sync_msg(self, body: Json) -> Json:
        if not shaped(body, (), {"cursor", "token", "limit", "voice_format", "open_kfid"}):
            return _INVALID
        sole = next(iter(self.accounts)) if len(self.accounts) == 1 else None
        open_kfid, limit = body.get("open_kfid", sole), body.get("limit", MOST_AT_ONCE)
        if open_kfid not in self.accounts:
            return _UNKNOWN_ACCOUNT
        if not isinstance(limit, int) or not 1 <= limit <= MOST_AT_ONCE:
            return _INVALID
        token, start = body.get("token", ""), _position(body.get("cursor", ""))
        if start is None or body.get("voice_format", 0) not in (0, 1):
            return _INVALID
        if token and not self.woke_with(token):
            return wrong(95007, "invalid msg token")
        if not token and not self._without_token.take():
            return wrong(45009, "api freq out of limit")
        return self._listed(str(open_kfid), start, min(limit, self.page))

    def _listed(self, open_kfid: str, start: int, most: int) -> Json:
        log, now = self.log[open_kfid], self.clock()
        fresh = [i for i, (at, _) in enumerate(log) if i >= start and now - at < REMEMBERED]
        taken = fresh[:most]
        end = taken[-1] + 1 if taken else max(start, len(log))
        messages = [log[i][1] for i in taken]
        more = int(len(fresh) > len(taken))
        return ok(next_cursor=f"cursor{end:08}", has_more=more, msg_list=messages)

    def send_msg(self, body: Json) -> Json:
        kind = str(body.get("msgtype", ""))
        if not shaped(body, {"touser", "open_kfid", "msgtype", kind}, {"msgid"}):
            return _INVALID
        if body["open_kfid"] not in self.accounts:
            return _UNKNOWN_ACCOUNT
        session = self.sessions.get((body["open_kfid"], body["touser"]))
        if session is None:
            return _UNKNOWN_CUSTOMER
        msgid = body.get("msgid") or f"own{next(self._own_ids)}"
        if not isinstance(msgid, str) or not _MSGID.fullmatch(msgid):
            return _INVALID
        if msgid in self._sent:
            return ok(msgid=msgid)
        text, error = shown(body, self._media)
        if text is None or (error := self._closed(session)):
            return error or _INVALID
        session.left -= 1
        self._sent.add(msgid)
        self._deliver(body["touser"], body["open_kfid"], msgid, text, body)
        return ok(msgid=msgid)

    def _closed(self, session: Session) -> Json | None:
        if session.state == ENDED and session.said is not None:
            return wrong(95013, "conversation has ended")
        if session.state not in (NEW, ASSISTANT):
            return wrong(95018, "send msg session status invalid")
        if session.said is None or self.clock() - session.said >= WINDOW:
            return wrong(95002, "send msg time limit")
        return wrong(95001, "send msg count limit") if session.left < 1 else None

    def _deliver(self, user: str, open_kfid: str, msgid: str, text: str, body: Json) -> None:
        if fail_type := self.refusing.get(user):
            told = {"event_type": "msg_send_fail", "fail_msgid": msgid, "fail_type": fail_type}
            self.event(told, user, open_kfid)
            return
        via = "/cgi-bin/kf/send_msg"
        self._arrived.add(Arrival(user, text, body["msgtype"], via, self.clock(), body))

    def send_msg_on_event(self, body: Json) -> Json:
        kind = str(body.get("msgtype", ""))
        if not shaped(body, {"code", "msgtype", kind}, {"msgid"}):
            return _INVALID
        if "msgid" in body and not _MSGID.fullmatch(str(body["msgid"])):
            return _INVALID
        text, error = shown(body, self._media, only=_ON_EVENT)
        if text is None:
            return error or _INVALID
        user, open_kfid, until = self.codes.get(str(body["code"]), ("", "", self.clock()))
        if not self.clock() < until:
            return wrong(40029, "invalid code")
        del self.codes[body["code"]]
        self.session(user, open_kfid).welcomed = self.clock()
        via = "/cgi-bin/kf/send_msg_on_event"
        self._arrived.add(Arrival(user, text, kind, via, self.clock(), body))
        return ok(msgid=body.get("msgid") or f"own{next(self._own_ids)}")

    def state(self, body: Json) -> Json:
        if not shaped(body, {"open_kfid", "external_userid"}):
            return _INVALID
        session = self._known(body)
        if isinstance(session, dict):
            return session
        servicer = {"servicer_userid": session.servicer} if session.state == HUMAN else {}
        return ok(service_state=session.state, **servicer)

    def change_state(self, body: Json) -> Json:
        needed = {"open_kfid", "external_userid", "service_state"}
        if not shaped(body, needed, {"servicer_userid"}):
            return _INVALID
        session = self._known(body)
        if isinstance(session, dict):
            return session
        wanted, servicer = body["service_state"], body.get("servicer_userid", "")
        if wanted not in CHANGES[session.state]:
            return wrong(95016, "state change not allowed")
        if wanted == HUMAN and servicer not in self.servicers:
            return wrong(95014, "not a servicer")
        session.state, session.servicer = wanted, servicer if wanted == HUMAN else ""
        if wanted == ASSISTANT:
            return ok()
        user, open_kfid = body["external_userid"], body["open_kfid"]
        return ok(msg_code=self.new_code(user, open_kfid, REPLY_CODE_LASTS))

    def _known(self, body: Json) -> Session | Json:
        if body["open_kfid"] not in self.accounts:
            return _UNKNOWN_ACCOUNT
        found = self.sessions.get((body["open_kfid"], body["external_userid"]))
        return found if found is not None else _UNKNOWN_CUSTOMER


def _position(cursor: object) -> int | None:
    """Where a cursor points; None for one that we never gave."""
    if cursor in ("", None):
        return 0
    found = re.fullmatch(r"cursor(\d{8})", cursor) if isinstance(cursor, str) else None
    return int(found[1]) if found else None
