"""A customer of 微信客服 and a member of staff on WeCom talk through the real server."""

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

STAFF = [
    {"sender": "wecom:zhangsan", "name": "张三", "role": "clerk", "regions": ["全国"]},
    {"sender": "wecom:lisi", "name": "李四", "role": "clerk", "regions": ["全国"]},
]
DUTY = [{"to": one["sender"], "kinds": ["handoff"]} for one in STAFF]


@pytest.fixture
def settings(wecom: QyApi) -> Mapping[str, str]:
    return {
        **connected(wecom),
        "ZHIXING_STAFF": json.dumps(STAFF),
        "ZHIXING_SUBSCRIPTIONS": json.dumps(DUTY),
    }


async def test_a_customer_talks_with_a_person_until_either_ends_it(
    tmp_path: Path, settings: Mapping[str, str], wecom: QyApi, http: ClientSession
) -> None:
    async with running_server(tmp_path, settings) as url:
        await asks(http, url, wecom, "转人工，我的电话13900000001")
        [waits] = await wecom.arrived.until(1, CUSTOMER)
        assert "已为您转给工作人员" in waits
        for who in ("zhangsan", "lisi"):
            [wanted] = await wecom.arrived.until(1, who)
            assert "【转人工】T1" in wanted
            assert "13900000001" not in wanted

        assert "已接入T1" in await says(http, url, wecom, "接 1", "zhangsan")
        assert "T1已由张三接入" in await says(http, url, wecom, "接 1", "lisi")
        assert "张三已接入" in (await wecom.arrived.until(2, CUSTOMER))[-1]

        assert await says(http, url, wecom, "您好，请讲", "zhangsan") == ""
        assert "张三：您好，请讲" in (await wecom.arrived.until(3, CUSTOMER))[-1]
        for count in (2, 3):
            await asks(http, url, wecom, "质押要哪些材料？")
            assert (await wecom.arrived.until(count, "zhangsan"))[-1] == "【T1】质押要哪些材料？"

        assert "已结束" in await says(http, url, wecom, "结束", "zhangsan")
        assert "我继续为您服务" in (await wecom.arrived.until(4, CUSTOMER))[-1]
        await asks(http, url, wecom, "2021年万里行的总结几号交")
        assert "10月30日" in (await wecom.arrived.until(5, CUSTOMER))[-1]
