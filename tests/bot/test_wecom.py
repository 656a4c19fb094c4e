"""WeCom's callbacks over HTTP, with a desk that only notes what it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.callbacks import add_callbacks
from bot.channels.envelope import MAX_BODY, Keyring
from bot.channels.wecom.receive import ROOM, WeCom
from bot.message import Message, Sender
from intents.turn import Attachment, Reply, Said
from intents.wording.fitting import cut_short
from tests.platform.wecom import Callback, WeComPlatform, new_aes_key

NOW = datetime(2021, 5, 20, 9, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
PREVIOUS = new_aes_key()
PLATFORM = WeComPlatform()
ROTATED = replace(PLATFORM, aes_key=PREVIOUS)

REPLY = Reply("answer", "5月25日前报送。")

Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True)
class Told:
    reply: Reply


@dataclass
class StandInDesk:
    """Notes the messages, and answers each with `reply`."""

    reply: Reply = REPLY
    taken: list[Message] = field(default_factory=list)

    async def take(self, message: Message) -> Told:
        self.taken.append(message)
        return Told(self.reply)


@pytest.fixture
def desk() -> StandInDesk:
    return StandInDesk()


@pytest.fixture
async def client(desk: StandInDesk) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=MAX_BODY)
    keys = Keyring.of(PLATFORM.token, PLATFORM.corp_id, PLATFORM.aes_key, PREVIOUS)
    add_callbacks(app, "/wecom", WeCom(keys, PLATFORM.agent_id), desk, lambda: NOW)
    async with TestClient(TestServer(app)) as client:
        yield client


async def answer(client: Client, callback: Callback) -> bytes:
    response = await client.post(callback.at("/wecom"), data=callback.body)
    assert response.status == 200
    return await response.read()


async def refusal(client: Client, callback: Callback) -> int:
    """The status; whatever it is, the body tells nothing."""
    response = await client.post(callback.at("/wecom"), data=callback.body)
    assert await response.read() == b""
    return response.status


async def test_the_address_is_verified_with_the_bare_number(client: Client) -> None:
    response = await client.get(PLATFORM.echo("1616140317555161061", AT).at("/wecom"))
    assert (response.status, await response.read()) == (200, b"1616140317555161061")


async def test_an_address_that_somebody_else_tries_is_not_verified(client: Client) -> None:
    stranger = replace(PLATFORM, token="guessed")
    response = await client.get(stranger.echo("1616140317555161061", AT).at("/wecom"))
    assert (response.status, await response.read()) == (403, b"")


async def test_a_visit_without_any_query_is_refused(client: Client) -> None:
    response = await client.get("/wecom")
    assert (response.status, await response.read()) == (403, b"")


async def test_a_text_reaches_the_desk_and_the_reply_its_sender(
    client: Client, desk: StandInDesk
) -> None:
    xml = PLATFORM.text_xml(" 什么时候报送？\n", MsgId="4561255354251345929")
    reply = PLATFORM.read(await answer(client, PLATFORM.sealed(xml, AT)))
    sender = Sender("wecom", "zhangsan")
    assert desk.taken == [Message("4561255354251345929", sender, Said("什么时候报送？"), NOW, ROOM)]
    assert reply == {
        "ToUserName": "zhangsan",
        "FromUserName": PLATFORM.corp_id,
        "CreateTime": str(AT),
        "MsgType": "text",
        "Content": "5月25日前报送。",
    }


async def test_a_message_under_the_previous_key_is_answered_under_that_key(client: Client) -> None:
    reply = ROTATED.read(await answer(client, ROTATED.text("您好", AT)))
    assert reply["Content"] == "5月25日前报送。"


@pytest.mark.parametrize("event", ["enter_agent", "subscribe", "click"])
async def test_who_comes_in_is_welcomed(client: Client, desk: StandInDesk, event: str) -> None:
    xml = PLATFORM.event_xml(event, "menu-1")
    assert PLATFORM.read(await answer(client, PLATFORM.sealed(xml, AT)))["Content"]
    (message,) = desk.taken
    assert message.said == Said(event="welcome")
    assert message.id == f"event:zhangsan:1621501200:{event}:menu-1"


@pytest.mark.parametrize(
    "event", ["unsubscribe", "LOCATION", "view", "template_card_event", "inactive_alert"]
)
async def test_other_events_are_taken_without_a_word(
    client: Client, desk: StandInDesk, event: str
) -> None:
    assert await answer(client, PLATFORM.sealed(PLATFORM.event_xml(event), AT)) == b""
    assert desk.taken == []


async def test_events_of_no_app_are_taken_without_a_word(client: Client, desk: StandInDesk) -> None:
    xml = PLATFORM.event_xml("change_contact", AgentID=None, FromUserName="sys")
    assert await answer(client, PLATFORM.sealed(xml, AT)) == b""
    assert desk.taken == []


@pytest.mark.parametrize("kind", ["image", "video", "file"])
async def test_a_picture_or_a_file_is_passed_on_by_its_media_id(
    client: Client, desk: StandInDesk, kind: Literal["image", "video", "file"]
) -> None:
    xml = PLATFORM.xml(
        MsgType=kind, MediaId="m1", PicUrl="http://127.0.0.1/x.png", FileName="a.pdf"
    )
    assert PLATFORM.read(await answer(client, PLATFORM.sealed(xml, AT)))["Content"]
    expected = Said(event="attachment", attachment=Attachment(kind, "m1", "a.pdf"))
    assert [message.said for message in desk.taken] == [expected]


async def test_a_picture_without_its_id_is_of_no_use(client: Client, desk: StandInDesk) -> None:
    xml = PLATFORM.xml(MsgType="image", PicUrl="http://127.0.0.1/x.png")
    await answer(client, PLATFORM.sealed(xml, AT))
    assert [message.said for message in desk.taken] == [Said(event="unsupported")]


@pytest.mark.parametrize("kind", ["voice", "location", "link", "future"])
async def test_what_is_no_text_is_passed_on_as_such(
    client: Client, desk: StandInDesk, kind: str
) -> None:
    xml = PLATFORM.xml(MsgType=kind, MediaId="m1", PicUrl="http://127.0.0.1/x.png")
    assert PLATFORM.read(await answer(client, PLATFORM.sealed(xml, AT)))["Content"]
    assert [message.said for message in desk.taken] == [Said(event="unsupported")]


async def test_an_empty_text_is_a_message_too(client: Client, desk: StandInDesk) -> None:
    await answer(client, PLATFORM.sealed(PLATFORM.text_xml("  "), AT))
    assert [message.said for message in desk.taken] == [Said("")]


async def test_markup_in_a_text_is_only_text(client: Client, desk: StandInDesk) -> None:
    said = "<MsgType>image</MsgType> & <!DOCTYPE x> &amp;"
    await answer(client, PLATFORM.sealed(PLATFORM.text_xml(said), AT))
    assert [message.said.text for message in desk.taken] == [said]


async def test_control_characters_are_left_out(client: Client, desk: StandInDesk) -> None:
    await answer(client, PLATFORM.sealed(PLATFORM.text_xml("年\x00费\x1b"), AT))
    assert [message.said.text for message in desk.taken] == ["年费"]


async def test_options_are_numbered_under_the_reply(client: Client, desk: StandInDesk) -> None:
    desk.reply = Reply("clarify", "您指哪一年？", ("2021年", "2023年"))
    reply = PLATFORM.read(await answer(client, PLATFORM.text("什么时候报送", AT)))
    assert reply["Content"] == "您指哪一年？\n1. 2021年\n2. 2023年"


async def test_a_long_reply_is_cut_to_what_wecom_shows(client: Client, desk: StandInDesk) -> None:
    desk.reply = Reply("answer", "请于五月底前报送工作方案。\n" * 300)
    shown = PLATFORM.read(await answer(client, PLATFORM.text("报送什么", AT)))["Content"]
    assert len(shown.encode()) <= 2048
    assert shown.endswith("工作方案。\n" + cut_short())


async def test_a_reply_cannot_break_out_of_its_element(client: Client, desk: StandInDesk) -> None:
    desk.reply = Reply("answer", "]]></Content><MsgType><![CDATA[news]]></MsgType>\x00\ud800")
    reply = PLATFORM.read(await answer(client, PLATFORM.text("您好", AT)))
    assert reply["MsgType"] == "text"
    assert reply["Content"] == "]]>＜/Content>＜MsgType>＜![CDATA[news]]>＜/MsgType>"


async def test_words_in_a_reply_cannot_become_a_link(client: Client, desk: StandInDesk) -> None:
    desk.reply = Reply("command", '企业说：<a href="http://x.test">点这里</a> 1<2')
    reply = PLATFORM.read(await answer(client, PLATFORM.text("您好", AT)))
    assert reply["Content"] == '企业说：＜a href="http://x.test">点这里＜/a> 1<2'


async def test_an_empty_reply_is_an_empty_answer(client: Client, desk: StandInDesk) -> None:
    desk.reply = Reply("smalltalk", "")
    assert await answer(client, PLATFORM.text("您好", AT)) == b""


FOREIGN_CORP = replace(PLATFORM, corp_id="ww0000000000000000")
BAD = {
    "wrong token": replace(PLATFORM, token="guessed").text("您好", AT),
    "wrong key": replace(PLATFORM, aes_key=new_aes_key()).text("您好", AT),
    "wrong corporation": FOREIGN_CORP.text("您好", AT),
    "wrong corporation inside": PLATFORM.sealed(FOREIGN_CORP.text_xml("您好"), AT),
    "wrong app": PLATFORM.sealed(PLATFORM.text_xml("您好", AgentID="1000003"), AT),
    "no app": PLATFORM.sealed(PLATFORM.text_xml("您好", AgentID=None), AT),
    "no app, welcomed": PLATFORM.sealed(PLATFORM.event_xml("enter_agent", AgentID=None), AT),
    "wrong app, other event": PLATFORM.sealed(PLATFORM.event_xml("view", AgentID="9"), AT),
    "stale": PLATFORM.text("您好", AT - 301),
    "early": PLATFORM.text("您好", AT + 301),
    "no message id": PLATFORM.sealed(PLATFORM.text_xml("您好", MsgId=None), AT),
    "message id 0": PLATFORM.sealed(PLATFORM.text_xml("您好", MsgId="0"), AT),
    "message id no number": PLATFORM.sealed(PLATFORM.text_xml("您好", MsgId="x"), AT),
    "no sender": PLATFORM.sealed(PLATFORM.text_xml("您好", FromUserName=""), AT),
    "endless sender": PLATFORM.sealed(PLATFORM.text_xml("您好", FromUserName="x" * 129), AT),
    "no type": PLATFORM.sealed(PLATFORM.text_xml("您好", MsgType=""), AT),
    "event without time": PLATFORM.sealed(PLATFORM.event_xml("click", CreateTime=None), AT),
    "field twice": PLATFORM.sealed(
        PLATFORM.text_xml("您好").replace("</xml>", "<MsgId>1</MsgId></xml>"), AT
    ),
    "inside no XML": PLATFORM.sealed("您好", AT),
    "inside broken XML": PLATFORM.sealed("<xml><MsgType>text</xml>", AT),
    "inside an entity": PLATFORM.sealed(
        '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>', AT
    ),
    "inside an external entity": PLATFORM.sealed(
        '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><C>&a;</C></xml>', AT
    ),
    "inside an undeclared entity": PLATFORM.sealed("<xml><Content>&a;</Content></xml>", AT),
    "inside a list": PLATFORM.sealed("<xml><a/><a/></xml>", AT),
    "not XML": replace(PLATFORM.text("您好", AT), body=b"\xff\xfe not xml"),
    "JSON": replace(PLATFORM.text("您好", AT), body=b'{"encrypt": "AAAA"}'),
    "no body": replace(PLATFORM.text("您好", AT), body=b""),
    "no query": replace(PLATFORM.text("您好", AT), query={}),
    "query garbage": replace(PLATFORM.text("您好", AT), query={"msg_signature": "\x00\n%é"}),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_cannot_be_trusted_is_refused_without_a_word(
    client: Client, desk: StandInDesk, name: str
) -> None:
    assert await refusal(client, BAD[name]) == 403
    assert desk.taken == []


async def test_a_body_over_the_limit_is_refused_like_any_other(
    client: Client, desk: StandInDesk
) -> None:
    callback = PLATFORM.text("您好", AT)
    oversized = replace(callback, body=callback.body.ljust(MAX_BODY + 1))
    assert await refusal(client, oversized) == 403
    assert desk.taken == []


async def test_a_body_at_the_limit_is_taken(client: Client, desk: StandInDesk) -> None:
    callback = PLATFORM.text("您好", AT)
    await answer(client, replace(callback, body=callback.body.ljust(MAX_BODY)))
    assert len(desk.taken) == 1


async def test_an_oversized_body_in_chunks_is_refused_like_any_other(client: Client) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(65):
            yield b" " * 1024

    response = await client.post("/wecom", data=chunks())
    assert (response.status, await response.read()) == (403, b"")


async def test_the_log_has_neither_words_nor_people(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    await answer(client, PLATFORM.text("我是张三，电话13800001111", AT, user="zhangsan"))
    await refusal(client, BAD["wrong app"])
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(lines) == 2
    assert "answer" in lines[0]
    assert "another corporation or app" in lines[1]
    assert not [line for line in lines if "zhangsan" in line or "13800001111" in line]


def test_a_callback_is_fresh_by_our_own_clock() -> None:
    keys = Keyring.of(PLATFORM.token, PLATFORM.corp_id, PLATFORM.aes_key)
    callback = PLATFORM.text("您好", AT)
    channel = WeCom(keys, PLATFORM.agent_id)
    later = NOW + timedelta(minutes=5)
    received = channel.decode(callback.query, callback.body, later)
    assert received.message is not None
    assert received.message.at == later
