"""One test for each threat that callbacks are under, named after it, through the whole application.

What each defence does in all its cases is tested where it stands.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text as sql

import bot.http
from bot.app import build_app
from bot.channels.dingtalk.gateway import Gateway, NoDoor
from bot.platforms.qyapi import QyApi
from bot.platforms.tokens import NoToken
from bot.settings import Settings
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.platform import dingtalk, faults, qyapi
from tests.platform.dingtalk import DingTalk
from tests.platform.dingtalk_callbacks import DingTalkCallbacks
from tests.platform.loopback import Json, serving
from tests.platform.wecom import Callback, WeComPlatform, new_aes_key, right_now

OLD, NEW = new_aes_key(), new_aes_key()
PLATFORM = WeComPlatform(aes_key=NEW)
ROBOT = DingTalkCallbacks()
REFUSED = (403, b"")
SECRET = "ABCDEFGH0123456789"


def echo(talk: Conversation, said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
    """Says again what was said: the worst that an answer may hold."""
    return Turn(Reply("answer", said.text), talk)


@dataclass
class House:
    """The application, with 企业微信 and 钉钉 by callback, and the platforms it may call."""

    http: ClientSession
    base: str
    database: str
    qyapi: qyapi.QyApi
    ding: DingTalk

    async def post(self, sent: Callback, path: str = "/wecom") -> tuple[int, bytes]:
        url = self.base + sent.at(path)
        async with self.http.post(url, data=sent.body, headers=dict(sent.headers)) as answer:
            return answer.status, await answer.read()

    async def told(self, body: Json) -> tuple[int, bytes]:
        return await self.post(ROBOT.sealed(body, int(time.time() * 1000)), "/dingtalk")

    async def taken(self) -> int:
        """Messages in the database."""
        db = await Database.open(self.database)
        try:
            async with db.transaction() as conn:
                count: int = (await conn.execute(sql("SELECT count(*) FROM inbox"))).scalar_one()
                return count
        finally:
            await db.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as opened:
        corp = await opened.enter_async_context(serving(qyapi.QyApi(lambda: datetime.now(UTC))))
        ding = await opened.enter_async_context(serving(DingTalk(lambda: datetime.now(UTC))))
        database = f"sqlite:///{tmp_path / 'zhixing.db'}"
        settings = {
            "database": database,
            "wecom": {
                "corp_id": PLATFORM.corp_id,
                "agent_id": PLATFORM.agent_id,
                "token": PLATFORM.token,
                "aes_key": NEW,
                "previous_aes_key": OLD,
            },
            "dingtalk": {
                "client_id": dingtalk.APP_KEY,
                "client_secret": dingtalk.APP_SECRET,
                "mode": "callback",
            },
            "hosts": {"wecom": corp.base, "dingtalk": ding.base, "dingtalk_robot": ding.base},
        }
        runner = web.AppRunner(await build_app(Settings.model_validate(settings), respond=echo))
        await runner.setup()
        opened.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        http = await opened.enter_async_context(ClientSession())
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield House(http, base, database, corp, ding)


def words(answer: tuple[int, bytes], platform: WeComPlatform = PLATFORM) -> str:
    assert answer[0] == 200
    return platform.read(answer[1])["Content"]


async def test_spoofed_callback(house: House) -> None:
    stranger, good = replace(PLATFORM, token="guessed"), PLATFORM.text("您好", right_now())
    forged = [
        stranger.text("您好", right_now()),
        replace(good, query={**good.query, "msg_signature": "0" * 40}),
        replace(good, query={}),
        Callback({}, PLATFORM.text_xml("您好").encode()),
    ]
    assert [await house.post(one) for one in forged] == [REFUSED] * len(forged)
    assert await house.taken() == 0


async def test_replay_and_shift_of_timestamp_and_nonce(house: House) -> None:
    good, stale = PLATFORM.text("您好", right_now()), PLATFORM.text("您好", right_now() - 400)
    first = words(await house.post(good))
    assert words(await house.post(good)) == first
    assert await house.taken() == 1
    stamp, nonce = good.query["timestamp"], good.query["nonce"]
    shifted = {**good.query, "timestamp": stamp[1:], "nonce": nonce + stamp[0]}
    assert await house.post(replace(good, query=shifted)) == REFUSED
    assert await house.post(stale) == REFUSED


async def test_dingtalk_sign_reused_with_a_new_body(house: House) -> None:
    """Within the hour it cannot be told from DingTalk's own: so it reaches nobody but DingTalk,
    nothing but our robot, and each message is taken once."""
    body = house.ding.message("您好")
    seen = ROBOT.sealed(body, int(time.time() * 1000))
    for changed in ({"robotCode": "another"}, {"sessionWebhook": "https://evil.test/x"}):
        assert (
            await house.post(
                replace(seen, body=json.dumps({**body, **changed}).encode()), "/dingtalk"
            )
            == REFUSED
        )
    assert [(await house.post(seen, "/dingtalk"))[0] for _ in range(3)] == [200] * 3
    assert await house.taken() == 1
    late = ROBOT.sealed(body, int(time.time() * 1000) - 3_700_000)
    assert await house.post(late, "/dingtalk") == REFUSED


async def test_xml_bomb_deep_nesting_oversized_and_slow_bodies(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PLATFORM.text("您好", right_now())
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>'
    bodies = [b"<a>" * 20_000, b"[" * 60_000, b"<Encrypt>" + b" " * 60_000, b"x" * 70_000]
    bombs = [replace(good, body=body) for body in bodies]
    inside = [PLATFORM.sealed(xml, right_now()) for xml in (laughs, "<xml>" + "<a>" * 9_000)]
    for one in (*bombs, *inside):
        assert await house.post(one) == REFUSED
    monkeypatch.setattr(bot.http, "BODY_SECONDS", 0.05)

    async def never() -> AsyncIterator[bytes]:
        yield good.body[:20]
        await house.http.get(house.base + "/healthz")  # somebody else is served meanwhile
        yield b" " * 40_000
        yield b" " * 40_000

    async with house.http.post(house.base + good.at("/wecom"), data=never()) as answer:
        assert (answer.status, await answer.read()) == REFUSED
    monkeypatch.undo()
    assert words(await house.post(good)) == "您好"


async def test_ssrf_through_addresses_that_a_message_names(house: House) -> None:
    async with serving(DingTalk(lambda: datetime.now(UTC))) as evil:
        said = house.ding.message("您好")
        webhook = f"{evil.base}/robot/sendBySession?session=0123456789abcdef"
        assert await house.told({**said, "sessionWebhook": webhook}) == REFUSED
        picture = PLATFORM.xml(MsgType="image", PicUrl=f"{evil.base}/a.png", MediaId="m1")
        assert (await house.post(PLATFORM.sealed(picture, right_now())))[0] == 200
        content = {"downloadCode": "code", "downloadUrl": f"{evil.base}/b.png"}
        assert (await house.told({**said, "msgtype": "picture", "content": content}))[0] == 200
        assert len(evil.seen) == 0


async def test_ssrf_through_the_endpoint_of_a_stream(house: House) -> None:
    async def elsewhere(_request: web.Request) -> web.Response:
        return web.json_response({"endpoint": "wss://evil.test/connect", "ticket": SECRET})

    app = web.Application()
    app.router.add_post("/v1.0/gateway/connections/open", elsewhere)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    with pytest.raises(NoDoor):
        await Gateway(house.http, base, "client", "secret").door()
    await runner.cleanup()


async def test_cdata_markdown_and_mention_injection(house: House) -> None:
    attack = "]]></Content><Content><![CDATA[x <a href='https://evil.test'>点我</a> <@all>"
    escaped = attack.replace("]]>", "]]]]><![CDATA[>")
    xml = PLATFORM.text_xml(escaped)
    status, body = await house.post(PLATFORM.sealed(xml, right_now()))
    fields = PLATFORM.read(body)
    assert status == 200
    assert isinstance(fields["Content"], str)  # one element, not two
    assert fields["ToUserName"] == "zhangsan"
    assert not [one for one in ("<a ", "<@") if one in fields["Content"]]


async def test_leak_of_tokens_tickets_and_keys(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.DEBUG, "aiohttp.server")
    await house.post(PLATFORM.text(f"我的口令是{SECRET}", right_now(), user=f"user{SECRET}"))
    await house.post(Callback({"msg_signature": SECRET, "access_token": SECRET}, b"x"))
    said = [one.getMessage() for one in caplog.records if one.name != "aiohttp.access"]
    assert said
    assert not [line for line in said if SECRET in line or PLATFORM.token in line or NEW in line]


async def test_duplicate_work_from_retries(house: House) -> None:
    good = PLATFORM.text("您好", right_now())
    answers = {words(await house.post(good)) for _ in range(3)}
    assert answers == {"您好"}
    assert await house.taken() == 1
    for without in ("0", ""):
        xml = PLATFORM.text_xml("您好", MsgId=without)
        assert await house.post(PLATFORM.sealed(xml, right_now())) == REFUSED


async def test_tenant_or_app_mix_up(house: House) -> None:
    foreign, at = replace(PLATFORM, corp_id="ww0000000000000000"), right_now()
    mixed_up = [
        foreign.text("您好", at),
        PLATFORM.sealed(foreign.text_xml("您好"), at),
        PLATFORM.sealed(PLATFORM.text_xml("您好", AgentID="1000003"), at),
        PLATFORM.sealed(PLATFORM.text_xml("您好", AgentID=None), at),
    ]
    assert [await house.post(one) for one in mixed_up] == [REFUSED] * len(mixed_up)
    assert await house.told({**house.ding.message("您好"), "robotCode": "another"}) == REFUSED


async def test_key_rotation(house: House) -> None:
    before = replace(PLATFORM, aes_key=OLD)
    assert words(await house.post(before.text("旧", right_now())), before) == "旧"
    assert words(await house.post(PLATFORM.text("新", right_now()))) == "新"
    never_ours = replace(PLATFORM, aes_key=new_aes_key())
    assert await house.post(never_ours.text("您好", right_now())) == REFUSED


async def test_ban_by_over_use(house: House) -> None:
    house.qyapi.faults.always(faults.errcode(40014), path=qyapi.SEND)
    corp = house.qyapi.callbacks.corp_id
    api = QyApi(house.http, house.qyapi.base, corp, qyapi.SECRET, lambda: datetime.now(UTC))
    body = {"touser": "zhangsan", "msgtype": "text", "agentid": 1, "text": {"content": "您好"}}
    await api.call(qyapi.SEND, body)
    for _ in range(20):
        with pytest.raises(NoToken):
            await api.call(qyapi.SEND, body)
    assert house.qyapi.tokens.fetches == 2


async def test_lost_messages(house: House) -> None:
    """What was acknowledged lies in the database, and its answer with it or in the outbox."""
    assert (await house.post(PLATFORM.text("您好", right_now())))[0] == 200
    assert (await house.told(house.ding.message("您好")))[0] == 200
    assert await house.taken() == 2
    await house.ding.arrived.until(1)
