"""Our clients and couriers, sent to the simulated platforms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.platforms.dingtalk import DingTalkApi
from bot.platforms.qyapi import QyApi
from bot.platforms.weixin import WeixinApi
from tests.clock import Clock
from tests.platform import dingtalk, qyapi, weixin
from tests.platform.dingtalk import DingTalk
from tests.platform.loopback import serving


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def wecom(clock: Clock) -> AsyncIterator[qyapi.QyApi]:
    async with serving(qyapi.QyApi(clock)) as fake:
        yield fake


@pytest.fixture
def wecom_api(wecom: qyapi.QyApi, session: ClientSession, clock: Clock) -> QyApi:
    return QyApi(session, wecom.base, wecom.callbacks.corp_id, qyapi.SECRET, clock)


@pytest.fixture
async def ding(clock: Clock) -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(clock)) as fake:
        yield fake


@pytest.fixture
def ding_api(ding: DingTalk, session: ClientSession, clock: Clock) -> DingTalkApi:
    app = (dingtalk.APP_KEY, dingtalk.APP_SECRET)
    return DingTalkApi(session, ding.base, ding.base, *app, clock)


@pytest.fixture
async def account(clock: Clock) -> AsyncIterator[weixin.Weixin]:
    async with serving(weixin.Weixin(clock)) as fake:
        yield fake


@pytest.fixture
def account_api(account: weixin.Weixin, session: ClientSession, clock: Clock) -> WeixinApi:
    return WeixinApi(session, account.base, account.account.app_id, weixin.SECRET, clock)
