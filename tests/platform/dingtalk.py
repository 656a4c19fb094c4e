"""DingTalk's two API hosts as one real HTTP server on loopback, strict about what is documented.

Open platform: oauth2/accessToken (the same token while valid), header
x-acs-dingtalk-access-token (401 InvalidAuthentication), robot/oToMessages/batchSend (at most 20
ids), robot/groupMessages/send, messageFiles/download, card/instances, media/upload (20 MB).
developerpedia: robot/sendBySession without token or sign, until the time that came with the
message; then errcode 300001 (as users report). `calls_left` is the organisation's monthly quota:
403 Forbidden.AccessDenied.ApiCountLimitForOrg beyond it (replies by session do not count here:
not documented). Custom robots: see `robots`; Stream: see `stream`. Other codes of refusals are
not documented in full and are only alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from tests.platform.dingtalk_cards import Card, Cards, Refused
from tests.platform.dingtalk_messages import BODY_BYTES, of_template, of_webhook
from tests.platform.dingtalk_people import APP_KEY as APP_KEY
from tests.platform.dingtalk_people import CORP_ID as CORP_ID
from tests.platform.dingtalk_people import GROUP as GROUP
from tests.platform.dingtalk_people import USER as USER
from tests.platform.dingtalk_people import heard, spoken
from tests.platform.faults import Fault, Handler, answered
from tests.platform.loopback import Clock, Json, Loopback, json_body, ok, shaped, wrong
from tests.platform.media import WECOM_SIZES, Media
from tests.platform.robots import FakeRobots
from tests.platform.stream import StreamGateway
from tests.platform.tokens import Standing, Tokens

APP_SECRET = "an-app-secret-of-dingtalk"
SESSION = "/robot/sendBySession"
ONE_TO_ONE = "/v1.0/robot/oToMessages/batchSend"
TO_GROUP = "/v1.0/robot/groupMessages/send"
SESSION_LASTS = timedelta(hours=1.5)
MOST_USERS = 20


@dataclass(frozen=True)
class Session:
    """`reader` is the group or the user who sees what is sent to it."""

    reader: str
    until: datetime


class DingTalk(Loopback):
    """`users`: staff ids that the robot may reach; `throttled`: those who are flow-controlled.

    `files`: content by download code. `stream`: the gateway; `cards.cards`: what cards show.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.tokens = Tokens(clock)
        self.media = Media(clock, WECOM_SIZES)
        self.robots = FakeRobots(clock)
        self.stream = StreamGateway(clock, APP_KEY, APP_SECRET)
        self.cards = Cards()
        self.users = {USER, "054321"}
        self.groups = {GROUP}
        self.throttled: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.calls_left = 10_000
        self.sessions: dict[str, Session] = {}
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/v1.0/oauth2/accessToken", self._access_token)
        router.add_post(ONE_TO_ONE, self._guarded(self._to_users))
        router.add_post(TO_GROUP, self._guarded(self._to_group))
        router.add_post("/v1.0/robot/messageFiles/download", self._guarded(self._download))
        router.add_post("/v1.0/card/instances/createAndDeliver", self._guarded(self._new_card))
        router.add_put("/v1.0/card/instances", self._guarded(self._card_call(self.cards.update)))
        router.add_put("/v1.0/card/streaming", self._guarded(self._card_call(self.cards.stream)))
        router.add_post("/media/upload", self._upload)
        router.add_post(SESSION, self._by_session)
        router.add_get("/files/{code}", self._file)
        self.robots.add_dingtalk(router)
        self.stream.add_routes(router)

    def message(
        self, text: str = "", user: str = USER, *, group: str = "", **changed: object
    ) -> Json:
        """A robot message as `stream.say` and the HTTP callback carry it; `changed` replaces
        fields (`msgtype="file", content={…}`). It opens a session of an hour and a half."""
        number, now = next(self._numbers), self.clock()
        session = f"{number:08}{'0' * 24}"
        self.sessions[session] = Session(group or user, now + SESSION_LASTS)
        webhook = {
            "sessionWebhook": f"{self.base}{SESSION}?session={session}",
            "sessionWebhookExpiredTime": int((now + SESSION_LASTS).timestamp() * 1000),
        }
        said = spoken(number, now, user, group)
        words = heard(text, group) if "content" not in changed else {}
        return {**said, **webhook, **words, **changed}

    async def _access_token(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        if body != {"appKey": APP_KEY, "appSecret": APP_SECRET}:
            return refused(400, "invalidClientIdOrSecret")
        token, seconds = self.tokens.fetch()
        return web.json_response({"accessToken": token, "expireIn": seconds})

    def _guarded(self, call: Callable[[Json], web.Response]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            token = request.headers.get("x-acs-dingtalk-access-token", "")
            if self.tokens.standing(token) is not Standing.VALID:
                return refused(401, "InvalidAuthentication")
            if self.calls_left < 1:
                return refused(403, "Forbidden.AccessDenied.ApiCountLimitForOrg")
            self.calls_left -= 1
            body = await json_body(request)
            return refused(400, "invalidParameter") if body is None else call(body)

        return handle

    def _to_users(self, body: Json) -> web.Response:
        text = self._template(body, "userIds")
        users = body.get("userIds")
        if text is None:
            return refused(400, "invalidParameter.msgParam")
        if not isinstance(users, list) or not 1 <= len(users) <= MOST_USERS:
            return refused(400, "invalidParameter.userIds")
        reached = [one for one in users if one in self.users and one not in self.throttled]
        for user in reached:
            self.arrive(user, text, body["msgKey"], ONE_TO_ONE, body)
        return web.json_response(
            {
                "processQueryKey": f"query{next(self._numbers)}",
                "invalidStaffIdList": [one for one in users if one not in self.users],
                "flowControlledStaffIdList": [one for one in users if one in self.throttled],
            }
        )

    def _to_group(self, body: Json) -> web.Response:
        text = self._template(body, "openConversationId")
        if text is None:
            return refused(400, "invalidParameter.msgParam")
        group = body["openConversationId"]
        if group not in self.groups:
            return refused(400, "invalidParameter.openConversationId")
        self.arrive(group, text, body["msgKey"], TO_GROUP, body)
        return web.json_response({"processQueryKey": f"query{next(self._numbers)}"})

    def _template(self, body: Json, receiver: str) -> str | None:
        if not shaped(body, {"robotCode", receiver, "msgKey", "msgParam"}):
            return None
        if body["robotCode"] != APP_KEY:
            return None
        return of_template(body["msgKey"], body["msgParam"])

    def _download(self, body: Json) -> web.Response:
        right = shaped(body, {"downloadCode", "robotCode"}) and body["robotCode"] == APP_KEY
        if not right or body["downloadCode"] not in self.files:
            return refused(400, "invalidParameter.downloadCode")
        return web.json_response({"downloadUrl": f"{self.base}/files/{body['downloadCode']}"})

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["code"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    def _new_card(self, body: Json) -> web.Response:
        try:
            card = self.cards.create(body)
        except Refused as problem:
            return refused(400, str(problem))
        shown = "\n".join(card.values.values())
        self.arrive(card.user, shown, "card", "/v1.0/card/instances/createAndDeliver", body)
        delivered = [{"spaceId": card.user, "success": True, "errorMsg": "", "carrierId": "c"}]
        result = {"outTrackId": card.track, "deliverResults": delivered}
        return web.json_response({"success": True, "result": result})

    def _card_call(self, change: Callable[[Json], Card]) -> Callable[[Json], web.Response]:
        def call(body: Json) -> web.Response:
            try:
                change(body)
            except Refused as problem:
                return refused(400, str(problem))
            return web.json_response({"success": True, "result": True})

        return call

    async def _upload(self, request: web.Request) -> web.Response:
        if self.tokens.standing(request.query.get("access_token", "")) is not Standing.VALID:
            return web.json_response(wrong(40014, "不合法的access_token"))
        return web.json_response(await self.media.upload(request))

    async def _by_session(self, request: web.Request) -> web.Response:
        session = self.sessions.get(request.query.get("session", ""))
        if session is None or self.clock() >= session.until:
            return web.json_response(wrong(300001, "session 不存在"))
        body = await json_body(request)
        if len(await request.read()) > BODY_BYTES:
            return web.json_response(wrong(460101, "message too long, exceed 20000 bytes"))
        text = of_webhook(body) if body is not None else None
        if body is None or text is None:
            return web.json_response(wrong(40035, "invalid parameter"))
        self.arrive(session.reader, text, body["msgtype"], SESSION, body)
        return web.json_response(ok())


def refused(status: int, code: str) -> web.Response:
    """How api.dingtalk.com says no."""
    return web.json_response({"code": code, "message": code, "requestid": "r"}, status=status)


def too_many_calls() -> Fault:
    """The organisation's monthly quota is used up."""
    code = "Forbidden.AccessDenied.ApiCountLimitForOrg"
    return answered({"code": code, "message": code, "requestid": "r"}, status=403)
