"""Bodies as the platforms' documents print them are taken; a little beside them is refused.

A simulator that takes too little would forbid what works; one that takes too much proves nothing.
"""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.clock import Clock
from tests.platform.dingtalk import (
    APP_KEY,
    CORP_ID,
    GROUP,
    ONE_TO_ONE,
    TO_GROUP,
    USER,
    DingTalk,
)
from tests.platform.kf_customers import CUSTOMER, KF_ID
from tests.platform.loopback import serving
from tests.platform.media import StoredFile
from tests.platform.qyapi import SEND, QyApi
from tests.platform.weixin import CUSTOM, NOTIFY, TEMPLATE, Weixin
from tests.platform.weixin import USER as FOLLOWER

Body = dict[str, Any]

APP: Body = {
    "touser": "zhangsan|lisi",
    "toparty": "",
    "totag": "",
    "agentid": 1000002,
    "safe": 0,
    "enable_id_trans": 0,
    "enable_duplicate_check": 0,
    "duplicate_check_interval": 1800,
}
CARD: Body = {
    "card_type": "button_interaction",
    "source": {"desc": "知识产权局", "desc_color": 1},
    "main_title": {"title": "要提交吗", "desc": "需求清单"},
    "button_list": [{"text": "提交", "style": 1, "key": "submit"}],
    "task_id": "task_1@office",
}
APP_BODIES: list[Body] = [
    {
        "msgtype": "text",
        "text": {"content": '你的快递<a href="https://work.weixin.qq.com">到了</a>'},
    },
    {"msgtype": "markdown", "markdown": {"content": "您的会议室已经预定\n>**事项详情**"}},
    {
        "msgtype": "textcard",
        "textcard": {
            "title": "领奖通知",
            "description": '<div class="gray">2016年9月26日</div>',
            "url": "https://work.weixin.qq.com",
            "btntxt": "更多",
        },
    },
    {
        "msgtype": "news",
        "news": {
            "articles": [
                {
                    "title": "中秋节礼品领取",
                    "description": "今年中秋节公司有豪礼相送",
                    "url": "https://work.weixin.qq.com",
                    "picurl": "https://res.mail.qq.com/x.png",
                }
            ]
        },
    },
    {"msgtype": "file", "file": {"media_id": "FILE"}},
    {"msgtype": "template_card", "template_card": CARD},
]
KF: Body = {"touser": CUSTOMER, "open_kfid": KF_ID, "msgid": "MSGID"}
KF_BODIES: list[Body] = [
    {"msgtype": "text", "text": {"content": "你购买的物品已发货"}},
    {"msgtype": "file", "file": {"media_id": "FILE"}},
    {
        "msgtype": "msgmenu",
        "msgmenu": {
            "head_content": "您对本次服务是否满意呢?",
            "list": [
                {"type": "click", "click": {"id": "101", "content": "满意"}},
                {"type": "view", "view": {"url": "https://work.weixin.qq.com", "content": "查询"}},
                {"type": "text", "text": {"content": "纯文本", "no_newline": 0}},
            ],
            "tail_content": "欢迎再次光临",
        },
    },
]
OA_BODIES: list[tuple[str, Body]] = [
    (CUSTOM, {"touser": FOLLOWER, "msgtype": "text", "text": {"content": "Hello World"}}),
    (
        CUSTOM,
        {
            "touser": FOLLOWER,
            "msgtype": "msgmenu",
            "msgmenu": {
                "head_content": "您对本次服务是否满意呢?",
                "list": [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}],
                "tail_content": "欢迎再次光临",
            },
        },
    ),
    (
        TEMPLATE,
        {
            "touser": FOLLOWER,
            "template_id": "TEMPLATE",
            "url": "http://weixin.qq.com/download",
            "client_msg_id": "MSG_000001",
            "data": {"keyword1": {"value": "巧克力"}, "keyword2": {"value": "39.8元"}},
        },
    ),
    (
        NOTIFY,
        {
            "touser": FOLLOWER,
            "template_id": "TEMPLATE",
            "page": "mp.weixin.qq.com",
            "data": {"name1": {"value": "广州腾讯科技有限公司"}},
        },
    ),
]
MARKDOWN = {"title": "shown in the list", "text": "### 答复\n\n- 一"}
BUTTONS = [{"title": "查看", "actionURL": "https://x.cn"}]
SESSION_BODIES: list[Body] = [
    {"msgtype": "text", "text": {"content": "答复"}, "at": {"atUserIds": [USER], "isAtAll": False}},
    {"msgtype": "markdown", "markdown": MARKDOWN, "at": {"atUserIds": [USER]}},
    {
        "msgtype": "actionCard",
        "actionCard": {"title": "t", "text": "md", "btnOrientation": "0", "btns": BUTTONS},
    },
]
OPEN_BODIES: list[tuple[str, Body]] = [
    (
        ONE_TO_ONE,
        {
            "robotCode": APP_KEY,
            "userIds": [USER],
            "msgKey": "sampleMarkdown",
            "msgParam": '{"title": "t", "text": "md"}',
        },
    ),
    (
        TO_GROUP,
        {
            "robotCode": APP_KEY,
            "openConversationId": GROUP,
            "msgKey": "sampleText",
            "msgParam": '{"content": "答复"}',
        },
    ),
    (
        "/v1.0/card/instances/createAndDeliver",
        {
            "cardTemplateId": "x.schema",
            "outTrackId": "uuid",
            "cardData": {"cardParamMap": {"title": "年费"}},
            "callbackType": "STREAM",
            "openSpaceId": f"dtv1.card//IM_GROUP.{GROUP}",
            "imGroupOpenSpaceModel": {"supportForward": True},
            "imGroupOpenDeliverModel": {"robotCode": APP_KEY, "atUserIds": {USER: "张三"}},
        },
    ),
]


def named(body: Body) -> str:
    return str(body["msgtype"])


async def errcode(http: ClientSession, url: str, token: str, body: Body) -> int:
    raw = json.dumps(body, ensure_ascii=False).encode()
    async with http.post(url, params={"access_token": token}, data=raw) as response:
        return int((await response.json())["errcode"])


@pytest.fixture
def office(qyapi: QyApi) -> QyApi:
    """With a file uploaded, and a customer who just wrote."""
    stored = StoredFile("file", "清单.xlsx", b"table of demands", "", qyapi.clock())
    qyapi.media.files["FILE"] = stored
    qyapi.kf.says("您好")
    return qyapi


@pytest.mark.parametrize("body", APP_BODIES, ids=named)
async def test_messages_of_an_application(http: ClientSession, office: QyApi, body: Body) -> None:
    at, token = office.base + SEND, office.tokens.fetch()[0]
    assert await errcode(http, at, token, APP | body) == 0
    assert [one.user for one in office.arrived] == ["zhangsan", "lisi"]
    for wrong in beside(APP | body):
        assert await errcode(http, at, token, wrong) != 0
    assert len(office.arrived) == 2


@pytest.mark.parametrize("body", KF_BODIES, ids=named)
async def test_messages_to_a_customer(http: ClientSession, office: QyApi, body: Body) -> None:
    at, token = office.base + "/cgi-bin/kf/send_msg", office.tokens.fetch()[0]
    for number, wrong in enumerate(beside(KF | body)):
        assert await errcode(http, at, token, wrong | {"msgid": f"wrong{number}"}) != 0
    assert await errcode(http, at, token, KF | body) == 0
    assert [one.user for one in office.arrived] == [CUSTOMER]


@pytest.mark.parametrize(("path", "body"), OA_BODIES)
async def test_messages_of_an_official_account(
    http: ClientSession, clock: Clock, path: str, body: Body
) -> None:
    async with serving(Weixin(clock)) as weixin:
        weixin.says("您好")
        weixin.consents[FOLLOWER, "TEMPLATE"] = 1
        token = weixin.stable.fetch()[0]
        for wrong in beside(body):
            assert await errcode(http, weixin.base + path, token, wrong) != 0
        assert await errcode(http, weixin.base + path, token, body) == 0
        assert [one.user for one in weixin.arrived] == [FOLLOWER]


@pytest.fixture
async def dingtalk(clock: Clock) -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(clock)) as fake:
        yield fake


@pytest.mark.parametrize("body", SESSION_BODIES, ids=named)
async def test_messages_by_session(http: ClientSession, dingtalk: DingTalk, body: Body) -> None:
    webhook = dingtalk.message("年费", group=GROUP)["sessionWebhook"]

    async def code(sent: Body) -> int:
        async with http.post(webhook, json=sent) as response:
            return int((await response.json())["errcode"])

    for wrong in beside(body):
        assert await code(wrong) != 0
    assert await code(body) == 0
    assert [one.user for one in dingtalk.arrived] == [GROUP]


@pytest.mark.parametrize(("path", "body"), OPEN_BODIES)
async def test_messages_of_the_open_api(
    http: ClientSession, dingtalk: DingTalk, path: str, body: Body
) -> None:
    headers = {"x-acs-dingtalk-access-token": dingtalk.tokens.fetch()[0]}

    async def status(sent: Body) -> int:
        async with http.post(dingtalk.base + path, json=sent, headers=headers) as response:
            return response.status

    for wrong in beside(body):
        assert await status(wrong) == 400
    assert await status(body) == 200
    assert len(dingtalk.arrived) == 1


def test_a_message_to_the_robot_is_as_printed(clock: Clock) -> None:
    message = DingTalk(clock).message("年费怎么交", group=GROUP)
    assert message["text"] == {"content": " 年费怎么交"}
    assert message["sessionWebhookExpiredTime"] - message["createAt"] == 5_400_000
    printed = {
        "conversationType": "2",
        "chatbotCorpId": CORP_ID,
        "robotCode": APP_KEY,
        "senderStaffId": USER,
        "isInAtList": True,
        "msgtype": "text",
    }
    assert printed.items() <= message.items()


def beside(body: Body) -> list[Body]:
    """The same with a field too many, without its content, and with content of another kind."""
    content = body.get("msgtype") or next(
        name for name in ("data", "msgParam", "cardData") if name in body
    )
    without = {name: value for name, value in body.items() if name != content}
    return [body | {"unknown": 1}, without, body | {content: 7}, emptied(body, content)]


def emptied(body: Body, content: str) -> Body:
    changed = copy.deepcopy(body)
    changed[content] = "" if isinstance(changed[content], str) else {}
    return changed
