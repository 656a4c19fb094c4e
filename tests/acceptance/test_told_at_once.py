"""What staff answer reaches who asked at once, on whatever platform; and is told once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.acceptance.corporation import asks, connected, says
from tests.acceptance.server import running_server
from tests.platform.kf_customers import CUSTOMER
from tests.platform.qyapi import QyApi

ASKED = "万里行报名要交多少钱"
ANSWER = "不收费，欢迎报名"
STAFF = {"sender": "wecom:zhangsan", "name": "王芳", "role": "head", "regions": ["全国"]}


@pytest.fixture
def settings(wecom: QyApi) -> Mapping[str, str]:
    return {
        **connected(wecom),
        "ZHIXING_STAFF": json.dumps([STAFF]),
    }


async def test_an_answer_by_staff_is_in_the_customers_chat_without_their_writing_again(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, http: ClientSession
) -> None:
    async with running_server(tmp_path, settings) as url:
        await asks(http, url, wecom, ASKED)
        await wecom.arrived.until(1, CUSTOMER)
        assert ASKED[:4] in await says(http, url, wecom, "待答")
        assert "已答复" in await says(http, url, wecom, f"答 1 {ANSWER}")
        _, told = await wecom.arrived.until(2, CUSTOMER)
        assert ANSWER in told
        await asks(http, url, wecom, "你好")
        assert ANSWER not in (await wecom.arrived.until(3, CUSTOMER))[2]


async def test_a_colleague_who_asked_by_the_app_is_written_to(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, http: ClientSession
) -> None:
    async with running_server(tmp_path, settings) as url:
        await says(http, url, wecom, ASKED, user="lisi")
        await says(http, url, wecom, f"答 1 {ANSWER}")
        [told] = await wecom.arrived.until(1, "lisi")
        assert ANSWER in told
        assert ANSWER not in await says(http, url, wecom, "你好", user="lisi")
