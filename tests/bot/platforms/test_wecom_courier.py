"""What members of a corporation read of what the app sends them, and what becomes of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.channels.wecom.courier import WeComCourier
from bot.delivery.courier import Parcel
from bot.delivery.letters import Letter
from bot.delivery.outcome import Outcome, Refused, Retry, Sent
from bot.platforms.qyapi import QyApi
from intents.turn import Link, Reply
from intents.wording.fitting import cut_short
from tests.bot.platforms.examples import strange
from tests.clock import Clock
from tests.platform import faults, qyapi
from tests.platform.qyapi import SECRET, SEND

# path/90236: 文本消息, markdown消息 and 文件消息.
TEXT = {
    "touser": "UserID1|UserID2|UserID3",
    "toparty": "PartyID1|PartyID2",
    "totag": "TagID1 | TagID2",
    "msgtype": "text",
    "agentid": 1,
    "text": {"content": "您好"},
    "safe": 0,
    "enable_id_trans": 0,
    "enable_duplicate_check": 0,
    "duplicate_check_interval": 1800,
}
MARKDOWN = {
    **{name: value for name, value in TEXT.items() if name not in ("text", "safe")},
    "msgtype": "markdown",
    "markdown": {"content": "**您好**"},
}
FILE = {
    **{name: value for name, value in TEXT.items() if name != "text"},
    "msgtype": "file",
    "file": {"media_id": "1Yv-zXfHjSjU-7LH-GwtYqDGS-zz6w22KmWAT5COgP7o"},
}


@pytest.fixture
def courier(wecom: qyapi.QyApi, wecom_api: QyApi) -> WeComCourier:
    return WeComCourier(wecom_api, wecom.callbacks.agent_id, lambda: 0.0)


def parcel(
    text: str = "您的需求1已受理。",
    to: str = "zhangsan",
    *,
    key: str = "note:1",
    markdown: bool = False,
    attempts: int = 1,
    file: Path | None = None,
) -> Parcel:
    reply = Reply("command", text, file=str(file) if file else None)
    return Parcel(key, f"wecom:{to}", Letter(reply, markdown=markdown), attempts)


async def test_a_member_reads_what_was_written(wecom: qyapi.QyApi, courier: WeComCourier) -> None:
    assert await courier.deliver(parcel()) == Sent()
    assert wecom.arrived.texts("zhangsan") == ["您的需求1已受理。"]


@pytest.mark.parametrize(("markdown", "example"), [(False, TEXT), (True, MARKDOWN)])
async def test_the_body_is_as_documented(
    wecom: qyapi.QyApi, courier: WeComCourier, markdown: bool, example: dict[str, object]
) -> None:
    await courier.deliver(parcel(markdown=markdown))
    (body,) = wecom.bodies(SEND)
    assert strange(body, example) == []
    assert (body["touser"], body["msgtype"]) == ("zhangsan", example["msgtype"])


@pytest.mark.parametrize(
    ("key", "times"),
    [("note:1", 1), ("talk:5:wanted:wecom:zhangsan", 1), ("talk:5:m1:1", 2), ("reply:m1:1", 2)],
)
async def test_only_what_is_said_in_a_talk_may_be_said_twice(
    wecom: qyapi.QyApi, courier: WeComCourier, key: str, times: int
) -> None:
    for _ in range(2):
        assert await courier.deliver(parcel("在吗", key=key)) == Sent()
    assert len(wecom.arrived.texts()) == times


async def test_options_are_numbered_and_links_written_out(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    reply = Reply(
        "command", "请选择", ("2021年", "2023年"), links=(Link("办理", "https://x.test"),)
    )
    await courier.deliver(Parcel("note:1", "wecom:zhangsan", Letter(reply), 1))
    assert wecom.arrived.texts() == ["请选择\n1. 2021年\n2. 2023年\n办理：https://x.test"]


async def test_words_of_others_cannot_become_a_link(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    await courier.deliver(parcel('企业说：<a href="http://x.test">请登录</a>'))
    assert wecom.arrived.texts() == ['企业说：＜a href="http://x.test">请登录＜/a>']


async def test_what_is_too_long_says_that_it_was_cut(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    assert await courier.deliver(parcel("请于五月底前报送工作方案。\n" * 300)) == Sent()
    (shown,) = wecom.arrived.texts()
    assert len(shown.encode()) <= 2048
    assert shown.endswith("\n" + cut_short())


async def test_a_push_whose_answer_was_lost_arrives_once(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    wecom.faults.then(faults.unanswered(), path=SEND)
    assert isinstance(await courier.deliver(parcel()), Retry)
    assert await courier.deliver(parcel(attempts=2)) == Sent()
    assert wecom.arrived.texts() == ["您的需求1已受理。"]


async def test_a_file_comes_after_its_words_under_its_name(
    wecom: qyapi.QyApi, courier: WeComCourier, tmp_path: Path
) -> None:
    file = tmp_path / "附件1 需求清单.xlsx"
    file.write_bytes(b"PK\x03\x04 and more")
    assert await courier.deliver(parcel("已导出 3 项。", file=file)) == Sent()
    assert wecom.arrived.texts("zhangsan") == ["已导出 3 项。", "附件1 需求清单.xlsx"]
    assert strange(wecom.bodies(SEND)[1], FILE) == []


async def test_a_file_can_come_without_words(
    wecom: qyapi.QyApi, courier: WeComCourier, tmp_path: Path
) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(b"PK\x03\x04 and more")
    assert await courier.deliver(parcel("", file=file)) == Sent()
    assert wecom.arrived.texts() == ["报告.docx"]


async def test_words_are_not_repeated_because_of_a_file_that_cannot_be_uploaded(
    wecom: qyapi.QyApi, courier: WeComCourier, tmp_path: Path
) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(b"PK\x03\x04 and more")
    wecom.faults.then(faults.status(502), path="/cgi-bin/media/upload")
    outcome = await courier.deliver(parcel("已导出。", file=file))
    assert outcome == Retry(timedelta(seconds=5), "HTTP 502")
    assert await courier.deliver(parcel("已导出。", file=file, attempts=2)) == Sent()
    assert wecom.arrived.texts() == ["已导出。", "报告.docx"]


async def test_a_file_that_is_gone_or_empty_is_a_matter_for_people(
    wecom: qyapi.QyApi, courier: WeComCourier, tmp_path: Path
) -> None:
    gone = await courier.deliver(parcel(file=tmp_path / "gone.xlsx"))
    assert gone == Refused("the file cannot be read: FileNotFoundError")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    empty = await courier.deliver(parcel(file=tmp_path / "empty.xlsx"))
    assert empty == Refused("the file is empty or larger than 20 MB")
    assert not wecom.arrived.texts()


@pytest.mark.parametrize("name", ["@all", "a|b", "", "zhang san", "张三", "x" * 65])
async def test_nobody_but_one_member_is_ever_written_to(
    wecom: qyapi.QyApi, courier: WeComCourier, name: str
) -> None:
    assert await courier.deliver(parcel(to=name)) == Refused("not the id of a member")
    assert wecom.seen == []


async def test_who_is_not_seen_by_the_app_is_a_matter_for_people(courier: WeComCourier) -> None:
    outcome = await courier.deliver(parcel(to="nobody"))
    assert outcome == Refused("errcode 81013: not in the app's 可见范围")


async def test_who_is_named_as_left_out_was_not_reached(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    told = {"errcode": 0, "errmsg": "ok", "invaliduser": "zhangsan", "msgid": "m"}
    wecom.faults.then(faults.answered(told), path=SEND)
    assert await courier.deliver(parcel()) == Refused("not in the app's 可见范围")


LATER = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.errcode(-1), Retry(LATER, "errcode -1")),
        (faults.errcode(45033), Retry(LATER, "errcode 45033")),
        (
            faults.errcode(45009),
            Retry(timedelta(minutes=1), "too fast, errcode 45009", all_wait=True),
        ),
        (
            faults.errcode(60020),
            Retry(timedelta(minutes=10), "errcode 60020: mend the app's 企业可信IP"),
        ),
        (faults.errcode(40056), Refused("errcode 40056: mend wecom: agent_id")),
        (faults.errcode(45002), Refused("errcode 45002: too long")),
        (faults.errcode(99999), Retry(LATER, "errcode 99999")),
        (faults.status(500), Retry(LATER, "HTTP 500")),
        (faults.status(200, "<html>"), Retry(LATER, "no errcode")),
        (faults.status(404), Refused("HTTP 404")),
        (faults.status(429), Retry(timedelta(minutes=1), "HTTP 429", all_wait=True)),
        (faults.reset(), Retry(LATER, "ServerDisconnectedError")),
    ],
)
async def test_what_the_platform_says_decides_what_becomes_of_a_letter(
    wecom: qyapi.QyApi, courier: WeComCourier, fault: faults.Fault, outcome: Outcome
) -> None:
    wecom.faults.then(fault, path=SEND)
    assert await courier.deliver(parcel()) == outcome
    assert not wecom.arrived.texts()


async def test_the_31st_message_of_a_minute_waits_as_the_platform_wants(
    courier: WeComCourier,
) -> None:
    outcomes = [await courier.deliver(parcel(f"第{n}条")) for n in range(31)]
    assert outcomes[:30] == [Sent()] * 30
    assert outcomes[30] == Retry(timedelta(minutes=1), "too fast, errcode 45009", all_wait=True)


async def test_a_token_that_dies_in_flight_costs_nobody_a_message(
    wecom: qyapi.QyApi, courier: WeComCourier
) -> None:
    await courier.deliver(parcel("一"))
    wecom.faults.then(faults.after(wecom.tokens.die), path=SEND)
    assert await courier.deliver(parcel("二")) == Sent()
    assert wecom.arrived.texts() == ["一", "二"]


async def test_a_wrong_secret_is_a_matter_for_people(
    wecom: qyapi.QyApi, session: ClientSession, clock: Clock
) -> None:
    api = QyApi(session, wecom.base, wecom.callbacks.corp_id, "wrong", clock)
    courier = WeComCourier(api, wecom.callbacks.agent_id, lambda: 0.0)
    assert await courier.deliver(parcel()) == Refused("errcode 40001: mend wecom: secret")


async def test_neither_secrets_nor_people_are_logged(
    wecom: qyapi.QyApi, courier: WeComCourier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wecom.faults.then(faults.status(500), faults.errcode(60020))
    outcomes = [await courier.deliver(replace(parcel(), attempts=n)) for n in (1, 2, 3)]
    told = repr(outcomes) + "".join(
        record.getMessage() for record in caplog.records if record.name != "aiohttp.access"
    )
    assert not [word for word in (SECRET, "token-1", "受理", "zhangsan") if word in told]
