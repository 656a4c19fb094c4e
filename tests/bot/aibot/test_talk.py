"""Somebody talks with the 智能机器人, by WebSocket or by callback, and reads what it answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.aibot.connect import connect
from bot.channels.connection import House
from bot.settings import AibotSettings, HostsSettings
from storage.database import Database
from tests.bot.at_work import at_work
from tests.clock import Clock
from tests.platform.aibot import BOT_ID, GROUP, SECRET, USER, AiBot
from tests.platform.aibot_callbacks import AiBotCallbacks
from tests.platform.loopback import serving


@pytest.fixture
async def working(bot: AiBot, db: Database, clock: Clock) -> AsyncIterator[None]:
    settings = AibotSettings(bot_id=BOT_ID, secret=SecretStr(SECRET))
    hosts = HostsSettings(aibot=bot.url.rstrip("/"))
    async with at_work(partial(_connected, settings, hosts), db, clock):
        await bot.connected()
        yield


def _connected(settings: AibotSettings, hosts: HostsSettings, house: House) -> Any:
    return connect(settings, hosts, house)


@pytest.mark.usefixtures("working")
async def test_everybody_reads_the_answers_to_what_they_said(bot: AiBot) -> None:
    for text in ("年费", "总结"):
        await bot.says(text)
        await bot.says(text, "lisi")
        await bot.says(f"@知行 {text}", group=GROUP)
    assert await bot.arrived.until(2, USER) == ["1 年费", "2 总结"]
    assert await bot.arrived.until(2, "lisi") == ["1 年费", "2 总结"]
    assert await bot.arrived.until(2, GROUP) == ["1 年费", "2 总结"]


@pytest.mark.usefixtures("working")
async def test_a_talk_goes_on_though_the_link_breaks_all_the_time(bot: AiBot) -> None:
    for number in range(1, 8):
        await bot.connected(number)
        await bot.says(f"第{number}句")
        assert (await bot.arrived.until(number, USER))[-1] == f"{number} 第{number}句"
        bot.drop()


async def test_by_callback_everybody_reads_the_answers_to_what_they_said(
    db: Database, clock: Clock
) -> None:
    platform = AiBotCallbacks(clock)
    settings = AibotSettings(
        bot_id=BOT_ID,
        mode="callback",
        token=SecretStr(platform.sealing.token),
        aes_key=SecretStr(platform.sealing.aes_key),
    )
    begun = at_work(partial(_connected, settings, HostsSettings()), db, clock)
    async with serving(platform), begun as base, ClientSession() as http:
        url = f"{base}/aibot"
        for text in ("年费", "总结"):
            alone, grouped = platform.says(text), platform.says(f"@知行 {text}", group=GROUP)
            for said in (alone, alone, grouped):
                await platform.talk(http, url, said)
        again = await platform.refresh(http, url, alone, alone["msgid"])
    assert platform.arrived.texts(GROUP) == ["1 年费", "2 总结"]
    assert platform.arrived.texts(USER) == ["1 年费", "1 年费", "2 总结", "2 总结", "2 总结"]
    assert again is not None
    assert again["stream"]["finish"] is True
