"""微信客服 as simulated, called by wechatpy's client: its cursor, windows, states and events."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import xmltodict
from wechatpy.exceptions import WeChatClientException

from tests.clock import Clock
from tests.platform.kf_customers import ASSISTANT, CUSTOMER, HUMAN, KF_ID, NEW, QUEUED, Wake
from tests.platform.kf_messages import MENU_ITEMS
from tests.platform.qyapi import QyApi

Call = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def call(wecom: Any) -> Call:
    """`call("kf/…", field=value)`: the answer, or {"errcode": …} of a refusal."""

    async def calling(path: str, **body: object) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = await to_thread(wecom.post, path, data=body)
        except WeChatClientException as problem:
            return {"errcode": problem.errcode}
        return answer

    return calling


@pytest.fixture
def say(call: Call) -> Callable[..., Awaitable[int]]:
    """`say("text")`: the errcode of one text to the customer."""

    async def saying(text: str, **more: object) -> int:
        sent = {"touser": CUSTOMER, "open_kfid": KF_ID, "msgtype": "text"}
        answer = await call("kf/send_msg", **sent, text={"content": text}, **more)
        return int(answer["errcode"])

    return saying


Say = Callable[..., Awaitable[int]]


async def fetched(call: Call, wake: Wake, cursor: str = "", limit: int = 1000) -> dict[str, Any]:
    asked = {"cursor": cursor, "token": wake.token, "limit": limit, "voice_format": 0}
    return await call("kf/sync_msg", **asked, open_kfid=wake.open_kfid)


def event_of(message: dict[str, Any]) -> dict[str, Any]:
    assert (message["msgtype"], message["origin"]) == ("event", 4)
    event: dict[str, Any] = message["event"]
    return event


async def test_a_message_is_fetched_from_the_cursor_on(qyapi: QyApi, call: Call) -> None:
    first = await fetched(call, qyapi.kf.says("年费怎么交"))
    (message,) = first["msg_list"]
    assert message["text"] == {"content": "年费怎么交"}
    assert (message["external_userid"], message["open_kfid"]) == (CUSTOMER, KF_ID)
    assert (message["origin"], message["msgtype"], first["has_more"]) == (3, "text", 0)
    second = await fetched(call, qyapi.kf.says("谢谢"), first["next_cursor"])
    assert [one["text"]["content"] for one in second["msg_list"]] == ["谢谢"]
    again = await fetched(call, qyapi.kf.wake())
    assert len(again["msg_list"]) == 2


async def test_pages_are_short_while_there_is_more(qyapi: QyApi, call: Call) -> None:
    for number in range(5):
        wake = qyapi.kf.says(str(number))
    qyapi.kf.page = 2
    cursor, pages = "", []
    for _ in range(3):
        page = await fetched(call, wake, cursor, limit=4)
        cursor = page["next_cursor"]
        pages.append((len(page["msg_list"]), page["has_more"]))
    assert pages == [(2, 1), (2, 1), (1, 0)]


@pytest.mark.parametrize("limit", [0, 1001])
async def test_a_page_holds_at_most_a_thousand(qyapi: QyApi, call: Call, limit: int) -> None:
    assert (await fetched(call, qyapi.kf.says("您好"), limit=limit))["errcode"] == 40058


async def test_a_wake_up_is_good_for_ten_minutes(qyapi: QyApi, call: Call, clock: Clock) -> None:
    wake = qyapi.kf.says("您好")
    clock.passes(minutes=10)
    assert (await fetched(call, wake))["errcode"] == 95007


async def test_fetching_without_a_wake_up_is_possible_but_rarely(qyapi: QyApi, call: Call) -> None:
    qyapi.kf.says("您好")
    codes = [(await call("kf/sync_msg", open_kfid=KF_ID))["errcode"] for _ in range(6)]
    assert codes == [0] * 5 + [45009]


async def test_messages_are_kept_for_three_days(qyapi: QyApi, call: Call, clock: Clock) -> None:
    qyapi.kf.says("早先的")
    clock.passes(days=3)
    page = await fetched(call, qyapi.kf.says("刚才的"))
    assert [one["text"]["content"] for one in page["msg_list"]] == ["刚才的"]


async def test_five_answers_fit_after_each_message(qyapi: QyApi, say: Say, clock: Clock) -> None:
    qyapi.kf.says("您好")
    assert [await say(str(number)) for number in range(6)] == [0] * 5 + [95001]
    qyapi.kf.says("还有呢")
    assert await say("5") == 0
    clock.passes(hours=48)
    assert await say("6") == 95002
    assert qyapi.arrived.texts(CUSTOMER) == ["0", "1", "2", "3", "4", "5"]


async def test_the_same_msgid_arrives_once_and_counts_once(qyapi: QyApi, say: Say) -> None:
    qyapi.kf.says("您好")
    assert [await say("答复", msgid="reply-1") for _ in range(9)] == [0] * 9
    assert qyapi.arrived.texts(CUSTOMER) == ["答复"]
    assert await say("其他", msgid="reply-2") == 0
    assert await say("其他", msgid="不合法") == 40058


async def test_a_failure_is_told_by_an_event(qyapi: QyApi, call: Call, say: Say) -> None:
    qyapi.kf.says("您好")
    qyapi.kf.refusing[CUSTOMER] = 10
    assert await say("答复", msgid="reply-1") == 0
    page = await fetched(call, qyapi.kf.wake())
    event = event_of(page["msg_list"][-1])
    assert (event["event_type"], event["fail_msgid"]) == ("msg_send_fail", "reply-1")
    assert event["fail_type"] == 10
    assert not qyapi.arrived.texts()


async def test_texts_are_limited_in_bytes(qyapi: QyApi, say: Say) -> None:
    qyapi.kf.says("您好")
    assert await say("字" * 682) == 0
    assert await say("字" * 683) == 45002
    assert await say("") == 44004


async def change(call: Call, state: int, servicer: str = "zhangsan") -> dict[str, Any]:
    named = {"open_kfid": KF_ID, "external_userid": CUSTOMER, "service_state": state}
    return await call("kf/service_state/trans", **named, servicer_userid=servicer)


async def state(call: Call) -> int:
    answer = await call("kf/service_state/get", open_kfid=KF_ID, external_userid=CUSTOMER)
    return int(answer["service_state"])


async def test_a_customer_is_handed_over_and_comes_back(qyapi: QyApi, call: Call, say: Say) -> None:
    qyapi.kf.says("转人工")
    assert await state(call) == NEW
    assert (await change(call, ASSISTANT))["errcode"] == 0
    assert await say("好的") == 0
    assert (await change(call, HUMAN, servicer="nobody"))["errcode"] == 95014
    assert (await change(call, HUMAN))["msg_code"]
    assert await say("机器人插话") == 95018
    assert (await change(call, QUEUED))["errcode"] == 95016
    qyapi.kf.servicer_ends()
    assert await say("机器人道别") == 95013
    assert (await change(call, NEW))["errcode"] == 95016
    qyapi.kf.says("再问一句")
    assert await state(call) == NEW
    assert await say("请讲") == 0


async def test_what_servicers_do_is_told(qyapi: QyApi, call: Call) -> None:
    qyapi.kf.says("转人工")
    await change(call, QUEUED)
    qyapi.kf.servicer_takes()
    qyapi.kf.servicer_says("我是张三")
    page = await fetched(call, qyapi.kf.servicer_ends())
    taken, said, ended = page["msg_list"][1:]
    assert event_of(taken)["change_type"] == 1
    assert event_of(taken)["new_servicer_userid"] == "zhangsan"
    assert (said["origin"], said["servicer_userid"]) == (5, "zhangsan")
    assert event_of(ended)["change_type"] == 3
    text = {"msgtype": "text", "text": {"content": "感谢咨询"}}
    code = event_of(ended)["msg_code"]
    assert (await call("kf/send_msg_on_event", code=code, **text))["errcode"] == 0
    assert qyapi.arrived.texts(CUSTOMER) == ["感谢咨询"]


async def test_a_newcomer_is_welcomed_within_twenty_seconds_and_once(
    qyapi: QyApi, call: Call, clock: Clock
) -> None:
    async def welcome() -> int:
        page = await fetched(call, qyapi.kf.enters())
        code = event_of(page["msg_list"][-1]).get("welcome_code", "none")
        clock.passes(seconds=waited)
        body = {"code": code, "msgid": "w1", "msgtype": "text", "text": {"content": "您好"}}
        codes.append(code)
        return int((await call("kf/send_msg_on_event", **body))["errcode"])

    codes: list[str] = []
    waited = 20
    assert await welcome() == 40029
    waited = 19
    assert await welcome() == 0
    assert await welcome() == 40029
    assert codes[-1] == "none"
    assert qyapi.arrived.texts(CUSTOMER) == ["您好"]


async def test_a_menu_is_shown_and_a_tap_names_its_item(qyapi: QyApi, call: Call) -> None:
    qyapi.kf.says("您好")
    item = {"type": "click", "click": {"id": "101", "content": "年费"}}
    site = {"type": "view", "view": {"url": "https://work.weixin.qq.com", "content": "网站"}}
    menu = {"head_content": "请选", "list": [item, site], "tail_content": "谢谢"}
    sent = {"touser": CUSTOMER, "open_kfid": KF_ID, "msgtype": "msgmenu"}
    assert (await call("kf/send_msg", **sent, msgmenu=menu))["errcode"] == 0
    assert qyapi.arrived.texts(CUSTOMER) == ["请选\n[年费]\n[网站]\n谢谢"]
    page = await fetched(call, qyapi.kf.says("年费", menu_id="101"))
    assert page["msg_list"][-1]["text"] == {"content": "年费", "menu_id": "101"}
    many = {"head_content": "请选", "list": [item] * (MENU_ITEMS + 1)}
    assert (await call("kf/send_msg", **sent, msgmenu=many))["errcode"] == 95008
    odd = {"list": [{"type": "tap", "tap": {}}]}
    assert (await call("kf/send_msg", **sent, msgmenu=odd))["errcode"] == 95009


async def test_who_never_came_and_what_is_not_ours_is_unknown(call: Call, say: Say) -> None:
    assert await say("您好") == 40096
    stranger = {"open_kfid": "wkother", "external_userid": CUSTOMER}
    assert (await call("kf/service_state/get", **stranger))["errcode"] == 95000


async def test_a_recalled_message_is_told(qyapi: QyApi, call: Call) -> None:
    qyapi.kf.says("打错了")
    msgid = qyapi.kf.last_msgid()
    page = await fetched(call, qyapi.kf.recalls(msgid))
    event = event_of(page["msg_list"][-1])
    assert (event["event_type"], event["recall_msgid"]) == ("user_recall_msg", msgid)


def test_the_wake_up_names_no_sender_and_no_application(qyapi: QyApi) -> None:
    wake = qyapi.kf.says("您好")
    sent = qyapi.kf_callback(wake)
    stamp = (sent.query["msg_signature"], sent.query["timestamp"], sent.query["nonce"])
    opened = qyapi.callbacks.crypto.decrypt_message(sent.body, *stamp)
    fields = xmltodict.parse(opened)["xml"]
    assert fields.pop("CreateTime").isdigit()
    assert fields == {
        "ToUserName": qyapi.callbacks.corp_id,
        "MsgType": "event",
        "Event": "kf_msg_or_event",
        "Token": wake.token,
        "OpenKfId": KF_ID,
    }
