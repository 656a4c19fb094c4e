"""WeCom talks to the real server: encrypted callbacks over HTTP, a database on disk."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select

from bot.opening import open_database
from bot.settings import Settings
from knowledge.load import load_knowledge, shipped_dir
from knowledge.model import Slot
from storage import demands
from storage.database import Database
from storage.demands import StoredDemand
from storage.schema import inbox
from tests.acceptance.server import (
    SECONDS,
    ZHIXING,
    database_url,
    environment,
    log_of,
    running_server,
)
from tests.platform.wecom import Callback, WeComPlatform, new_aes_key
from tests.platform.wecom import right_now as now

PLATFORM = WeComPlatform()
SETTINGS = {
    "ZHIXING_WECOM__CORP_ID": PLATFORM.corp_id,
    "ZHIXING_WECOM__AGENT_ID": str(PLATFORM.agent_id),
    "ZHIXING_WECOM__TOKEN": PLATFORM.token,
    "ZHIXING_WECOM__AES_KEY": PLATFORM.aes_key,
}
LIMIT = 64 * 1024


def form_slots() -> tuple[Slot, ...]:
    """Of the demand form that is in use."""
    form = load_knowledge(shipped_dir()).form_notice().form
    assert form is not None
    return form.slots


class Bot:
    """The server as WeCom sees it."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def post(self, callback: Callback, body: Any = None) -> tuple[int, bytes]:
        data = callback.body if body is None else body
        async with self._session.post(callback.at("/wecom"), data=data) as response:
            return response.status, await response.read()

    async def get(self, path: str) -> tuple[int, bytes]:
        async with self._session.get(path) as response:
            return response.status, await response.read()

    async def reply(self, callback: Callback) -> str:
        """The text of the decrypted reply."""
        status, body = await self.post(callback)
        assert status == 200
        return PLATFORM.read(body)["Content"]

    async def say(self, text: str, user: str = "zhangsan") -> str:
        return await self.reply(PLATFORM.text(text, now(), user))


@asynccontextmanager
async def running(tmp_path: Path, env: Mapping[str, str] = SETTINGS) -> AsyncIterator[Bot]:
    async with running_server(tmp_path, env) as url, ClientSession(url) as session:
        yield Bot(session)


@asynccontextmanager
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with AsyncExitStack() as opened:
        yield await open_database(opened, Settings(database=database_url(tmp_path)))


async def messages_taken(tmp_path: Path) -> int:
    async with database(tmp_path) as db, db.transaction() as conn:
        count: int = (await conn.execute(select(func.count()).select_from(inbox))).scalar_one()
    return count


async def demands_of(tmp_path: Path) -> list[StoredDemand]:
    async with database(tmp_path) as db, db.transaction() as conn:
        return await demands.listing(conn)


async def test_an_admin_saves_the_callbacks_address(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        saved = await bot.get(PLATFORM.echo("1616140317555161061", now()).at("/wecom"))
    assert saved == (200, b"1616140317555161061")


async def test_a_question_gets_its_cited_answer(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        answer = await bot.say("2021年万里行的需求清单什么时候报送？")
    assert "5月25日" in answer
    assert "51号" in answer


async def test_a_message_that_comes_three_times_is_taken_once(tmp_path: Path) -> None:
    """WeCom repeats what is not answered in time; whether under a new nonce, nobody knows."""
    xml = PLATFORM.text_xml("2021年万里行的需求清单什么时候报送？")
    repeats = [PLATFORM.sealed(xml, now(), nonce) for nonce in ("1", "1", "2")]
    async with running(tmp_path) as bot:
        first = await bot.reply(repeats[0])
        assert [await bot.reply(repeat) for repeat in repeats[1:]] == [first, first]
    assert await messages_taken(tmp_path) == 1


async def test_a_message_that_comes_three_times_at_once_is_taken_once(tmp_path: Path) -> None:
    repeats = [PLATFORM.sealed(PLATFORM.text_xml("登记需求", MsgId="77"), now())] * 3
    async with running(tmp_path) as bot:
        replies = await asyncio.gather(*map(bot.reply, repeats))
    assert len(set(replies)) == 1
    assert await messages_taken(tmp_path) == 1


async def test_a_repeat_after_a_restart_still_gets_the_stored_reply(tmp_path: Path) -> None:
    xml = PLATFORM.text_xml("2021年万里行的需求清单什么时候报送？")
    async with running(tmp_path) as bot:
        first = await bot.reply(PLATFORM.sealed(xml, now()))
    async with running(tmp_path) as bot:
        assert await bot.reply(PLATFORM.sealed(xml, now())) == first
    assert await messages_taken(tmp_path) == 1


async def test_who_opens_the_app_is_welcomed_and_a_picture_is_answered(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        welcome = await bot.reply(PLATFORM.sealed(PLATFORM.event_xml("enter_agent"), now()))
        picture = await bot.reply(PLATFORM.sealed(PLATFORM.xml(MsgType="image"), now()))
        quiet = await bot.post(PLATFORM.sealed(PLATFORM.event_xml("unsubscribe"), now()))
    assert welcome
    assert picture
    assert welcome != picture
    assert quiet == (200, b"")


async def test_while_the_key_is_being_changed_both_are_understood(tmp_path: Path) -> None:
    new_key = new_aes_key()
    changed = {
        "ZHIXING_WECOM__AES_KEY": new_key,
        "ZHIXING_WECOM__PREVIOUS_AES_KEY": PLATFORM.aes_key,
    }
    async with running(tmp_path, SETTINGS | changed) as bot:
        for platform in (PLATFORM, replace(PLATFORM, aes_key=new_key)):
            status, body = await bot.post(platform.text("您好", now()))
            assert status == 200
            assert platform.read(body)["Content"]


async def in_chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 4096):
        yield body[start : start + 4096]


async def test_what_cannot_be_trusted_is_refused_without_a_word(tmp_path: Path) -> None:
    good = PLATFORM.text("您好", now())
    foreign = replace(PLATFORM, corp_id="ww0000000000000000")
    forbidden = {
        "wrong signature": replace(PLATFORM, token="guessed").text("您好", now()),
        "wrong key": replace(PLATFORM, aes_key=new_aes_key()).text("您好", now()),
        "stale": PLATFORM.text("您好", now() - 400),
        "not XML": replace(good, body=b"\x00\xff not XML"),
        "nested XML": replace(good, body=b"<a>" * 20_000),
        "empty": replace(good, body=b""),
        "no query": replace(good, query={}),
        "wrong corporation": foreign.text("您好", now()),
        "wrong corporation inside": PLATFORM.sealed(foreign.text_xml("您好"), now()),
        "wrong app": PLATFORM.sealed(PLATFORM.text_xml("您好", AgentID="1000003"), now()),
        "no id": PLATFORM.sealed(PLATFORM.text_xml("您好", MsgId="0"), now()),
    }
    oversized = good.body.ljust(LIMIT + 1)
    async with running(tmp_path) as bot:
        refused = {name: await bot.post(callback) for name, callback in forbidden.items()}
        too_large = [await bot.post(good, oversized), await bot.post(good, in_chunks(oversized))]
        assert await bot.get("/wecom?msg_signature=%ff&timestamp=x") == (403, b"")
        assert await bot.say("您好")  # it still answers
    assert refused == dict.fromkeys(forbidden, (403, b""))
    assert too_large == [(403, b"")] * 2
    assert await messages_taken(tmp_path) == 1
    log = log_of(tmp_path)
    assert "Traceback" not in log
    assert "ERROR" not in log


NEED = "我们公司的产品要出口，想请专家来讲讲海外商标怎么布局，能帮忙吗？"
ANSWERS = {
    "单位名称": "福建海峡智造科技有限公司",
    "联系人": "李明",
    "电子邮件": "liming@example.com",
    "手机": "13805910000",
    "重点任务": "开展知识产权惠企助企行动",
    "需国家局协调": "不需要",
}


def next_answer(reply: str) -> str:
    """What a patient user says next: an answer to the question, a yes, and at last 提交."""
    asked = [slot.name for slot in form_slots() if slot.prompt in reply]
    if asked:
        return ANSWERS.get(asked[0], "没有")
    return "对" if "对吗" in reply else "提交"


async def tell_a_need(bot: Bot) -> str:
    """Returns the reply in which the form is handed in."""
    reply = await bot.say(NEED)
    for _ in form_slots():
        reply = await bot.say(next_answer(reply))
        if "已提交" in reply:
            return reply
    raise AssertionError(f"the form does not come to an end: {reply}")


async def test_a_need_told_over_several_messages_lies_in_the_database(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        assert "福建海峡智造科技有限公司" in await tell_a_need(bot)
    (demand,) = await demands_of(tmp_path)
    assert (demand.sender, demand.channel) == ("wecom:zhangsan", "wecom")
    assert demand.status == "submitted"
    assert "海外商标" in str(demand.fields["服务需求事项"])
    given = {name: demand.fields.get(name) for name in ANSWERS}
    assert given == {**ANSWERS, "需国家局协调": False}


async def test_a_form_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        await bot.say(NEED)
    async with running(tmp_path) as bot:
        await bot.say("福建海峡智造科技有限公司")
    (demand,) = await demands_of(tmp_path)
    assert demand.fields["单位名称"] == "福建海峡智造科技有限公司"
    assert "海外商标" in str(demand.fields["服务需求事项"])


async def test_two_people_fill_their_own_forms(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        for user, company in (("lisi", "福州甲科技有限公司"), ("wangwu", "福州乙科技有限公司")):
            await bot.say("登记需求", user)
            await bot.say(company, user)
    companies = {demand.sender: demand.fields["单位名称"] for demand in await demands_of(tmp_path)}
    assert companies == {
        "wecom:lisi": "福州甲科技有限公司",
        "wecom:wangwu": "福州乙科技有限公司",
    }


@asynccontextmanager
async def process(tmp_path: Path) -> AsyncIterator[tuple[Process, str]]:
    """A server that the test ends itself, and its address."""
    server = await asyncio.create_subprocess_exec(
        ZHIXING,
        "serve",
        cwd=tmp_path,
        env=environment(tmp_path, SETTINGS),
        stdout=PIPE,
        stderr=DEVNULL,
    )
    assert server.stdout is not None
    try:
        first = await asyncio.wait_for(server.stdout.readline(), SECONDS)
        yield server, "http://" + first.decode().rpartition("http://")[2].strip()
    finally:
        if server.returncode is None:
            server.kill()
        await server.wait()


async def test_sigterm_ends_the_server_whatever_is_still_open(tmp_path: Path) -> None:
    """Also with a connection kept alive, and one whose body never comes."""
    async with process(tmp_path) as (server, url), ClientSession(url) as session:
        await Bot(session).say("您好")
        _, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(b"POST /wecom HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<xml>")
        await writer.drain()
        server.terminate()
        assert await asyncio.wait_for(server.wait(), SECONDS) == 0
        writer.close()


async def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    xml = PLATFORM.text_xml("2021年万里行的需求清单什么时候报送？")
    async with process(tmp_path) as (server, url), ClientSession(url) as session:
        first = await Bot(session).reply(PLATFORM.sealed(xml, now()))
        server.kill()
    async with running(tmp_path) as bot:
        assert await bot.reply(PLATFORM.sealed(xml, now())) == first
    assert await messages_taken(tmp_path) == 1


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"ZHIXING_WECOM__AES_KEY": "half-a-key"}, "wecom.aes_key"),
        ({"ZHIXING_PORT": "70000"}, "port"),
        ({"ZHIXING_DATABASE": "mysql://x"}, "mysql"),
        ({"ZHIXING_KNOWLEDGE": "nowhere"}, "nowhere"),
        ({"ZHIXING_FORM_NOTICE": "cnipa-1999-1"}, "form_notice"),
        ({"ZHIXING_HOST": "203.0.113.1"}, "203.0.113.1"),
    ],
)
async def test_a_server_that_cannot_start_says_why_in_one_line(
    tmp_path: Path, env: dict[str, str], said: str
) -> None:
    server = await asyncio.create_subprocess_exec(
        ZHIXING,
        "serve",
        cwd=tmp_path,
        env=environment(tmp_path, SETTINGS | env),
        stdout=DEVNULL,
        stderr=PIPE,
    )
    _, error = await asyncio.wait_for(server.communicate(), SECONDS)
    assert server.returncode == 2
    (line,) = error.decode().splitlines()
    assert said in line
