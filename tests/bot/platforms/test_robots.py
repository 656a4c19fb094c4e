"""The group robots, spoken to over real HTTP: each of their answers becomes the right value."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.delivery.outcome import Refused, Retry, Sent, backoff
from bot.platforms import calls
from bot.platforms.robots import Note, Robot, Robots, dingtalk_sign
from tests.platform.robots import (
    DING_SECRET,
    DING_TOKEN,
    WECOM_KEY,
    FakeRobots,
    Special,
    answering,
    errcode,
    redirecting,
    serving,
)

NOW = datetime(2025, 11, 21, 1, 0, tzinfo=UTC)
WECOM = Robot("省局群", "wecom", WECOM_KEY)
DING = Robot("市局群", "dingtalk", DING_TOKEN, DING_SECRET)
NOTE = Note("简报", "### 简报\n新增需求 **3** 项")
GONE = Refused("errcode 93000: no such robot: mend its key")
MISMATCH = Refused("errcode 310000: mend its keywords, secret, access_token or addresses")


@pytest.fixture
async def fake() -> AsyncIterator[FakeRobots]:
    async with serving(FakeRobots(clock=lambda: NOW)) as running:
        yield running


@pytest.fixture
async def client(fake: FakeRobots) -> AsyncIterator[Robots]:
    async with ClientSession() as session:
        yield Robots(
            session, clock=lambda: NOW, jitter=lambda: 0.0, wecom=fake.base, dingtalk=fake.base
        )


def test_dingtalk_signs_as_its_published_vector() -> None:
    sign = dingtalk_sign("1577262236757", "this is secret")
    assert sign == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
    assert quote_plus(sign) == "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"
    other = dingtalk_sign("1577262236757", "this is a secret")
    assert other == "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA="


@pytest.mark.parametrize("robot", [WECOM, DING], ids=["wecom", "dingtalk"])
async def test_a_note_arrives_word_for_word(fake: FakeRobots, client: Robots, robot: Robot) -> None:
    assert await client.send(robot, NOTE) == Sent()
    assert fake.arrived[robot.kind] == [NOTE.text]


async def test_dingtalk_shows_the_title_in_its_list(fake: FakeRobots, client: Robots) -> None:
    await client.send(DING, NOTE)
    assert fake.titles == ["简报"]


async def test_a_clock_that_is_minutes_off_still_signs_well(fake: FakeRobots) -> None:
    async with ClientSession() as session:
        for minute in range(15):
            at = NOW + timedelta(seconds=61 * minute)
            client = Robots(session, clock=at.astimezone, jitter=lambda: 0, dingtalk=fake.base)
            assert await client.send(DING, NOTE) == Sent()


@pytest.mark.parametrize(
    ("robot", "refusal"),
    [
        (Robot("群", "wecom", "wrong"), GONE),
        (Robot("群", "dingtalk", "wrong", DING_SECRET), MISMATCH),
        (Robot("群", "dingtalk", DING_TOKEN, "wrong"), MISMATCH),
        (Robot("群", "dingtalk", DING_TOKEN), MISMATCH),
    ],
)
async def test_a_wrong_key_is_refused_for_good(
    fake: FakeRobots, client: Robots, robot: Robot, refusal: Refused
) -> None:
    assert await client.send(robot, NOTE) == refusal
    assert len(fake.codes) == 1


@pytest.mark.parametrize(
    ("robot", "special", "outcome"),
    [
        (WECOM, errcode(-1), Retry(timedelta(seconds=5), "errcode -1")),
        (DING, errcode(-1), Retry(timedelta(seconds=5), "errcode -1")),
        (WECOM, answering(500), Retry(timedelta(seconds=5), "HTTP 500")),
        (WECOM, answering(503, '{"errcode":0}'), Retry(timedelta(seconds=5), "HTTP 503")),
        (WECOM, answering(200, "<html>登录</html>"), Retry(timedelta(seconds=5), "no errcode")),
        (WECOM, answering(200, "[" * 60_000), Retry(timedelta(seconds=5), "no errcode")),
        (WECOM, errcode(99999), Retry(timedelta(seconds=5), "errcode 99999")),
        (WECOM, answering(404), Refused("HTTP 404")),
        (
            WECOM,
            errcode(45009),
            Retry(timedelta(minutes=1), "too fast, errcode 45009", all_wait=True),
        ),
        (
            DING,
            errcode(130101),
            Retry(timedelta(minutes=10), "too fast, errcode 130101", all_wait=True),
        ),
        (
            DING,
            errcode(302033),
            Retry(timedelta(minutes=10), "too fast, errcode 302033", all_wait=True),
        ),
        (WECOM, errcode(93000), GONE),
        (DING, errcode(310000), MISMATCH),
    ],
)
async def test_the_platforms_answer_decides_what_becomes_of_a_note(
    fake: FakeRobots, client: Robots, robot: Robot, special: Special, outcome: Retry | Refused
) -> None:
    fake.specials.append(special)
    assert await client.send(robot, NOTE) == outcome
    assert fake.arrived[robot.kind] == []


async def test_the_21st_message_of_a_minute_waits_as_the_platform_wants(
    fake: FakeRobots, client: Robots
) -> None:
    outcomes = [await client.send(DING, NOTE) for _ in range(21)]
    assert outcomes[:20] == [Sent()] * 20
    assert outcomes[20] == Retry(timedelta(minutes=10), "too fast, errcode 130101", all_wait=True)


async def test_a_redirect_is_not_followed(fake: FakeRobots, client: Robots) -> None:
    fake.specials.append(redirecting(f"{fake.base}/robot/send"))
    assert await client.send(WECOM, NOTE) == Refused("HTTP 302")
    assert fake.requests == 1


async def test_nobody_there_is_tried_again(fake: FakeRobots) -> None:
    async with ClientSession() as session:
        client = Robots(session, clock=lambda: NOW, jitter=lambda: 0.0, wecom="http://127.0.0.1:9")
        outcome = await client.send(WECOM, NOTE, attempts=3)
    assert outcome == Retry(timedelta(seconds=20), "ClientConnectorError")


async def test_silence_is_tried_again(
    fake: FakeRobots, client: Robots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "_TIMEOUT", ClientTimeout(total=1e-9))
    outcome = await client.send(WECOM, NOTE)
    assert isinstance(outcome, Retry)
    assert "Timeout" in outcome.reason


@pytest.mark.parametrize(
    ("robot", "text"),
    [(WECOM, "知" * 1366), (DING, "知" * 6660)],
    ids=["wecom", "dingtalk"],
)
async def test_what_is_too_long_never_leaves(
    fake: FakeRobots, client: Robots, robot: Robot, text: str
) -> None:
    assert await client.send(robot, Note("简报", text)) == Refused("too long for the platform")
    assert fake.requests == 0


async def test_what_just_fits_is_taken(fake: FakeRobots, client: Robots) -> None:
    assert await client.send(WECOM, Note("简报", "知" * 1365 + "x")) == Sent()
    frame = len('{"msgtype": "markdown", "markdown": {"title": "x", "text": ""}}')
    assert await client.send(DING, Note("x", "x" * (20_000 - frame))) == Sent()


def test_waits_double_up_to_an_hour_and_jitter_spreads_them() -> None:
    calm = [backoff(n, lambda: 0.0).total_seconds() for n in (1, 2, 3, 10, 11, 1000)]
    assert calm == [5, 10, 20, 2560, 3600, 3600]
    assert backoff(1, lambda: 0.5) == timedelta(seconds=6.25)


async def test_neither_key_nor_text_is_logged_or_shown(
    fake: FakeRobots, client: Robots, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dead = Robots(
        client._session, clock=lambda: NOW, jitter=lambda: 0, dingtalk="http://127.0.0.1:9"
    )
    outcomes = [await dead.send(DING, NOTE), await client.send(WECOM, NOTE)]
    fake.specials.append(errcode(93000))
    outcomes.append(await client.send(WECOM, NOTE))
    told = [r.getMessage() for r in caplog.records if r.name.startswith("bot")]
    assert told == [
        "robot 市局群: retry (ClientConnectorError)",
        "robot 省局群: sent",
        "robot 省局群: refused (errcode 93000: no such robot: mend its key)",
    ]
    shown = repr((outcomes, DING, WECOM))
    assert not any(secret in shown for secret in (WECOM_KEY, DING_TOKEN, DING_SECRET, "新增"))
