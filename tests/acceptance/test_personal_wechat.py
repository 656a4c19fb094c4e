"""An enterprise on personal WeChat asks the real server, by 公众号 and by 微信客服."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.acceptance.server import SECONDS, running_server
from tests.platform import qyapi, weixin
from tests.platform.faults import after
from tests.platform.kf_customers import CUSTOMER, Wake
from tests.platform.loopback import serving
from tests.platform.posting import deliver
from tests.platform.qyapi import QyApi
from tests.platform.weixin import Weixin

QUESTION = "2021年万里行的总结几号交"
ANSWER = "10月30日"


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def account() -> AsyncIterator[Weixin]:
    async with serving(Weixin(clock)) as fake:
        yield fake


@pytest.fixture
def settings(wecom: QyApi, account: Weixin) -> Mapping[str, str]:
    return {
        "ZHIXING_HOSTS__WECOM": wecom.base,
        "ZHIXING_HOSTS__WECHAT": account.base,
        "ZHIXING_KF__CORP_ID": wecom.callbacks.corp_id,
        "ZHIXING_KF__SECRET": qyapi.SECRET,
        "ZHIXING_KF__TOKEN": wecom.callbacks.token,
        "ZHIXING_KF__AES_KEY": wecom.callbacks.aes_key,
        "ZHIXING_WECHAT__APP_ID": account.account.app_id,
        "ZHIXING_WECHAT__SECRET": weixin.SECRET,
        "ZHIXING_WECHAT__TOKEN": account.account.token,
        "ZHIXING_WECHAT__AES_KEY": account.account.aes_key,
    }


async def test_a_question_is_answered_on_both(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, account: Weixin, http: ClientSession
) -> None:
    async with running_server(tmp_path, settings) as url:
        shown = await account.post(http, f"{url}/wechat", account.says(QUESTION))
        assert shown is not None
        assert ANSWER in shown
        await woken(http, url, wecom, wecom.kf.says(QUESTION))
        [text] = await wecom.arrived.until(1, CUSTOMER)
        assert ANSWER in text


async def test_what_customers_write_while_the_server_is_down_is_answered_after_its_start(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, http: ClientSession
) -> None:
    async with running_server(tmp_path, settings) as url:
        await woken(http, url, wecom, wecom.kf.says("您好"))
        await wecom.arrived.until(1, CUSTOMER)
    wecom.kf.says(QUESTION)
    async with running_server(tmp_path, settings):
        texts = await wecom.arrived.until(2, CUSTOMER)
        assert len(texts) == 2
        assert ANSWER in texts[1]


async def test_who_wants_a_person_is_with_the_servicers_until_they_end_it(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, http: ClientSession
) -> None:
    queued, looked = asyncio.Event(), asyncio.Event()
    wecom.faults.then(after(queued.set), path="/cgi-bin/kf/service_state/trans")
    async with running_server(tmp_path, {**settings, "ZHIXING_KF__HUMAN": "queue"}) as url:
        await woken(http, url, wecom, wecom.kf.says("转人工"))
        await asyncio.wait_for(queued.wait(), SECONDS)
        wecom.faults.then(after(looked.set), path="/cgi-bin/kf/service_state/get")
        await woken(http, url, wecom, wecom.kf.says("有人吗"))
        await asyncio.wait_for(looked.wait(), SECONDS)
        wecom.kf.servicer_takes()
        wecom.kf.servicer_says("您好，我来处理")
        wecom.kf.servicer_ends()
        await woken(http, url, wecom, wecom.kf.says(QUESTION))
        texts = await wecom.arrived.until(2, CUSTOMER)
        assert len(texts) == 2
        assert ANSWER in texts[1]


async def woken(http: ClientSession, url: str, wecom: QyApi, wake: Wake) -> None:
    [answer] = await deliver(http, f"{url}/kf", wecom.kf_callback(wake))
    assert (answer.status, answer.body) == (200, b"")
