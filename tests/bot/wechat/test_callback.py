"""Who writes to the 公众号, or comes to it, reads the desk's reply in the chat."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.desk import DeskClosed
from bot.message import Message, Room, Sender, Window
from intents.turn import Attachment, Reply, Said
from tests.bot.noting_desk import NotingDesk
from tests.bot.wechat.conftest import PREVIOUS, Served, Serving
from tests.clock import Clock
from tests.platform.weixin import USER
from tests.platform.weixin_account import CANNOT_SERVE, WeixinAccount

AFTER_WORDS = Window(5, timedelta(hours=48))
AFTER_A_TAP = Window(3, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("mode", "form"), [*product(["secure", "compatible", "plain"], ["xml", "json"])]
)
async def test_a_question_is_answered_in_the_form_in_which_it_came(
    served_as: Serving, mode: Any, form: Any
) -> None:
    served = await served_as(WeixinAccount(mode=mode, form=form))
    said = served.weixin.says("什么时候<报送>？")
    assert await served.reads(said) == "5月25日前报送。"
    assert served.desk.texts == ["什么时候<报送>？"]


async def test_a_message_says_who_when_and_how_much_may_be_answered(
    served: Served, clock: Clock
) -> None:
    await served.reads(served.weixin.says("年费怎么交"))
    [message] = served.desk.taken
    sender = Sender("wechat", USER)
    assert message == Message(
        message.id, sender, Said("年费怎么交"), clock(), Room(2048), window=AFTER_WORDS
    )


@pytest.mark.parametrize("form", ["xml", "json"])
async def test_control_characters_are_left_out(served_as: Serving, form: Any) -> None:
    served = await served_as(WeixinAccount(form=form))
    await served.reads(served.weixin.says(" 年\x00费\x1b怎么交\n"))
    assert served.desk.texts == ["年费怎么交"]


async def test_a_voice_message_is_what_the_platform_heard(served: Served) -> None:
    sent = served.weixin.sends("voice", MediaId="M", Format="amr", Recognition="年费怎么交。")
    await served.reads(sent)
    assert served.desk.texts == ["年费怎么交。"]


@pytest.mark.parametrize(
    ("kind", "kept"), [("image", "image"), ("video", "video"), ("shortvideo", "video")]
)
async def test_pictures_and_films_are_kept_by_their_reference(
    served: Served, kind: str, kept: Any
) -> None:
    await served.reads(served.weixin.sends(kind, MediaId="MEDIA", PicUrl="http://127.0.0.1/x"))
    [message] = served.desk.taken
    assert message.said == Said(event="attachment", attachment=Attachment(kept, "MEDIA"))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("voice", {"MediaId": "M", "Format": "amr"}),
        ("image", {}),
        ("location", {"Location_X": "26.1", "Location_Y": "119.3", "Label": "福州"}),
        ("link", {"Title": "年费", "Url": "https://example.cn"}),
        ("something-new", {"MediaId": "M"}),
    ],
)
async def test_what_holds_no_words_is_passed_on_as_such(
    served: Served, kind: str, content: dict[str, str]
) -> None:
    assert await served.reads(served.weixin.sends(kind, **content)) == "5月25日前报送。"
    assert [message.said for message in served.desk.taken] == [Said(event="unsupported")]


async def test_who_follows_or_scans_is_welcomed_and_may_be_written_to_for_a_minute(
    served: Served,
) -> None:
    assert await served.reads(served.weixin.follows(scene="12")) == "5月25日前报送。"
    assert await served.reads(served.weixin.scans("12")) == "5月25日前报送。"
    said = [(message.said, message.window) for message in served.desk.taken]
    assert said == [(Said(event="welcome"), AFTER_A_TAP)] * 2


async def test_a_tap_on_the_menu_says_what_its_key_says(served: Served) -> None:
    await served.reads(served.weixin.taps("登记需求"))
    [message] = served.desk.taken
    assert (message.said, message.window) == (Said("登记需求"), AFTER_A_TAP)


async def test_two_taps_on_one_button_are_two_messages(served: Served, clock: Clock) -> None:
    await served.reads(served.weixin.taps("登记需求"))
    clock.passes(seconds=2)
    await served.reads(served.weixin.taps("登记需求"))
    first, second = served.desk.taken
    assert first.id != second.id


@pytest.mark.parametrize("event", ["unsubscribe", "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH"])
async def test_other_events_are_taken_without_a_word(served: Served, event: str) -> None:
    account = served.weixin.account
    sent = account.event(USER, int(served.weixin.clock().timestamp()), event, EventKey="x")
    assert await served.answer(sent) == (200, b"success")
    assert served.desk.taken == []


async def test_where_there_is_nothing_to_say_nothing_is_shown(
    served: Served, desk: NotingDesk
) -> None:
    desk.reply = Reply("smalltalk", "")
    assert await served.answer(served.weixin.says("在吗")) == (200, b"success")
    assert await served.reads(served.weixin.says("在吗")) is None


async def test_a_repeat_reaches_the_desk_as_the_same_message(served: Served) -> None:
    sent = served.weixin.says("年费怎么交")
    for _ in range(3):
        assert await served.reads(sent) == "5月25日前报送。"
    assert len({message.id for message in served.desk.taken}) == 1


async def test_when_we_stumble_the_platform_tries_again(served: Served, desk: NotingDesk) -> None:
    desk.troubles = [ConnectionRefusedError(), DeskClosed()]
    assert await served.reads(served.weixin.says("年费怎么交")) == "5月25日前报送。"
    assert served.desk.texts == ["年费怎么交"]


async def test_only_what_fails_three_times_shows_that_we_are_out_of_service(
    served: Served, desk: NotingDesk
) -> None:
    desk.troubles = [RuntimeError(), RuntimeError(), RuntimeError()]
    assert await served.reads(served.weixin.says("年费怎么交")) == CANNOT_SERVE


async def test_a_closing_desk_answers_503(served: Served, desk: NotingDesk) -> None:
    desk.troubles = [DeskClosed()]
    assert await served.answer(served.weixin.says("年费怎么交")) == (503, b"")


async def test_a_message_under_the_previous_key_is_answered_under_that_key(
    served_as: Serving, clock: Clock
) -> None:
    account = WeixinAccount(aes_key=PREVIOUS)
    served = await served_as(account, aes_key="A" * 43)
    assert await served.reads(served.weixin.says("您好")) == "5月25日前报送。"


async def test_a_long_reply_is_cut_to_what_the_platform_shows(
    served: Served, desk: NotingDesk
) -> None:
    desk.reply = Reply("answer", "请于五月底前报送工作方案。\n" * 300)
    shown = await served.reads(served.weixin.says("报送什么"))
    assert shown is not None
    assert shown.startswith("请于五月底前报送工作方案。")


@pytest.mark.parametrize("form", ["xml", "json"])
async def test_a_reply_cannot_break_out_of_its_place(
    served_as: Serving, desk: NotingDesk, form: Any
) -> None:
    served = await served_as(WeixinAccount(form=form))
    desk.reply = Reply("answer", ']]></Content>","MsgType":"news\x00\ud800<a href="http://x">y')
    shown = await served.reads(served.weixin.says("您好"))
    assert shown == ']]>＜/Content>","MsgType":"news＜a href="http://x">y'


async def test_a_file_is_named_where_none_can_be_sent(served: Served, desk: NotingDesk) -> None:
    desk.reply = Reply("command", "导出好了。", file="exports/需求清单.xlsx")
    shown = await served.reads(served.weixin.says("导出"))
    assert shown is not None
    assert "需求清单.xlsx" in shown
    assert "exports" not in shown
