"""WeCom's API as we call it: one token for all, one retry, few calls at once."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.platforms import calls
from bot.platforms.calls import Unreachable
from bot.platforms.qyapi import QyApi
from bot.platforms.tokens import NoToken
from tests.clock import Clock
from tests.platform import faults, qyapi
from tests.platform.qyapi import SECRET, SEND

BODY = {"touser": "zhangsan", "msgtype": "text", "agentid": 1000002, "text": {"content": "您好"}}


async def test_fifty_sends_at_once_fetch_one_token_and_all_arrive(
    wecom: qyapi.QyApi, wecom_api: QyApi
) -> None:
    wecom.members = {f"member{n}" for n in range(50)}
    sends = [wecom_api.call(SEND, BODY | {"touser": one}) for one in wecom.members]
    answers = await asyncio.gather(*sends)
    assert {answer.errcode for answer in answers} == {0}
    assert len(wecom.arrived) == 50
    assert wecom.tokens.fetches == 1


async def test_a_token_that_dies_in_flight_is_replaced_and_the_call_repeated_once(
    wecom: qyapi.QyApi, wecom_api: QyApi
) -> None:
    await wecom_api.call(SEND, BODY)
    wecom.faults.then(faults.after(wecom.tokens.die), path=SEND)
    assert (await wecom_api.call(SEND, BODY)).errcode == 0
    assert wecom.arrived.texts("zhangsan") == ["您好", "您好"]
    assert wecom.tokens.fetches == 2


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_platform_that_refuses_every_token_is_asked_for_one_more_and_no_further(
    wecom: qyapi.QyApi, wecom_api: QyApi, code: int
) -> None:
    wecom.faults.always(faults.errcode(code), path=SEND)
    assert (await wecom_api.call(SEND, BODY)).errcode == code
    for _ in range(10):
        with pytest.raises(NoToken):
            await wecom_api.call(SEND, BODY)
    assert wecom.tokens.fetches == 2
    assert len(wecom.bodies(SEND)) == 3


async def test_a_wrong_secret_is_told_by_its_setting_and_not_asked_for_again(
    wecom: qyapi.QyApi, session: ClientSession, clock: Clock
) -> None:
    api = QyApi(session, wecom.base, wecom.callbacks.corp_id, "wrong", clock, section="kf")
    for _ in range(3):
        with pytest.raises(NoToken, match="errcode 40001: mend kf: secret") as caught:
            await api.call(SEND, BODY)
        assert caught.value.hopeless
    assert len(wecom.seen) == 1


async def test_a_wrong_corporation_is_told_by_its_setting(
    wecom: qyapi.QyApi, session: ClientSession, clock: Clock
) -> None:
    api = QyApi(session, wecom.base, "ww000", SECRET, clock)
    with pytest.raises(NoToken, match="mend wecom: corp_id"):
        await api.call(SEND, BODY)


async def test_a_busy_token_service_is_asked_again_later(
    wecom: qyapi.QyApi, wecom_api: QyApi, clock: Clock
) -> None:
    wecom.faults.then(faults.status(500), path="/cgi-bin/gettoken")
    with pytest.raises(NoToken, match="HTTP 500") as caught:
        await wecom_api.call(SEND, BODY)
    assert not caught.value.hopeless
    clock.passes(seconds=5)
    assert (await wecom_api.call(SEND, BODY)).errcode == 0


@pytest.mark.parametrize(
    "fault", [faults.reset(), faults.unanswered()], ids=["before", "after it took effect"]
)
async def test_a_connection_that_breaks_is_told_by_its_kind_alone(
    wecom: qyapi.QyApi, wecom_api: QyApi, fault: faults.Fault
) -> None:
    wecom.faults.then(fault, path=SEND)
    with pytest.raises(Unreachable) as caught:
        await wecom_api.call(SEND, BODY)
    assert caught.value.reason == "ServerDisconnectedError"
    assert caught.value.__cause__ is None


async def test_a_platform_that_is_too_slow_is_not_waited_for(
    wecom: qyapi.QyApi, wecom_api: QyApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wecom_api.call(SEND, BODY)
    never = asyncio.Event()
    wecom.faults.then(faults.held(never), path=SEND)
    monkeypatch.setattr(calls, "_TIMEOUT", ClientTimeout(total=0.05))
    with pytest.raises(Unreachable, match="Timeout"):
        await wecom_api.call(SEND, BODY)
    never.set()


@pytest.mark.parametrize("text", ["<html>登录</html>", "[" * 60_000, "[1]", ""])
async def test_what_is_no_json_object_is_an_answer_without_errcode(
    wecom: qyapi.QyApi, wecom_api: QyApi, text: str
) -> None:
    wecom.faults.then(faults.status(200, text), path=SEND)
    answer = await wecom_api.call(SEND, BODY)
    assert (answer.status, answer.errcode) == (200, None)


async def test_a_redirect_is_not_followed(wecom: qyapi.QyApi, wecom_api: QyApi) -> None:
    wecom.faults.then(faults.redirected(f"{wecom.base}/elsewhere"), path=SEND)
    assert (await wecom_api.call(SEND, BODY)).status == 302
    assert [one.path for one in wecom.seen] == ["/cgi-bin/gettoken", SEND]


async def test_a_file_is_kept_under_the_name_that_people_will_read(
    wecom: qyapi.QyApi, wecom_api: QyApi
) -> None:
    answer = await wecom_api.upload("file", '附件1 "需求" 清单.xlsx', b"PK\x03\x04 and more")
    stored = wecom.media.files[answer.body["media_id"]]
    assert (stored.name, stored.content) == ('附件1 "需求" 清单.xlsx', b"PK\x03\x04 and more")


async def test_neither_secret_nor_token_nor_words_are_logged_or_shown(
    wecom: qyapi.QyApi, wecom_api: QyApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = await wecom_api.call(SEND, BODY)
    wecom.faults.always(faults.status(500))
    wecom.tokens.die()
    failed = await wecom_api.call(SEND, BODY)
    wecom.faults.clear()
    wecom.faults.always(faults.reset())
    with pytest.raises(Unreachable) as caught:
        await wecom_api.call(SEND, BODY)
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    told = "\n".join([record.getMessage() for record in ours])
    told += repr((answer, failed, caught.value, wecom_api))
    assert not [word for word in (SECRET, "token-1", "您好", "zhangsan") if word in told]
