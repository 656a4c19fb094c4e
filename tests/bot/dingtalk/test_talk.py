"""Somebody writes to the robot on DingTalk, and reads what it answers."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.connection import Connection, House
from bot.channels.dingtalk.connect import connect
from bot.settings import DingTalkSettings, HostsSettings
from storage.database import Database
from tests.bot.at_work import at_work
from tests.clock import Clock
from tests.data_key import KEYS
from tests.platform.dingtalk import APP_KEY, APP_SECRET, CORP_ID, GROUP, USER, DingTalk
from tests.platform.dingtalk_callbacks import DingTalkCallbacks, tell
from tests.platform.wecom import new_aes_key
from tests.scratch import let_go

OTHER = "054321"
ROOT = Path(__file__).parents[3]
Working = Callable[[], AbstractAsyncContextManager[str]]


@pytest.fixture
def working(dingtalk: DingTalk, db: Database, clock: Clock) -> Working:
    """The robot at work by Stream."""

    def begin() -> AbstractAsyncContextManager[str]:
        return at_work(partial(connected, dingtalk.base), db, clock)

    return begin


def connected(
    base: str, house: House, mode: Literal["stream", "callback"] = "stream", aes_key: str = ""
) -> Connection:
    settings = DingTalkSettings(
        client_id=APP_KEY,
        client_secret=SecretStr(APP_SECRET),
        corp_id=CORP_ID,
        mode=mode,
        aes_key=SecretStr(aes_key) if aes_key else None,
    )
    return connect(settings, HostsSettings(dingtalk=base, dingtalk_robot=base), house)


async def test_by_stream_everybody_reads_the_answers_to_what_they_said(
    dingtalk: DingTalk, working: Working
) -> None:
    async with working():
        await dingtalk.stream.connected()
        for text in ("年费", "总结"):
            await dingtalk.stream.say(dingtalk.message(text))
            await dingtalk.stream.say(dingtalk.message(text, OTHER))
        assert await dingtalk.arrived.until(2, USER) == ["1 年费", "2 总结"]
        assert await dingtalk.arrived.until(2, OTHER) == ["1 年费", "2 总结"]


async def test_in_a_group_whoever_asked_is_answered_there(
    dingtalk: DingTalk, working: Working
) -> None:
    async with working():
        await dingtalk.stream.connected()
        await dingtalk.stream.say(dingtalk.message("年费", group=GROUP))
        await dingtalk.stream.say(dingtalk.message("总结", OTHER, group=GROUP))
        assert sorted(await dingtalk.arrived.until(2, GROUP)) == ["1 年费", "1 总结"]
    asked = {one.body["at"]["atUserIds"][0] for one in dingtalk.arrived.of(GROUP)}
    assert asked == {USER, OTHER}


async def test_the_same_message_thrice_is_answered_once(
    dingtalk: DingTalk, working: Working
) -> None:
    message = dingtalk.message("年费")
    async with working():
        await dingtalk.stream.connected()
        for _ in range(3):
            await dingtalk.stream.say(message)
        await dingtalk.stream.say(dingtalk.message("总结"))
        assert await dingtalk.arrived.until(2, USER) == ["1 年费", "2 总结"]


async def test_links_that_end_all_the_time_lose_no_answer_and_double_none(
    dingtalk: DingTalk, working: Working
) -> None:
    dingtalk.stream.drop_after = 3
    async with working():
        for number in range(20):
            await dingtalk.stream.connected()
            assert await dingtalk.stream.say(dingtalk.message(f"第{number}句"))
        texts = await dingtalk.arrived.until(20, USER)
    assert texts == [f"{number + 1} 第{number}句" for number in range(20)]


async def test_without_a_session_the_answer_comes_by_the_open_platform(
    dingtalk: DingTalk, working: Working, clock: Clock
) -> None:
    message = dingtalk.message("年费", sessionWebhook="http://127.0.0.1:5432/robot/sendBySession")
    async with working():
        await dingtalk.stream.connected()
        await dingtalk.stream.say(message)
        await dingtalk.arrived.until(1, USER)
    assert [one.via for one in dingtalk.arrived] == ["/v1.0/robot/oToMessages/batchSend"]


@pytest.mark.parametrize("aes_key", ["", new_aes_key()], ids=["plain", "encrypted"])
async def test_by_callback_everybody_reads_the_answers_to_what_they_said(
    dingtalk: DingTalk, db: Database, clock: Clock, aes_key: str
) -> None:
    callbacks = DingTalkCallbacks(aes_key=aes_key)
    begun = at_work(partial(connected, dingtalk.base, aes_key=aes_key, mode="callback"), db, clock)
    async with begun as base, ClientSession() as http:
        for text in ("年费", "总结"):
            message = dingtalk.message(text)
            for _ in range(2):
                await tell(dingtalk, callbacks, http, f"{base}/dingtalk", message)
        assert await dingtalk.arrived.until(2, USER) == ["1 年费", "2 总结"]
    assert dingtalk.stream.opened == 0


async def test_an_answer_that_waited_too_long_for_its_session_still_comes(
    dingtalk: DingTalk, working: Working, clock: Clock
) -> None:
    message = dingtalk.message("年费")
    clock.now += timedelta(hours=2)
    async with working():
        await dingtalk.stream.connected()
        await dingtalk.stream.say(message)
        assert await dingtalk.arrived.until(1, USER) == ["1 年费"]


async def test_a_worker_that_is_killed_before_it_acknowledges_owes_one_answer(
    dingtalk: DingTalk, database_url: str, clock: Clock
) -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.dingtalk.killed", database_url, dingtalk.base, cwd=ROOT
    )
    await dingtalk.stream.connected()
    message = dingtalk.message("年费")
    frame = await dingtalk.stream.say(message)
    assert await worker.wait() == -signal.SIGKILL
    await let_go(database_url)
    assert frame not in dingtalk.stream.acks

    db = await Database.open(database_url, keys=KEYS)
    async with at_work(partial(connected, dingtalk.base), db, clock):
        assert await dingtalk.arrived.until(1, USER) == ["1 年费"]
        await dingtalk.stream.connected()
        await dingtalk.stream.say(message)
        await dingtalk.stream.say(dingtalk.message("总结"))
        assert await dingtalk.arrived.until(2, USER) == ["1 年费", "2 总结"]
    await db.close()
