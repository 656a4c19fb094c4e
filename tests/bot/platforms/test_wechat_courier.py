"""What followers of a 公众号 read of what it sends by itself, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.channels.wechat.courier import WeChatCourier
from bot.delivery.courier import Parcel
from bot.delivery.letters import Letter
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.platforms.weixin import WeixinApi
from intents.turn import Reply
from intents.wording.fitting import elsewhere
from tests.bot.platforms.examples import strange
from tests.clock import Clock
from tests.platform import faults
from tests.platform.weixin import CUSTOM, SECRET, USER, Weixin

STABLE_TOKEN = "/cgi-bin/stable_token"
# Customer-service messages, text; stable_token.
TEXT = {"touser": "OPENID", "msgtype": "text", "text": {"content": "Hello World"}}
ASKED = {
    "grant_type": "client_credential",
    "appid": "APPID",
    "secret": "APPSECRET",
    "force_refresh": True,
}
LATER = timedelta(seconds=5)


@pytest.fixture
def courier(account: Weixin, account_api: WeixinApi) -> WeChatCourier:
    account.says("在吗")
    return WeChatCourier(account_api, lambda: 0.0)


def parcel(text: str = "您的需求1已受理。", to: str = USER, *options: str) -> Parcel:
    return Parcel("note:1", f"wechat:{to}", Letter(Reply("command", text, options)), 1)


async def test_a_follower_reads_what_was_written(account: Weixin, courier: WeChatCourier) -> None:
    assert await courier.deliver(parcel("您的需求1已受理。", USER, "我的需求")) == Sent()
    assert account.arrived.texts(USER) == ["您的需求1已受理。\n1. 我的需求"]


async def test_the_bodies_are_as_documented(account: Weixin, courier: WeChatCourier) -> None:
    await courier.deliver(parcel())
    assert strange(account.bodies(CUSTOM)[0], TEXT) == []
    assert strange(account.bodies(STABLE_TOKEN)[0], ASKED) == []


async def test_words_of_others_cannot_become_a_link(
    account: Weixin, courier: WeChatCourier
) -> None:
    await courier.deliver(parcel('<a href="http://x.test">请登录</a>'))
    assert account.arrived.texts() == ['＜a href="http://x.test">请登录＜/a>']


async def test_what_is_too_long_fits_all_the_same(account: Weixin, courier: WeChatCourier) -> None:
    assert await courier.deliver(parcel("请于五月底前报送工作方案。\n" * 300)) == Sent()


async def test_a_file_is_named_since_none_can_be_sent(
    account: Weixin, courier: WeChatCourier
) -> None:
    letter = Letter(Reply("command", "已导出 3 项。", file="exports/附件1.xlsx"))
    assert await courier.deliver(Parcel("note:1", f"wechat:{USER}", letter, 1)) == Sent()
    assert account.arrived.texts() == [f"已导出 3 项。\n{elsewhere('附件1.xlsx')}"]


async def test_two_days_after_their_message_they_wait_for_their_next(
    account: Weixin, courier: WeChatCourier, clock: Clock
) -> None:
    clock.passes(hours=48)
    assert await courier.deliver(parcel()) == Closed("errcode 45015: 48 hours are over")


async def test_the_sixth_message_waits_for_their_next(courier: WeChatCourier) -> None:
    outcomes = [await courier.deliver(parcel()) for _ in range(6)]
    assert outcomes == [Sent()] * 5 + [Closed("errcode 45047: the messages are used up")]


def forbidden(account: Weixin) -> None:
    account.permitted = False


def blocked(account: Weixin) -> None:
    account.user().turned_away = True


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (forbidden, "errcode 48001: the account has no 客服消息"),
        (blocked, "errcode 43019: has blocked the account"),
    ],
)
async def test_who_may_not_be_written_to_is_told_when_they_write(
    account: Weixin, courier: WeChatCourier, happens: Callable[[Weixin], None], reason: str
) -> None:
    happens(account)
    assert await courier.deliver(parcel()) == Closed(reason)


async def test_an_account_that_may_not_write_first_asks_nobody() -> None:
    outcome = await WeChatCourier(None, lambda: 0.0).deliver(parcel())
    assert outcome == Closed("the account may not write first")


async def test_who_follows_no_more_is_not_written_to(
    account: Weixin, courier: WeChatCourier
) -> None:
    account.leaves()
    assert await courier.deliver(parcel()) == Refused("errcode 40003: no follower of this id")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.errcode(-1), Retry(LATER, "errcode -1")),
        (
            faults.errcode(45009),
            Retry(timedelta(hours=1), "too fast, errcode 45009", all_wait=True),
        ),
        (faults.errcode(45002), Refused("errcode 45002: too long")),
        (faults.status(500), Retry(LATER, "HTTP 500")),
        (faults.reset(), Retry(LATER, "ServerDisconnectedError")),
    ],
)
async def test_what_the_platform_says_decides_what_becomes_of_a_letter(
    account: Weixin, courier: WeChatCourier, fault: faults.Fault, outcome: Outcome
) -> None:
    account.faults.then(fault, path=CUSTOM)
    assert await courier.deliver(parcel()) == outcome
    assert not account.arrived.texts()


async def test_five_at_once_fetch_one_token(account: Weixin, courier: WeChatCourier) -> None:
    outcomes = await asyncio.gather(*[courier.deliver(parcel()) for _ in range(5)])
    assert outcomes == [Sent()] * 5
    assert account.stable.fetches == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_dies_in_flight_costs_nobody_a_message(
    account: Weixin, courier: WeChatCourier, code: int
) -> None:
    await courier.deliver(parcel("一"))
    account.faults.then(faults.errcode(code), path=CUSTOM)
    assert await courier.deliver(parcel("二")) == Sent()
    assert account.arrived.texts() == ["一", "二"]
    assert account.stable.fetches == 2


async def test_what_waits_is_sent_once_our_new_address_is_let_in(
    account: Weixin, courier: WeChatCourier, clock: Clock
) -> None:
    account.trusted = False
    reason = "errcode 40164: mend wechat: API IP白名单 of the account"
    assert await courier.deliver(parcel()) == Retry(LATER, reason)
    account.trusted = True
    clock.passes(seconds=5)
    assert await courier.deliver(parcel()) == Sent()


async def test_a_wrong_secret_is_a_matter_for_people(
    account: Weixin, session: ClientSession, clock: Clock
) -> None:
    api = WeixinApi(session, account.base, account.account.app_id, "wrong", clock)
    outcome = await WeChatCourier(api, lambda: 0.0).deliver(parcel())
    assert outcome == Refused("errcode 40125: mend wechat: secret")


async def test_neither_secrets_nor_people_are_logged(
    account: Weixin, courier: WeChatCourier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account.faults.then(faults.status(500), faults.errcode(45015), path=CUSTOM)
    outcomes = [await courier.deliver(parcel()) for _ in range(3)]
    told = repr(outcomes) + "".join(
        record.getMessage() for record in caplog.records if record.name != "aiohttp.access"
    )
    assert not [word for word in (SECRET, "token-1", "受理", USER) if word in told]
