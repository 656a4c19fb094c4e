"""What somebody sent on DingTalk, and what the desk is given of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.dingtalk import cards
from bot.channels.dingtalk.messages import Robot, decode
from bot.channels.envelope import Reason, Rejected
from bot.message import Message
from intents.turn import Attachment, Said
from tests.bot.dingtalk.conftest import NOW
from tests.platform.dingtalk import APP_KEY, CORP_ID, USER

OAPI = "https://oapi.dingtalk.com"
ROBOT = Robot(APP_KEY, CORP_ID, OAPI)
GROUP = "cidzaV1H/ONuw+7kQ=="
WEBHOOK = f"{OAPI}/robot/sendBySession?session=79b4886d1f3c9e2a"


def message(**changed: Any) -> dict[str, Any]:
    """As the platform's page shows one; `changed` replaces fields, None drops them."""
    fields: dict[str, Any] = {
        "conversationId": "cid042297=",
        "conversationType": "1",
        "chatbotCorpId": CORP_ID,
        "chatbotUserId": "$:LWCP_v1:$robot",
        "robotCode": APP_KEY,
        "msgId": "msg0001==",
        "createAt": 1714554000000,
        "senderNick": "张三",
        "senderStaffId": USER,
        "senderId": "$:LWCP_v1:$sender",
        "senderCorpId": CORP_ID,
        "sessionWebhook": WEBHOOK,
        "sessionWebhookExpiredTime": 1714559400000,
        "msgtype": "text",
        "text": {"content": "年费怎么交"},
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def heard(**changed: Any) -> Message:
    return decode(message(**changed), ROBOT, NOW)


def content(kind: str, **fields: Any) -> Said:
    return heard(msgtype=kind, text=None, content=fields).said


def via(decoded: Message) -> dict[str, Any]:
    assert decoded.route is not None
    return dict(decoded.route.via)


def test_a_text_to_the_robot_alone_is_its_senders_own_conversation() -> None:
    decoded = heard()
    assert (decoded.id, decoded.sender.key) == ("msg0001==", "dingtalk:042297")
    assert decoded.said == Said("年费怎么交")
    assert via(decoded) == {
        "conversation": "cid042297=",
        "at": USER,
        "group": False,
        "session_webhook": WEBHOOK,
        "expires": 1714559400000,
    }


def test_in_a_group_everybody_has_a_conversation_of_their_own() -> None:
    first = heard(conversationType="2", conversationId=GROUP, text={"content": " 年费怎么交"})
    second = heard(conversationType="2", conversationId=GROUP, senderStaffId="054321")
    assert first.said.text == "年费怎么交"
    assert first.sender.key == "dingtalk:cidzaV1H%2FONuw+7kQ==/042297"
    assert first.sender.key != second.sender.key
    assert via(first)["group"] is True
    assert via(first)["conversation"] == GROUP


@pytest.mark.parametrize(
    ("changed", "user"),
    [
        ({"senderStaffId": ""}, "$:LWCP_v1:$sender"),
        ({"senderStaffId": "", "senderUnionId": "uUnion/Id"}, "uUnion%2FId"),
        ({"senderStaffId": None}, "$:LWCP_v1:$sender"),
        ({"senderCorpId": "ding000000000000"}, "$:LWCP_v1:$sender"),
    ],
    ids=["no staff id", "a union id", "none at all", "another corporation's staff id"],
)
def test_outsiders_never_pass_for_our_staff(changed: dict[str, Any], user: str) -> None:
    decoded = heard(**changed)
    assert decoded.sender.user == user
    assert via(decoded)["at"] == ""


def test_a_voice_message_is_what_the_platform_heard() -> None:
    assert content("audio", downloadCode="c", recognition="年费怎么交") == Said("年费怎么交")


def test_a_voice_message_that_nobody_understood_is_unsupported() -> None:
    assert content("audio", downloadCode="c").event == "unsupported"


def test_pictures_files_and_videos_are_attachments() -> None:
    picture = content("picture", downloadCode="p1", pictureDownloadCode="p2")
    file = content("file", downloadCode="f1", fileName="需求清单.xlsx", fileId="1", spaceId="2")
    video = content("video", downloadCode="v1", duration="10", videoType="mp4")
    assert picture == Said(event="attachment", attachment=Attachment("image", "p1"))
    assert file == Said(event="attachment", attachment=Attachment("file", "f1", "需求清单.xlsx"))
    assert video == Said(event="attachment", attachment=Attachment("video", "v1"))


def test_texts_with_a_picture_between_are_one_text_and_the_picture() -> None:
    rich = [{"text": "这张表"}, {"downloadCode": "p1", "type": "picture"}, {"text": "怎么填？"}]
    assert content("richText", richText=rich) == Said(
        "这张表\n怎么填？", attachment=Attachment("image", "p1")
    )


def test_a_picture_alone_is_an_attachment_though_it_comes_as_rich_text() -> None:
    rich = [{"downloadCode": "p1", "type": "picture"}]
    assert content("richText", richText=rich).event == "attachment"


@pytest.mark.parametrize(
    "changed",
    [
        {"msgtype": "unknownMsgType", "content": {"unknownMsgType": "当前消息类型暂不支持"}},
        {"msgtype": "interactiveCard"},
        {"msgtype": None},
        {"msgtype": ["text"]},
        {"msgtype": "picture", "content": {"downloadCode": 1}},
        {"msgtype": "picture", "content": "x"},
        {"msgtype": "richText", "content": {"richText": [1, {}, {"text": 2}]}},
    ],
)
def test_what_cannot_be_understood_is_unsupported(changed: dict[str, Any]) -> None:
    assert heard(text=None, **changed).said == Said(event="unsupported")


def test_a_text_that_is_none_is_an_empty_message() -> None:
    assert heard(text={"content": 1}).said == Said("")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"robotCode": "dingsomebodyelse"}, Reason.RECEIVER),
        ({"robotCode": None}, Reason.RECEIVER),
        ({"chatbotCorpId": "ding000000000000"}, Reason.RECEIVER),
        ({"msgId": None}, Reason.IDENTITY),
        ({"msgId": ""}, Reason.IDENTITY),
        ({"msgId": 17}, Reason.IDENTITY),
        ({"msgId": "x" * 257}, Reason.IDENTITY),
        ({"senderStaffId": "张 三"}, Reason.IDENTITY),
        ({"senderStaffId": None, "senderId": None}, Reason.IDENTITY),
        ({"conversationType": "2", "conversationId": None}, Reason.IDENTITY),
    ],
)
def test_what_is_not_for_us_or_of_nobody_is_refused(
    changed: dict[str, Any], reason: Reason
) -> None:
    with pytest.raises(Rejected) as refused:
        heard(**changed)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "url",
    [
        "https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=79b4886d1f3c9e2a",
        "https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=79b4886d1f3c9e2a",
        "https://oapi.dingtalk.com:8443/robot/sendBySession?session=79b4886d1f3c9e2a",
        "http://oapi.dingtalk.com/robot/sendBySession?session=79b4886d1f3c9e2a",
        "https://oapi.dingtalk.com/robot/send?access_token=79b4886d1f3c9e2a",
        "https://oapi.dingtalk.com/robot/sendBySession?session=79b4886d1f3c9e2a#x",
        "http://169.254.169.254/robot/sendBySession?session=79b4886d1f3c9e2a",
        "http://127.0.0.1/robot/sendBySession?session=79b4886d1f3c9e2a",
        "",
        7,
    ],
)
def test_an_address_that_is_not_dingtalks_own_is_never_answered_to(url: object) -> None:
    assert "session_webhook" not in via(heard(sessionWebhook=url))


def pressed(**changed: Any) -> dict[str, Any]:
    params = {"say": "2021年", "in": ""}
    carried = {"cardPrivateData": {"actionIds": ["say"], "params": params}}
    return {
        "corpId": CORP_ID,
        "userId": USER,
        "outTrackId": "card1",
        "content": json.dumps(carried, ensure_ascii=False),
        "spaceType": "IM_ROBOT",
        "spaceId": "x",
        **changed,
    }


def test_a_pressed_button_says_its_option() -> None:
    decoded = cards.decode(pressed(), "frame1", CORP_ID, NOW)
    assert (decoded.sender.key, decoded.said) == ("dingtalk:042297", Said("2021年"))
    assert via(decoded) == {"conversation": "", "at": USER, "group": False}


def test_a_button_in_a_group_is_pressed_in_that_group() -> None:
    decoded = cards.decode(pressed(spaceType="IM_GROUP", spaceId=GROUP), "f1", CORP_ID, NOW)
    assert decoded.sender.key == "dingtalk:cidzaV1H%2FONuw+7kQ==/042297"
    assert via(decoded)["conversation"] == GROUP


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "{"},
        {"content": "[]"},
        {"content": None},
        {"content": '{"cardPrivateData": {"params": {"say": 1}}}'},
        {"content": '{"cardPrivateData": []}'},
        {"userId": ""},
        {"corpId": "ding000000000000"},
        {"spaceType": "IM_GROUP", "spaceId": ""},
    ],
)
def test_a_press_of_nobody_or_of_nothing_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        cards.decode(pressed(**changed), "frame1", CORP_ID, NOW)
