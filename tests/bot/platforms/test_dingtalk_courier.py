"""What people on DingTalk read of what the robot sends, which way it went, and what it cost."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.dingtalk import cards
from bot.channels.dingtalk.courier import CARD, ONE_TO_ONE, TO_GROUP, DingTalkCourier, monthly
from bot.channels.dingtalk.people import user_of
from bot.delivery.courier import Parcel
from bot.delivery.letters import Letter
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.platforms.dingtalk import DingTalkApi
from intents.turn import Link, Reply, Said
from storage.database import Database
from tests.bot.platforms.examples import strange
from tests.clock import Clock
from tests.platform import dingtalk, faults
from tests.platform.dingtalk import APP_KEY, APP_SECRET, GROUP, SESSION, USER, DingTalk

# developerpedia, robot/sendBySession; open platform, batchSend, groupMessages/send, card/instances.
BY_SESSION: dict[str, dict[str, Any]] = {
    "text": {
        "msgtype": "text",
        "text": {"content": "您好"},
        "at": {"atUserIds": ["042297"], "isAtAll": False},
    },
    "markdown": {
        "msgtype": "markdown",
        "markdown": {"title": "标题", "text": "### 您好"},
        "at": {"atUserIds": ["042297"], "isAtAll": False},
    },
    "actionCard": {
        "msgtype": "actionCard",
        "actionCard": {
            "title": "标题",
            "text": "您好",
            "btnOrientation": "0",
            "btns": [{"title": "看", "actionURL": "https://www.dingtalk.com/"}],
        },
    },
}
BATCH = {
    "robotCode": "dingxxxxxx",
    "userIds": ["manager1234"],
    "msgKey": "sampleMarkdown",
    "msgParam": '{"text": "hello text","title": "hello title"}',
}
TO_A_GROUP = {
    "msgParam": '{"content":"您好"}',
    "msgKey": "sampleText",
    "openConversationId": "cid6KeBBLov********",
    "robotCode": "dingue4kfzdxbyn*******",
}
CARDS = {
    "cardTemplateId": "xxxxxxxx.schema",
    "outTrackId": "track",
    "cardData": {"cardParamMap": {"title": "", "content": "", "buttons": "[]"}},
    "callbackType": "STREAM",
    "userIdType": 1,
    "openSpaceId": "dtv1.card//IM_GROUP.cid",
    "imGroupOpenSpaceModel": {"supportForward": True},
    "imGroupOpenDeliverModel": {"robotCode": "ding", "atUserIds": {"042297": "张三"}},
    "imRobotOpenSpaceModel": {"supportForward": True},
    "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "ding"},
}
YEARS = ("2021年", "2023 年 & 以后")


class Month:
    """What is left of the month's calls."""

    def __init__(self, left: int = 100) -> None:
        self.left = left

    async def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


@pytest.fixture
def month() -> Month:
    return Month()


@pytest.fixture
def courier(ding_api: DingTalkApi, clock: Clock, month: Month) -> DingTalkCourier:
    return DingTalkCourier(ding_api, APP_KEY, clock, lambda: 0.0, spend=month)


@pytest.fixture
def with_cards(ding_api: DingTalkApi, clock: Clock, month: Month) -> DingTalkCourier:
    return DingTalkCourier(
        ding_api, APP_KEY, clock, lambda: 0.0, spend=month, card_template="t.schema"
    )


Answering = Callable[..., Parcel]


@pytest.fixture
def answering(ding: DingTalk) -> Answering:
    """A reply to a message that has just come, alone or in a group."""

    def make(reply: Reply, *, group: str = "", attempts: int = 1, **changed: object) -> Parcel:
        message = ding.message("在吗", group=group)
        via = {
            "session_webhook": message["sessionWebhook"],
            "expires": message["sessionWebhookExpiredTime"],
            "conversation": message["conversationId"],
            "at": message["senderStaffId"],
            "group": bool(group),
            **changed,
        }
        target = f"dingtalk:{user_of(group or None, USER)}"
        return Parcel("reply:k:1", target, Letter(reply, via), attempts)

    return make


def push(reply: Reply, to: str = USER, *, markdown: bool = False, attempts: int = 1) -> Parcel:
    letter = Letter(reply, title="简报" if markdown else "", markdown=markdown)
    return Parcel("note:1", f"dingtalk:{to}", letter, attempts)


def words(text: str = "5月25日前报送。", *options: str, **more: Any) -> Reply:
    return Reply("answer", text, options, **more)


async def test_a_reply_goes_by_its_messages_session_and_costs_nothing(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, month: Month
) -> None:
    assert await courier.deliver(answering(words())) == Sent()
    assert ding.arrived.texts(USER) == ["5月25日前报送。"]
    assert [one.path for one in ding.seen] == [SESSION]
    assert month.left == 100


async def test_in_a_group_whoever_asked_is_mentioned_and_options_are_numbers(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    reply = words("您指哪一年？", *YEARS)
    assert await courier.deliver(answering(reply, group=GROUP)) == Sent()
    assert ding.arrived.texts(GROUP) == ["您指哪一年？\n1. 2021年\n2. 2023 年 & 以后"]
    (body,) = ding.bodies(SESSION)
    assert body["at"] == {"atUserIds": [USER], "isAtAll": False}


async def test_alone_options_are_buttons_that_say_them(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    assert await courier.deliver(answering(words("您指哪一年？", *YEARS))) == Sent()
    (body,) = ding.bodies(SESSION)
    assert body["actionCard"]["text"] == "您指哪一年？"
    assert [button["title"] for button in body["actionCard"]["btns"]] == list(YEARS)
    assert body["actionCard"]["btns"][1]["actionURL"] == (
        "dtmd://dingtalkclient/sendMessage?content=2023%20%E5%B9%B4%20%26%20%E4%BB%A5%E5%90%8E"
    )


async def test_more_options_than_buttons_are_numbers(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    await courier.deliver(answering(words("哪一项？", *[f"第{n}项" for n in range(1, 12)])))
    assert ding.arrived.texts(USER)[0].endswith("\n11. 第11项")


async def test_words_of_others_stay_words_beside_buttons(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    said = "# 通知\n[点这里](https://x.test/a_b) **急** <font color=red>"
    links = (Link("办理", "https://y.test/c_d"),)
    await courier.deliver(answering(words(said, "好", links=links)))
    (body,) = ding.bodies(SESSION)
    assert body["actionCard"]["text"] == (
        "＃ 通知\n\n［点这里］(https://x.test/a_b) ＊＊急＊＊ ＜font color=red＞"
        "\n\n[办理](https://y.test/c_d)"
    )


@pytest.mark.parametrize(
    ("kind", "reply", "group"),
    [
        ("text", words(), ""),
        ("text", words("哪一年？", *YEARS), GROUP),
        ("actionCard", words("哪一年？", *YEARS), ""),
    ],
)
async def test_a_sessions_body_is_as_documented(
    ding: DingTalk,
    courier: DingTalkCourier,
    answering: Answering,
    kind: str,
    reply: Reply,
    group: str,
) -> None:
    await courier.deliver(answering(reply, group=group))
    (body,) = ding.bodies(SESSION)
    assert body["msgtype"] == kind
    assert strange(body, BY_SESSION[kind]) == []


async def test_a_markdown_letter_is_markdown_with_its_title(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    parcel = answering(words("**3** 项"))
    letter = Letter(parcel.letter.reply, parcel.letter.via, "简报", markdown=True)
    await courier.deliver(Parcel(parcel.key, parcel.target, letter, 1))
    assert ding.bodies(SESSION) == [
        {"msgtype": "markdown", "markdown": {"title": "简报", "text": "**3** 项"}}
    ]


@pytest.mark.parametrize("markdown", [False, True])
async def test_a_push_goes_by_the_openapi_as_documented(
    ding: DingTalk, courier: DingTalkCourier, month: Month, markdown: bool
) -> None:
    assert await courier.deliver(push(words("您的需求1已受理。"), markdown=markdown)) == Sent()
    assert ding.arrived.texts(USER) == ["您的需求1已受理。"]
    (body,) = ding.bodies(ONE_TO_ONE)
    assert strange(body, BATCH) == []
    assert json.loads(body["msgParam"]) == (
        {"title": "简报", "text": "您的需求1已受理。"}
        if markdown
        else {"content": "您的需求1已受理。"}
    )
    assert month.left == 99


async def test_a_push_to_somebody_in_a_group_goes_to_the_group(
    ding: DingTalk, courier: DingTalkCourier
) -> None:
    group = "cid/with+slash=="
    ding.groups.add(group)
    assert await courier.deliver(push(words(), to=user_of(group, USER))) == Sent()
    assert ding.arrived.texts(group) == ["5月25日前报送。"]
    assert strange(ding.bodies(TO_GROUP)[0], TO_A_GROUP) == []


async def test_after_the_sessions_end_the_openapi_takes_over(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, clock: Clock, month: Month
) -> None:
    parcel = answering(words())
    clock.passes(hours=2)
    assert await courier.deliver(parcel) == Sent()
    assert ding.arrived.texts(USER) == ["5月25日前报送。"]
    assert not ding.bodies(SESSION)
    assert month.left == 99


async def test_a_session_that_has_ended_early_is_followed_by_the_openapi(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, month: Month
) -> None:
    parcel = answering(words())
    ding.sessions.clear()
    assert await courier.deliver(parcel) == Sent()
    assert ding.arrived.texts(USER) == ["5月25日前报送。"]
    assert month.left == 99


async def test_a_session_that_never_answers_is_given_up_for_the_openapi(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    ding.faults.always(faults.status(502), path=SESSION)
    parcels = [answering(words(), attempts=n) for n in (1, 2, 3, 4)]
    outcomes = [await courier.deliver(parcel) for parcel in parcels]
    assert [type(outcome) for outcome in outcomes] == [Retry, Retry, Retry, Sent]


@pytest.mark.parametrize(
    "webhook",
    [
        "https://evil.test/robot/sendBySession?session=0123456789abcdef",
        "http://oapi.dingtalk.com/robot/sendBySession?session=0123456789abcdef",
        "https://oapi.dingtalk.com@evil.test/robot/sendBySession?session=0123456789abcdef",
        "https://oapi.dingtalk.com:8443/robot/sendBySession?session=0123456789abcdef",
        "https://oapi.dingtalk.com/robot/send?session=0123456789abcdef",
        "https://oapi.dingtalk.com/robot/sendBySession?session=0123456789abcdef&x=1",
        "https://oapi.dingtalk.com/robot/sendBySession?session=0123456789abcdef#f",
        "https://oapi.dingtalk.com/robot/sendBySession?session=short",
        "https://oapi.dingtalk.com/robot/sendBySession?session=" + "x" * 2000,
        None,
        17,
    ],
)
async def test_no_address_but_the_platforms_own_is_ever_posted_to(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, webhook: object
) -> None:
    assert await courier.deliver(answering(words(), session_webhook=webhook)) == Sent()
    assert [one.path for one in ding.seen] == ["/v1.0/oauth2/accessToken", ONE_TO_ONE]


async def test_an_outsider_is_told_at_their_next_message_once_the_session_is_over(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering
) -> None:
    parcel = answering(words(), at="")
    ding.sessions.clear()
    assert isinstance(await courier.deliver(parcel), Closed)
    assert not ding.arrived.texts()


async def test_with_the_month_used_up_replies_still_go_by_session_and_pushes_wait(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, month: Month
) -> None:
    month.left = 0
    assert await courier.deliver(answering(words())) == Sent()
    assert await courier.deliver(push(words())) == Closed("the month's calls are used up")
    assert ding.arrived.texts(USER) == ["5月25日前报送。"]


async def test_all_workers_count_the_month_together(db: Database, clock: Clock) -> None:
    ours, theirs = monthly(db, clock, 3), monthly(db, clock, 3)
    assert [await spend() for spend in (ours, theirs, ours, theirs)] == [True, True, True, False]
    clock.passes(days=31)
    assert await theirs()


async def test_options_on_a_card_come_back_as_what_they_say(
    ding: DingTalk,
    with_cards: DingTalkCourier,
    answering: Answering,
    month: Month,
    clock: Clock,
) -> None:
    assert await with_cards.deliver(answering(words("您指哪一年？", *YEARS))) == Sent()
    (card,) = ding.cards.cards.values()
    assert (card.user, card.callback, card.template) == (USER, "STREAM", "t.schema")
    assert (card.values["title"], card.values["content"]) == ("请点选一项", "您指哪一年？")
    button, _ = json.loads(card.values["buttons"])
    assert (button["text"], button["event"]["type"]) == ("2021年", "sendCardRequest")
    sent = button["event"]["params"]
    pressed = {"actionIds": [sent["actionId"]], "params": sent["params"]}
    content = json.dumps({"cardPrivateData": pressed})
    data = {"userId": USER, "spaceType": "IM_ROBOT", "content": content}
    assert cards.decode(data, "frame-1", None, clock()).said == Said("2021年")
    assert month.left == 99


@pytest.mark.parametrize("group", ["", GROUP])
async def test_a_cards_body_is_as_documented(
    ding: DingTalk, with_cards: DingTalkCourier, answering: Answering, group: str
) -> None:
    await with_cards.deliver(answering(words("哪一年？", *YEARS), group=group))
    (body,) = ding.bodies(CARD)
    assert strange(body, CARDS) == []
    assert [card.user for card in ding.cards.cards.values()] == [group or USER]


async def test_a_card_whose_answer_was_lost_is_not_shown_twice(
    ding: DingTalk, with_cards: DingTalkCourier, answering: Answering
) -> None:
    parcel = answering(words("哪一年？", *YEARS))
    ding.faults.then(faults.unanswered(), path=CARD)
    assert isinstance(await with_cards.deliver(parcel), Retry)
    again = Parcel(parcel.key, parcel.target, parcel.letter, 2)
    assert await with_cards.deliver(again) == Sent()
    assert len(ding.arrived) == 1


def says(status: int, code: str) -> faults.Fault:
    return faults.answered({"code": code, "message": "…", "requestid": "r"}, status=status)


NOT_SHOWN = {"success": True, "result": {"deliverResults": [{"success": False, "errorMsg": "x"}]}}


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (CARD, faults.answered({"success": False, "result": {}})),
        (CARD, faults.answered(NOT_SHOWN)),
        (CARD, says(403, "Forbidden.AccessDenied.QpsLimitForApi")),
        (CARD, says(403, "Forbidden.AccessDenied.IpNotInWhiteList")),
        (CARD, says(400, "param.templateId.notExist")),
        (CARD, dingtalk.too_many_calls()),
        ("/v1.0/oauth2/accessToken", faults.status(500)),
    ],
)
async def test_a_card_that_cannot_be_shown_gives_way_to_buttons(
    ding: DingTalk,
    with_cards: DingTalkCourier,
    answering: Answering,
    path: str,
    fault: faults.Fault,
) -> None:
    ding.faults.then(fault, path=path)
    assert await with_cards.deliver(answering(words("哪一年？", *YEARS))) == Sent()
    assert [one.kind for one in ding.arrived] == ["actionCard"]


async def test_what_has_no_options_is_no_card(
    ding: DingTalk, with_cards: DingTalkCourier, answering: Answering
) -> None:
    await with_cards.deliver(answering(words()))
    assert [one.kind for one in ding.arrived] == ["text"]


@pytest.mark.parametrize("group", ["", GROUP])
async def test_a_file_comes_after_its_words(
    ding: DingTalk, courier: DingTalkCourier, answering: Answering, tmp_path: Path, group: str
) -> None:
    file = tmp_path / "附件1 需求清单.xlsx"
    file.write_bytes(b"PK\x03\x04 and more")
    reply = words("已导出 3 项。", file=str(file))
    assert await courier.deliver(answering(reply, group=group)) == Sent()
    assert ding.arrived.texts(group or USER) == ["已导出 3 项。", "附件1 需求清单.xlsx"]
    body = ding.bodies(TO_GROUP if group else ONE_TO_ONE)[0]
    param = json.loads(body["msgParam"])
    assert (param["fileName"], param["fileType"]) == ("附件1 需求清单.xlsx", "xlsx")
    (stored,) = ding.media.files.values()
    assert (stored.name, stored.content) == ("附件1 需求清单.xlsx", b"PK\x03\x04 and more")


LATER, MINUTE = timedelta(seconds=5), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (
            says(403, "Forbidden.AccessDenied.QpsLimitForApi"),
            Retry(MINUTE, "too fast, Forbidden.AccessDenied.QpsLimitForApi", all_wait=True),
        ),
        (
            says(403, "Forbidden.AccessDenied.IpNotInWhiteList"),
            Retry(
                timedelta(minutes=10),
                "Forbidden.AccessDenied.IpNotInWhiteList: mend 服务器出口IP of the app",
            ),
        ),
        (says(400, "send.too.fast"), Retry(MINUTE, "too fast, send.too.fast", all_wait=True)),
        (dingtalk.too_many_calls(), Closed("Forbidden.AccessDenied.ApiCountLimitForOrg")),
        (
            says(403, "Forbidden.AccessDenied.NoPermission"),
            Refused("Forbidden.AccessDenied.NoPermission"),
        ),
        (says(400, "invalidParameter.userIds"), Refused("invalidParameter.userIds")),
        (says(500, "ServiceUnavailable"), Retry(LATER, "ServiceUnavailable")),
        (faults.status(502), Retry(LATER, "HTTP 502")),
        (faults.reset(), Retry(LATER, "ServerDisconnectedError")),
    ],
)
async def test_what_the_openapi_says_decides_what_becomes_of_a_letter(
    ding: DingTalk, courier: DingTalkCourier, fault: faults.Fault, outcome: Outcome
) -> None:
    ding.faults.then(fault, path=ONE_TO_ONE)
    assert await courier.deliver(push(words())) == outcome
    assert not ding.arrived.texts()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.errcode(90018), Retry(MINUTE, "too fast, errcode 90018", all_wait=True)),
        (faults.errcode(130101), Retry(MINUTE, "too fast, errcode 130101", all_wait=True)),
        (faults.errcode(460101), Refused("errcode 460101: too long")),
        (faults.errcode(-1), Retry(LATER, "errcode -1")),
        (faults.reset(), Retry(LATER, "ServerDisconnectedError")),
    ],
)
async def test_what_the_session_says_decides_what_becomes_of_a_reply(
    ding: DingTalk,
    courier: DingTalkCourier,
    answering: Answering,
    fault: faults.Fault,
    outcome: Outcome,
) -> None:
    ding.faults.then(fault, path=SESSION)
    assert await courier.deliver(answering(words())) == outcome
    assert not ding.arrived.texts()


async def test_who_is_named_as_throttled_or_unknown_was_not_reached(
    ding: DingTalk, courier: DingTalkCourier
) -> None:
    ding.throttled.add(USER)
    throttled = await courier.deliver(push(words()))
    assert throttled == Retry(MINUTE, "too fast for this person", all_wait=True)
    stranger = await courier.deliver(push(words(), to="nobody"))
    assert stranger == Refused("no member of this staff id")


async def test_a_token_that_dies_in_flight_costs_nobody_a_message(
    ding: DingTalk, courier: DingTalkCourier, clock: Clock
) -> None:
    await courier.deliver(push(words("一")))
    ding.faults.then(faults.after(ding.tokens.die), path=ONE_TO_ONE)
    assert await courier.deliver(push(words("二"))) == Sent()
    ding.faults.then(says(400, "InvalidAuthentication"), path=ONE_TO_ONE)
    assert await courier.deliver(push(words("三"))) == Retry(LATER, "the token died early")
    clock.passes(seconds=5)
    assert await courier.deliver(push(words("三"))) == Sent()
    assert ding.arrived.texts() == ["一", "二", "三"]
    assert ding.tokens.fetches == 3


async def test_a_wrong_secret_is_a_matter_for_people(
    ding: DingTalk, session: ClientSession, clock: Clock
) -> None:
    api = DingTalkApi(session, ding.base, ding.base, APP_KEY, "wrong", clock)
    courier = DingTalkCourier(api, APP_KEY, clock, lambda: 0.0, spend=Month())
    outcome = await courier.deliver(push(words()))
    assert outcome == Refused("HTTP 400: mend dingtalk: client_id, client_secret")


async def test_neither_secrets_nor_people_are_logged(
    ding: DingTalk,
    courier: DingTalkCourier,
    answering: Answering,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    ding.faults.then(faults.reset(), path=SESSION)
    ding.faults.then(faults.status(500), path=ONE_TO_ONE)
    outcomes = [await courier.deliver(answering(words())) for _ in range(2)]
    outcomes += [await courier.deliver(push(words())) for _ in range(2)]
    told = repr(outcomes) + "".join(
        record.getMessage() for record in caplog.records if record.name != "aiohttp.access"
    )
    assert not [word for word in (APP_SECRET, "token-1", "报送", USER, "session=") if word in told]
