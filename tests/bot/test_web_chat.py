"""The chat page over HTTP, with a desk that answers by rote and keeps what it was handed."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.answered import Answered
from bot.message import Message
from bot.web.routes import LIMIT, add_web_chat
from intents.turn import Citation, Reply
from intents.wording import answers, talk
from knowledge.load import load_knowledge, shipped_dir

NOW = datetime(2021, 5, 20, 2, 0, tzinfo=UTC)
REPLY = Reply(
    "answer",
    "5月25日前\n还剩5天\n依据：《万里行通知》（国知发运函字〔2021〕51号）六（一）",
    ("看附件", "<b>谁负责</b>"),
    (Citation("cnipa-2021-51", "国知发运函字〔2021〕51号", "六（一）"),),
)

Client = TestClient[web.Request, web.Application]


@dataclass
class RoteDesk:
    reply: Reply = REPLY
    taken: list[Message] = field(default_factory=list)

    async def take(self, message: Message) -> Answered:
        self.taken.append(message)
        return Answered(self.reply, None)


@pytest.fixture
def desk() -> RoteDesk:
    return RoteDesk()


@pytest.fixture
async def client(desk: RoteDesk) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=64 * 1024)
    add_web_chat(app, desk, lambda: NOW)
    async with TestClient(TestServer(app)) as client:
        yield client


def said(text: str, message_id: str = "0f8fad5b-d9cb-469f-a165-70867728950e") -> dict[str, str]:
    return {"id": message_id, "text": text}


async def test_a_message_of_the_script_gets_its_answer(client: Client, desk: RoteDesk) -> None:
    response = await client.post("/chat", json=said(" 需求清单几号前报 "))
    assert await response.json() == {
        "blocks": [
            {"kind": "words", "text": "5月25日前\n还剩5天"},
            {"kind": "source", "text": "《万里行通知》（国知发运函字〔2021〕51号）六（一）"},
        ],
        "options": ["看附件", "<b>谁负责</b>"],
        "forgotten": False,
    }
    (message,) = desk.taken
    assert (message.said.text, message.at) == ("需求清单几号前报", NOW)
    assert message.sender.channel == "web"


async def test_where_an_answer_stands_is_shown_apart_from_it(
    client: Client, desk: RoteDesk
) -> None:
    notice = load_knowledge(shipped_dir()).notice("cnipa-2021-51")
    source = answers.source(notice, "六（一）")
    desk.reply = Reply("answer", f"全国：5月25日前\n{source}\n\n福建：8月18日前\n{source}")
    shown = await (await client.post("/chat", json=said("几号"))).json()
    kinds = [block["kind"] for block in shown["blocks"]]
    assert kinds == ["words", "source", "words", "source"]
    assert shown["blocks"][2]["text"] == "福建：8月18日前"


async def test_a_browser_stays_the_same_sender_and_another_is_another(
    client: Client, desk: RoteDesk
) -> None:
    for text in ("一", "二"):
        await client.post("/chat", json=said(text))
    client.session.cookie_jar.clear()
    await client.post("/chat", json=said("三"))
    first, second, third = desk.taken
    assert first.sender == second.sender != third.sender
    assert first.id == second.id, "the same id of one browser is the same message"
    assert first.id != third.id, "the same id of another browser is another message"


async def test_the_cookie_is_out_of_reach_of_scripts_and_not_the_name_staff_see(
    client: Client, desk: RoteDesk
) -> None:
    response = await client.get("/")
    cookie = response.cookies["zhixing"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    await client.post("/chat", json=said("你好"))
    assert desk.taken[0].sender.user
    assert cookie.value not in desk.taken[0].sender.key


async def test_a_made_up_cookie_names_nobody(client: Client, desk: RoteDesk) -> None:
    client.session.cookie_jar.clear()
    response = await client.post("/chat", json=said("你好"), headers={"Cookie": "zhixing=admin"})
    assert response.cookies["zhixing"].value != "admin"


async def test_without_script_the_whole_page_comes_back_with_the_exchange(
    client: Client, desk: RoteDesk
) -> None:
    page = await (await client.get("/")).text()
    (message_id,) = re.findall(r'name="id" value="([^"]+)"', page)
    response = await client.post("/chat", data={"id": message_id, "text": "<i>几号</i>"})
    answered = await response.text()
    assert "<i>几号</i>" in html.unescape(answered)
    assert "<i>" not in re.sub(r"<template.*?</template>", "", answered, flags=re.S)
    assert re.search(
        r"<span class=.line.>5月25日前</span><span class=.line.>还剩5天</span>", answered
    )
    assert "国知发运函字〔2021〕51号" in answered
    assert 'value="&lt;b&gt;谁负责&lt;/b&gt;"' in answered


async def test_without_script_an_option_says_its_own_text(client: Client, desk: RoteDesk) -> None:
    await client.post("/chat", data=said("") | {"option": "看附件"})
    assert desk.taken[0].said.text == "看附件"


async def test_the_page_allows_nothing_but_its_own_files(client: Client) -> None:
    response = await client.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = await response.text()
    assert not re.findall(r"""(?:src|href|action)="(?:[a-z]+:)?//""", page)
    assert not re.findall(r"<[^>]+ (?:style|on[a-z]+)=", page)
    for path in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert (await client.get(f"/{path}")).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[elsewhere"},
    ],
    ids=str,
)
async def test_other_sites_cannot_speak_for_the_visitor(
    client: Client, desk: RoteDesk, headers: dict[str, str]
) -> None:
    response = await client.post("/chat", json=said("取消"), headers=headers)
    assert response.status == 403
    form = await client.post("/chat", data=said("取消"), headers=headers)
    assert form.status == 403
    assert desk.taken == []


async def test_the_own_page_may_speak(client: Client, desk: RoteDesk) -> None:
    own = str(client.make_url("/")).rstrip("/")
    for headers in ({"Origin": own}, {"Sec-Fetch-Site": "same-origin", "Origin": own}):
        assert (await client.post("/chat", json=said("你好"), headers=headers)).status == 200
    assert len(desk.taken) == 2


async def test_a_text_of_the_limit_is_taken_and_one_above_it_kindly_not(
    client: Client, desk: RoteDesk
) -> None:
    assert (await client.post("/chat", json=said("长" * LIMIT))).status == 200
    long = await client.post("/chat", json=said("长" * (LIMIT + 1)))
    assert (long.status, await long.json()) == (413, {"problem": "too-long"})
    form = await client.post("/chat", data=said("长" * (LIMIT + 1)))
    page = await form.text()
    assert form.status == 413
    assert talk.too_long() in page
    assert "长" * (LIMIT + 1) in page, "what was typed is not lost"
    assert len(desk.taken) == 1


async def test_a_body_beyond_the_server_s_cap_is_refused_unread(
    client: Client, desk: RoteDesk
) -> None:
    huge = said("长" * 100_000)
    assert (await client.post("/chat", json=huge)).status == 413
    assert (await client.post("/chat", data=huge)).status == 413
    assert desk.taken == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"\xff",
        b'{"id": "12345678"}',
        b'{"text": "x"}',
        b'{"id": "../../etc", "text": "x"}',
        b'{"id": 1, "text": "x"}',
        b'{"id": "12345678", "text": []}',
        b"[" * 50_000,
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(
    client: Client, desk: RoteDesk, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.post("/chat", data=body, headers=headers)
    assert response.status == 400
    assert "problem" in await response.json()
    assert desk.taken == []


async def test_a_file_in_the_form_is_no_text(client: Client, desk: RoteDesk) -> None:
    form = FormData({"id": "12345678"})
    form.add_field("text", b"\x00\x01", filename="x.bin")
    assert (await client.post("/chat", data=form)).status == 400
    assert desk.taken == []


async def test_a_reload_of_the_form_s_address_leads_back_to_the_page(client: Client) -> None:
    response = await client.get("/chat", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "./")
