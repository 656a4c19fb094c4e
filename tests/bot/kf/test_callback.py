"""微信客服's callback wakes us, and nothing that happens to it loses a word of a customer's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession
from wechatpy.enterprise.crypto import PrpCrypto

from bot.channels.envelope import MAX_BODY
from bot.channels.kf.connect import PATH
from bot.channels.kf.receive import News
from storage import arrivals
from storage.database import Database
from tests.bot.kf.front import Front, at_work, stopped
from tests.bot.kf.office import NOW, Office
from tests.clock import Clock
from tests.data_key import KEYS
from tests.platform.faults import status
from tests.platform.kf import Kf
from tests.platform.kf_customers import KF_ID, Wake
from tests.platform.qyapi import QyApi
from tests.platform.wecom import Callback, WeComPlatform, new_aes_key

AT = int(NOW.timestamp())
SYNC = "/cgi-bin/kf/sync_msg"
PREVIOUS = new_aes_key()


@pytest.fixture
async def front(
    wecom: QyApi, db: Database, session: ClientSession, clock: Clock
) -> AsyncIterator[Front]:
    async with at_work(
        wecom, db, session, clock, accounts=[KF_ID], previous_aes_key=PREVIOUS
    ) as front:
        yield front


@asynccontextmanager
async def running(office: Office) -> AsyncIterator[None]:
    loops = [asyncio.ensure_future(loop()) for loop in (office.puller.run, office.worker.run)]
    try:
        yield
    finally:
        await stopped(loops)


def news(wake: Wake) -> News:
    return News(wake.open_kfid, wake.token)


async def known(db: Database) -> list[str]:
    async with db.transaction() as conn:
        return await arrivals.sources(conn, "kf:")


async def test_a_customer_who_writes_is_answered(front: Front, wecom: QyApi, kf: Kf) -> None:
    assert await front.woken(kf.says("年费怎么交")) == (200, b"")
    assert await wecom.arrived.until(1) == ["1 年费怎么交"]


async def test_a_callback_that_comes_three_times_brings_one_answer(
    front: Front, wecom: QyApi, kf: Kf
) -> None:
    wake = kf.says("一")
    await asyncio.gather(*(front.woken(wake) for _ in range(3)))
    await wecom.arrived.until(1)
    await front.woken(kf.says("二"))
    assert await wecom.arrived.until(2) == ["1 一", "2 二"]


async def test_what_comes_while_we_are_busy_is_fetched_too(
    front: Front, wecom: QyApi, kf: Kf
) -> None:
    for text in "一二三四五":
        await front.woken(kf.says(text))
    assert await wecom.arrived.until(5) == ["1 一", "2 二", "3 三", "4 四", "5 五"]


async def test_two_workers_that_are_woken_in_turn_answer_once_and_in_order(
    wecom: QyApi, kf: Kf, database_url: str, session: ClientSession, clock: Clock
) -> None:
    async with AsyncExitStack() as opened:
        fronts = []
        for _ in range(2):
            db = await Database.open(database_url, keys=KEYS)
            opened.push_async_callback(db.close)
            fronts.append(await opened.enter_async_context(at_work(wecom, db, session, clock)))
        for number, text in enumerate("一二三四五"):
            await fronts[number % 2].woken(kf.says(text))
        texts = await wecom.arrived.until(5)
    assert texts == ["1 一", "2 二", "3 三", "4 四", "5 五"]
    assert len(wecom.bodies("/cgi-bin/kf/send_msg")) == 5


async def test_a_callback_under_the_previous_key_wakes_too(
    front: Front, wecom: QyApi, kf: Kf
) -> None:
    wecom.callbacks = replace(wecom.callbacks, aes_key=PREVIOUS)
    assert await front.woken(kf.says("年费怎么交")) == (200, b"")
    assert await wecom.arrived.until(1) == ["1 年费怎么交"]


async def test_after_a_failure_it_is_fetched_soon_though_nobody_wakes_us(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    wecom.faults.then(status(500), path=SYNC)
    async with running(office):
        await office.puller.woken(news(kf.says("年费怎么交")))
        assert await wecom.arrived.until(1) == ["1 年费怎么交"]


async def test_callbacks_that_are_lost_are_made_up_for(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    await office.settle(kf.says("一").token)
    kf.says("二")
    async with running(office):
        assert await wecom.arrived.until(2) == ["1 一", "2 二"]


async def test_after_a_kill_a_start_fetches_what_it_was_woken_for(
    wecom: QyApi, kf: Kf, db: Database, session: ClientSession, clock: Clock, office: Office
) -> None:
    await office.puller.woken(news(kf.says("年费怎么交")))  # and killed before it was fetched
    assert await known(db) == [f"kf:{KF_ID}"]
    async with at_work(wecom, db, session, clock):
        assert await wecom.arrived.until(1) == ["1 年费怎么交"]


async def test_while_the_database_is_away_the_platform_is_asked_to_try_again(
    wecom: QyApi,
    kf: Kf,
    db: Database,
    session: ClientSession,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionRefusedError

    wake = kf.says("年费怎么交")
    async with at_work(wecom, db, session, clock) as front:
        with monkeypatch.context() as patch:
            patch.setattr(arrivals, "note", away)
            assert await front.woken(wake) == (500, b"")
        assert await front.woken(wake) == (200, b"")
        assert await wecom.arrived.until(1) == ["1 年费怎么交"]


async def test_news_of_an_account_that_is_not_ours_are_left_alone(
    front: Front, wecom: QyApi, kf: Kf, db: Database
) -> None:
    kf.accounts.add("wkOTHER-ACCOUNT")
    wake = kf.says("年费怎么交", open_kfid="wkOTHER-ACCOUNT")
    assert await front.woken(wake) == (200, b"")
    assert f"kf:{wake.open_kfid}" not in await known(db)


async def test_the_address_is_verified_with_the_bare_number(front: Front, wecom: QyApi) -> None:
    echo = wecom.callbacks.echo("1616140317555161061", AT)
    response = await front.client.get(echo.at(PATH))
    assert (response.status, await response.read()) == (200, b"1616140317555161061")
    stranger = replace(wecom.callbacks, token="guessed").echo("1616140317555161061", AT)
    response = await front.client.get(stranger.at(PATH))
    assert (response.status, await response.read()) == (403, b"")


def event(platform: WeComPlatform, at: int = AT, **changed: str | None) -> Callback:
    """`changed` replaces fields, or drops them if None."""
    fields: dict[str, str | None] = {
        "MsgType": "event",
        "Event": "kf_msg_or_event",
        "Token": "ENC1",
        "OpenKfId": KF_ID,
        **dict.fromkeys(("FromUserName", "AgentID", "MsgId")),
        **changed,
    }
    return platform.sealed(platform.xml(**fields), at)


def signed(platform: WeComPlatform, inner: str) -> Callback:
    return platform.sealed(inner, AT)


def padded_wrongly(platform: WeComPlatform) -> Callback:
    sealed = PrpCrypto(platform.crypto.key).encrypt("<xml/>", "ww0").decode()
    return replace(event(platform), body=f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode())


BAD: dict[str, Callable[[WeComPlatform], Callback]] = {
    "signed with another token": lambda p: event(replace(p, token="guessed")),
    "signed with no token": lambda p: event(replace(p, token="")),
    "sealed with another key": lambda p: event(replace(p, aes_key=new_aes_key())),
    "sealed for another corporation": lambda p: event(replace(p, corp_id="ww0000000000000000")),
    "written to another corporation": lambda p: event(p, ToUserName="ww0000000000000000"),
    "of five minutes ago": lambda p: event(p, AT - 301),
    "of five minutes ahead": lambda p: event(p, AT + 301),
    "no query": lambda p: replace(event(p), query={}),
    "no body": lambda p: replace(event(p), body=b""),
    "a body of another": padded_wrongly,
    "a bomb of entities": lambda p: replace(
        event(p), body=b'<!DOCTYPE x [<!ENTITY a "aa">]><xml><Encrypt>&a;</Encrypt></xml>'
    ),
    "ten thousand deep": lambda p: replace(event(p), body=b"<a>" * 10_000),
    "JSON": lambda p: replace(event(p), body=b'{"Encrypt": "AAAA"}'),
    "inside no XML": lambda p: signed(p, "您好"),
    "inside an entity": lambda p: signed(p, '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>'),
    "no account": lambda p: event(p, OpenKfId=None),
    "an account that is no id": lambda p: event(p, OpenKfId="wk/../../etc"),
    "an endless account": lambda p: event(p, OpenKfId="w" * 65),
    "no token": lambda p: event(p, Token=None),
    "an endless token": lambda p: event(p, Token="E" * 513),
    "a token of other characters": lambda p: event(p, Token="ENC 密"),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_cannot_be_trusted_is_refused_without_a_word_and_wakes_nobody(
    front: Front, wecom: QyApi, kf: Kf, name: str
) -> None:
    assert await front.post(BAD[name](wecom.callbacks)) == (403, b"")
    wake = kf.says("年费怎么交")
    await front.woken(wake)
    await wecom.arrived.until(1)
    assert {asked.get("token", wake.token) for asked in wecom.bodies(SYNC)} == {wake.token}


async def test_a_body_over_the_limit_is_refused_like_any_other(front: Front, wecom: QyApi) -> None:
    callback = event(wecom.callbacks)
    over = replace(callback, body=callback.body.ljust(MAX_BODY + 1))
    assert await front.post(over) == (403, b"")


@pytest.mark.parametrize("other", ["change_contact", "subscribe", "kf_account_auth_change"])
async def test_events_that_are_no_news_are_taken_without_a_word(
    front: Front, wecom: QyApi, other: str
) -> None:
    ours = wecom.callbacks
    assert await front.post(ours.sealed(ours.event_xml(other), AT)) == (200, b"")
