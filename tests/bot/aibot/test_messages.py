"""What somebody says to a 智能机器人, and what the desk is given of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.aibot.messages import Heard, decode
from bot.channels.aibot.people import chat_of
from bot.channels.envelope import Reason, Rejected
from intents.turn import Attachment, Said
from tests.platform.aibot import BOT_ID, GROUP

URL = "https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/x?sign=1"


def body(kind: Any = "text", content: Any = None, **changed: Any) -> dict[str, Any]:
    """As the platform's page shows one; `changed` replaces fields, None drops them."""
    fields: dict[str, Any] = {
        "msgid": "CAIQ16HMjQYY",
        "aibotid": BOT_ID,
        "chattype": "single",
        "from": {"userid": "zhangsan"},
        "msgtype": kind,
        kind: {"content": "年费怎么交"} if content is None else content,
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def in_group(kind: str = "text", content: Any = None, **changed: Any) -> dict[str, Any]:
    return body(kind, content, **{"chattype": "group", "chatid": GROUP, **changed})


def heard(data: dict[str, Any]) -> Heard:
    found = decode(data, BOT_ID)
    assert found is not None
    return found


def ref(**fields: str) -> str:
    return json.dumps(fields)


def test_a_text_is_its_senders_own_conversation() -> None:
    assert heard(body()) == Heard("CAIQ16HMjQYY", "zhangsan", Said("年费怎么交"))


@pytest.mark.parametrize("text", ["@知行 年费怎么交", "@知行\u2005年费怎么交", "年费怎么交"])
def test_in_a_group_the_mention_is_no_part_of_what_is_said(text: str) -> None:
    found = heard(in_group(content={"content": text}))
    assert (found.user, found.said.text) == (f"{GROUP}/zhangsan", "年费怎么交")


def test_alone_with_the_bot_an_at_sign_is_part_of_what_is_said() -> None:
    assert heard(body(content={"content": "@张三 是谁"})).said.text == "@张三 是谁"


def test_members_of_another_corporation_do_not_pass_for_ours() -> None:
    outsider = body(**{"from": {"userid": "zhangsan", "corpid": "ww0"}})
    assert heard(outsider).user == "ww0:zhangsan"
    assert heard(body(**{"from": {"userid": "ww0:zhangsan"}})).user != "ww0:zhangsan"


@pytest.mark.parametrize("id_", ["zhangsan", "a/b", "a:b", "100%2F", "wr/+=:%"])
def test_whatever_an_id_holds_its_chat_is_found_again(id_: str) -> None:
    alone = heard(body(**{"from": {"userid": id_}})).user
    group: dict[str, Any] = {"chatid": id_, "from": {"userid": "a/b"}}
    together = heard(in_group(**group)).user
    assert chat_of(f"aibot:{alone}") == (id_, 1)
    assert chat_of(f"aibot:{together}") == (id_, 2)


def test_a_voice_message_is_what_the_platform_heard() -> None:
    assert heard(body("voice", {"content": "年费怎么交"})).said == Said("年费怎么交")


def test_pictures_files_and_videos_are_attachments() -> None:
    picture = heard(body("image", {"url": URL, "aeskey": "k"})).said
    file = heard(body("file", {"url": URL, "filename": "需求清单.xlsx"})).said
    video = heard(body("video", {"url": URL})).said
    assert picture == Said(
        event="attachment", attachment=Attachment("image", ref(url=URL, aeskey="k"))
    )
    assert file.attachment == Attachment("file", ref(url=URL), "需求清单.xlsx")
    assert video.attachment == Attachment("video", ref(url=URL))


def test_texts_with_a_picture_between_are_one_text_and_the_picture() -> None:
    items = [
        {"msgtype": "text", "text": {"content": "@知行 这张表"}},
        {"msgtype": "image", "image": {"url": URL}},
        {"msgtype": "text", "text": {"content": "怎么填？"}},
    ]
    said = heard(in_group("mixed", {"msg_item": items})).said
    assert said == Said("这张表\n怎么填？", attachment=Attachment("image", ref(url=URL)))


def test_who_calls_the_bot_to_somebodys_words_means_these_words() -> None:
    quote = {"msgtype": "text", "text": {"content": "年费怎么交"}}
    assert heard(in_group(content={"content": "@知行"}, quote=quote)).said == Said("年费怎么交")


def test_what_is_quoted_is_not_what_is_said() -> None:
    quote = {"msgtype": "text", "text": {"content": "总结几号交"}}
    assert heard(body(quote=quote)).said == Said("年费怎么交")


def test_who_opens_the_chat_is_welcomed() -> None:
    found = heard(body("event", {"eventtype": "enter_chat"}))
    assert (found.said, found.entered) == (Said(event="welcome"), True)


def test_a_pressed_button_says_its_option() -> None:
    card = {"card_type": "button_interaction", "event_key": "2021年", "task_id": "task1"}
    event = {"eventtype": "template_card_event", "template_card_event": card}
    found = heard(body("event", event))
    assert (found.said, found.pressed) == (Said("2021年"), "task1")


@pytest.mark.parametrize("event", ["feedback_event", "future_event", None])
def test_other_events_need_no_answer(event: str | None) -> None:
    assert decode(body("event", {"eventtype": event}), BOT_ID) is None


@pytest.mark.parametrize(
    "data",
    [
        body("location", {"x": 1}),
        body("voice", {"content": ""}),
        body("image", {"url": 7}),
        body("image", {"url": "x" * 5000}),
        body("mixed", {"msg_item": [7, {}, {"msgtype": "mixed"}, {"msgtype": "text"}]}),
        body("mixed", {"msg_item": "x"}),
        body(msgtype=7),
        body(msgtype=None),
    ],
)
def test_what_cannot_be_understood_is_unsupported(data: dict[str, Any]) -> None:
    assert heard(data).said == Said(event="unsupported")


def test_a_text_that_is_none_is_an_empty_message() -> None:
    assert heard(body(content={"content": 7})).said == Said("")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (body(aibotid="another"), Reason.RECEIVER),
        (body(aibotid=None), Reason.RECEIVER),
        (body(msgid=None), Reason.IDENTITY),
        (body(msgid=7), Reason.IDENTITY),
        (body(**{"from": None}), Reason.IDENTITY),
        (body(**{"from": {"userid": ""}}), Reason.IDENTITY),
        (body(**{"from": {"userid": "张三"}}), Reason.IDENTITY),
        (body(**{"from": "zhangsan"}), Reason.IDENTITY),
        (in_group(chatid=None), Reason.IDENTITY),
    ],
)
def test_what_is_not_for_us_or_of_nobody_is_refused(data: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        decode(data, BOT_ID)
    assert refused.value.reason is reason


def test_a_push_goes_to_the_chat_in_which_they_talked() -> None:
    alone, grouped = heard(body()), heard(in_group())
    assert chat_of(f"aibot:{alone.user}") == ("zhangsan", 1)
    assert chat_of(f"aibot:{grouped.user}") == (GROUP, 2)
