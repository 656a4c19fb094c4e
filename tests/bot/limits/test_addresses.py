"""One address that is refused too often: not heard at the callbacks, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import make_mocked_request

from bot.app import build_app
from bot.limits.addresses import caller_of
from bot.settings import Settings
from tests.platform.wecom import Callback, WeComPlatform, right_now

PLATFORM = WeComPlatform()
STRANGER = replace(PLATFORM, token="guessed")
ALLOWED = 5
PROXIES = (ip_network("10.1.0.0/16"),)


@dataclass(frozen=True)
class Front:
    http: ClientSession
    base: str

    async def post(self, sent: Callback, caller: str = "") -> tuple[int, bytes]:
        """`caller`: as the proxy on this machine names it."""
        headers = {"X-Forwarded-For": caller} if caller else {}
        async with self.http.post(
            self.base + sent.at("/wecom"), data=sent.body, headers=headers
        ) as a:
            return a.status, await a.read()

    async def status(self, method: str, path: str) -> int:
        async with self.http.request(method, self.base + path) as answer:
            return answer.status


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    settings = Settings.model_validate(
        {
            "database": f"sqlite:///{tmp_path / 'zhixing.db'}",
            "limits": {"refusals": ALLOWED, "messages": 3},
            "wecom": {
                "corp_id": PLATFORM.corp_id,
                "agent_id": PLATFORM.agent_id,
                "token": PLATFORM.token,
                "aes_key": PLATFORM.aes_key,
            },
        }
    )
    runner = web.AppRunner(await build_app(settings))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as http:
        yield Front(http, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


def forged() -> Callback:
    return STRANGER.text("您好", right_now())


def genuine(user: str = "zhangsan") -> Callback:
    return PLATFORM.text("您好", right_now(), user)


async def test_whatever_is_refused_at_a_callback_gets_the_same_answer(front: Front) -> None:
    good, huge = genuine(), b"x" * 100_000
    bad = [forged(), replace(good, body=huge), replace(good, body=b""), replace(good, query={})]
    assert [await front.post(one) for one in bad] == [(403, b"")] * 4
    assert await front.status("PUT", "/wecom") == 403


async def test_an_address_that_goes_on_being_refused_is_not_heard_and_others_are(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for _ in range(ALLOWED + 3):
        assert await front.post(forged(), "203.0.113.9") == (403, b"")
    assert await front.post(genuine(), "203.0.113.9") == (403, b"")
    assert (await front.post(genuine(), "203.0.113.10"))[0] == 200
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "refused unheard" in line]) == 1
    assert len([line for line in said if "callback refused" in line]) == ALLOWED
    assert not [line for line in said if "203.0.113" in line]


async def test_an_office_whose_address_is_not_heard_at_callbacks_still_has_the_pages(
    front: Front,
) -> None:
    for _ in range(ALLOWED + 1):
        await front.post(forged())
    assert await front.status("GET", "/") == 200
    assert await front.status("GET", "/nowhere") == 404


async def test_a_platform_that_proves_itself_is_never_counted(front: Front) -> None:
    for number in range(10 * ALLOWED):
        assert (await front.post(genuine(f"user{number}")))[0] == 200


async def test_who_writes_too_fast_is_told_so_once_and_then_not_heard(front: Front) -> None:
    answers = [await front.post(genuine()) for _ in range(6)]
    words = [PLATFORM.read(body)["Content"] if body else "" for _, body in answers]
    assert [status for status, _ in answers] == [200] * 6
    assert "快" not in words[0]
    assert "快" in words[3]
    assert words[4:] == ["", ""]
    _, others = await front.post(genuine("lisi"))
    assert PLATFORM.read(others)["Content"] == words[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("8.8.4.4", None, "8.8.4.4"),
        ("8.8.4.4", "198.51.100.1", "8.8.4.4"),  # who is no proxy of ours is not believed
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "who knows", None),
        ("192.168.1.5", "198.51.100.1", None),  # a proxy, perhaps: it may speak for platforms too
        ("192.168.1.5", None, "192.168.1.5"),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", None, "203.0.113.9"),
    ],
)
def test_the_address_that_counts_is_the_callers(
    peer: str, forwarded: str | None, caller: str | None
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("POST", "/wecom", headers=headers).clone(remote=peer)
    assert caller_of(request, PROXIES) == caller
