"""wechatpy's WeCom client works against the simulated qyapi as against the real one.

It blocks, so it runs beside the loop that the simulator runs in.
"""

from __future__ import annotations

import io
from asyncio import to_thread
from typing import Any

import pytest
from wechatpy.enterprise import WeChatClient
from wechatpy.exceptions import APILimitedException, WeChatClientException

from tests.clock import Clock
from tests.platform.faults import errcode, reset, status
from tests.platform.qyapi import SEND, QyApi
from tests.simulated.detour import send_around

HOST = "https://qyapi.weixin.qq.com"
AGENT = 1000002


async def test_a_text_arrives_and_the_token_is_fetched_once(qyapi: QyApi, wecom: Any) -> None:
    for words in ("您好", "再见"):
        answer = await to_thread(wecom.message.send_text, AGENT, "zhangsan", words)
        assert answer["errcode"] == 0
    assert qyapi.arrived.texts("zhangsan") == ["您好", "再见"]
    assert qyapi.tokens.fetches == 1


async def test_several_members_are_reached_and_strangers_named(qyapi: QyApi, wecom: Any) -> None:
    answer = await to_thread(wecom.message.send_text, AGENT, ["lisi", "Nobody", "wangwu"], "通知")
    assert answer["invaliduser"] == "nobody"
    assert [one.user for one in qyapi.arrived] == ["lisi", "wangwu"]


async def test_a_text_to_strangers_alone_is_an_error(qyapi: QyApi, wecom: Any) -> None:
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(wecom.message.send_text, AGENT, "nobody", "通知")
    assert caught.value.errcode == 81013
    assert not qyapi.arrived.texts()


async def test_a_wrong_secret_gets_no_token(qyapi: QyApi) -> None:
    stranger = WeChatClient(qyapi.callbacks.corp_id, "not-the-secret", timeout=5)
    send_around(stranger._http, HOST, qyapi.base)
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(stranger.message.send_text, AGENT, "zhangsan", "您好")
    assert caught.value.errcode == 40001


async def test_a_token_that_died_early_is_replaced(qyapi: QyApi, wecom: Any) -> None:
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "一")
    qyapi.tokens.die()
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "二")
    assert qyapi.arrived.texts("zhangsan") == ["一", "二"]
    assert qyapi.tokens.issued == 2


async def test_an_expired_token_is_replaced(qyapi: QyApi, wecom: Any, clock: Clock) -> None:
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "一")
    clock.passes(hours=3)
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "二")
    assert qyapi.arrived.texts("zhangsan") == ["一", "二"]


async def test_a_file_is_uploaded_and_sent(qyapi: QyApi, wecom: Any) -> None:
    report = io.BytesIO("需求清单".encode())
    report.name = "report.xlsx"
    uploaded = await to_thread(wecom.media.upload, "file", report)
    assert uploaded["type"] == "file"
    await to_thread(wecom.message.send_file, AGENT, "zhangsan", uploaded["media_id"])
    assert qyapi.arrived.texts("zhangsan") == ["report.xlsx"]
    assert qyapi.media.files[uploaded["media_id"]].content == "需求清单".encode()


async def test_a_media_id_is_good_for_three_days(wecom: Any, clock: Clock) -> None:
    report = io.BytesIO("需求清单".encode())
    report.name = "report.xlsx"
    uploaded = await to_thread(wecom.media.upload, "file", report)
    clock.passes(days=3)
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(wecom.message.send_file, AGENT, "zhangsan", uploaded["media_id"])
    assert caught.value.errcode == 40007


async def test_cards_and_markdown_and_links_arrive(qyapi: QyApi, wecom: Any) -> None:
    await to_thread(wecom.message.send_markdown, AGENT, "zhangsan", "# 简报")
    await to_thread(wecom.message.send_text_card, AGENT, "zhangsan", "简报", "三项", "https://x.cn")
    article = {"title": "通知", "url": "https://x.cn", "description": "", "image": ""}
    await to_thread(wecom.message.send_articles, AGENT, "zhangsan", [article])
    kinds = [one.kind for one in qyapi.arrived.of("zhangsan")]
    assert kinds == ["markdown", "textcard", "news"]


async def test_the_thirty_first_message_of_a_minute_is_refused(
    qyapi: QyApi, wecom: Any, clock: Clock
) -> None:
    for number in range(30):
        await to_thread(wecom.message.send_text, AGENT, "zhangsan", str(number))
    with pytest.raises(APILimitedException):
        await to_thread(wecom.message.send_text, AGENT, "zhangsan", "30")
    clock.passes(minutes=1)
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "31")
    assert len(qyapi.arrived.texts("zhangsan")) == 31


@pytest.mark.parametrize("code", [45009, 45033, 60020, -1])
async def test_a_planned_refusal_is_an_error_once(qyapi: QyApi, wecom: Any, code: int) -> None:
    qyapi.faults.then(errcode(code), path=SEND)
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(wecom.message.send_text, AGENT, "zhangsan", "一")
    assert caught.value.errcode == code
    await to_thread(wecom.message.send_text, AGENT, "zhangsan", "二")
    assert qyapi.arrived.texts() == ["二"]


async def test_a_broken_gateway_and_a_broken_connection_are_errors(
    qyapi: QyApi, wecom: Any
) -> None:
    qyapi.faults.then(status(502), reset(), path=SEND)
    with pytest.raises(WeChatClientException):
        await to_thread(wecom.message.send_text, AGENT, "zhangsan", "一")
    with pytest.raises(OSError, match="onnection"):
        await to_thread(wecom.message.send_text, AGENT, "zhangsan", "二")
    assert not qyapi.arrived.texts()


async def test_a_member_logs_in_by_a_code_once(qyapi: QyApi, wecom: Any) -> None:
    code = qyapi.pages.code_for("zhangsan")
    member = await to_thread(wecom.get, "auth/getuserinfo", params={"code": code})
    assert member["userid"] == "zhangsan"
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(wecom.get, "auth/getuserinfo", params={"code": code})
    assert caught.value.errcode == 40029


async def test_the_addresses_of_callbacks_are_told(wecom: Any) -> None:
    answer = await to_thread(wecom.misc.get_wechat_ips)
    assert answer == ["127.0.0.1"]
