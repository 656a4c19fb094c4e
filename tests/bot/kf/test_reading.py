"""What customers of 微信客服 send besides text, and how a reply looks there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.channels.kf.looks import content_of
from bot.channels.kf.reading import read
from bot.message import Message
from intents.turn import Attachment, Link, Reply, Said
from tests.bot.kf.office import NOW
from tests.platform.kf_customers import CUSTOMER, KF_ID


def fetched(kind: str, content: dict[str, Any], now: datetime = NOW) -> Message:
    """What was sent at `NOW`, as it is read at `now`."""
    told = {
        "msgid": "m1",
        "open_kfid": KF_ID,
        "external_userid": CUSTOMER,
        "send_time": int(NOW.timestamp()),
        "origin": 3,
        "msgtype": kind,
        kind: content,
    }
    message = read(told, now)
    assert isinstance(message, Message)
    return message


def said(kind: str, content: dict[str, Any]) -> Said:
    return fetched(kind, content).said


def test_a_message_opens_the_same_window_however_late_it_is_fetched() -> None:
    """Two of one second must: the later one takes the place of the earlier one's window."""
    late = fetched("text", {"content": "在吗"}, NOW + timedelta(seconds=40))
    assert late == fetched("text", {"content": "在吗"})


@pytest.mark.parametrize("kind", ["image", "file", "video"])
def test_pictures_and_files_are_kept_by_their_reference(kind: Any) -> None:
    assert said(kind, {"media_id": "MEDIA"}) == Said(
        event="attachment", attachment=Attachment(kind, "MEDIA")
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("voice", {"media_id": "MEDIA"}),
        ("location", {"latitude": 26.1, "longitude": 119.3, "name": "福州"}),
        ("link", {"title": "年费", "url": "https://example.cn"}),
        ("business_card", {"userid": "zhangsan"}),
        ("miniprogram", {"appid": "wx1"}),
        ("image", {}),
        ("something-new", {}),
    ],
)
def test_what_holds_no_words_is_passed_on_as_such(kind: str, content: dict[str, Any]) -> None:
    assert said(kind, content) == Said(event="unsupported")


def test_a_tap_on_a_menu_says_what_stands_on_it() -> None:
    assert said("text", {"content": "2023年", "menu_id": "2"}) == Said("2023年")


def test_control_characters_are_left_out() -> None:
    assert said("text", {"content": " 年\x00费\x1b\ud800\n"}) == Said("年费")


def text(reply: Reply) -> str:
    content = content_of(reply)
    assert content["msgtype"] == "text"
    words: str = content["text"]["content"]
    return words


LONG = Reply("clarify", "请选择。" * 100, ("甲", "乙"))
MANY = Reply("clarify", "请选择。", tuple(f"选项{n}" for n in range(11)))
WIDE = Reply("clarify", "请选择。", ("甲" * 43, "乙"))
LINKED = Reply(
    "clarify", "请选择。", tuple("一二三四五六七八九十"), links=(Link("官网", "https://a.cn"),)
)


@pytest.mark.parametrize(
    "reply", [LONG, MANY, WIDE, LINKED], ids=["long", "many", "wide", "linked"]
)
def test_options_that_no_menu_takes_are_numbered(reply: Reply) -> None:
    assert text(reply) == reply.plain


def test_a_menu_takes_ten_options_of_128_bytes_under_a_head_of_1024() -> None:
    reply = Reply("clarify", "a" * 1024, tuple(f"{n}" + "甲" * 42 for n in range(10)))
    assert content_of(reply)["msgtype"] == "msgmenu"


def test_options_without_a_word_before_them_have_no_head() -> None:
    assert list(content_of(Reply("clarify", "", ("甲", "乙")))["msgmenu"]) == ["list"]


def test_a_reply_that_is_too_long_is_cut_to_what_the_platform_takes() -> None:
    assert len(text(Reply("answer", "请于五月底前报送。" * 300)).encode()) <= 2048


def test_tags_in_a_reply_are_only_words() -> None:
    assert text(Reply("answer", '<a href="https://evil.example">点我</a>')).startswith("＜a")


def test_a_file_is_named_where_none_can_be_sent() -> None:
    shown = text(Reply("command", "导出好了。", file="exports/需求清单.xlsx"))
    assert "需求清单.xlsx" in shown
    assert "exports" not in shown
