"""`zhixing doctor` says in one line each what is wrong, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.app import build_app
from bot.doctor.callbacks import of_callbacks
from bot.doctor.checking import Check
from bot.doctor.finding import Finding
from bot.doctor.house import of_calendar, of_database, of_knowledge, of_pushes, of_settings
from bot.doctor.patient import Patient
from bot.doctor.reach import of_hosts
from bot.settings import Settings

KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
WECOM = {"corp_id": "ww1234567890", "agent_id": 1000002, "token": "a-token", "aes_key": KEY}
NOBODY = "http://127.0.0.1:1"

Serve = Callable[[web.Application], Any]


def right_now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves an application on loopback and gives its address."""
    servers: list[TestServer] = []

    async def served(app: web.Application) -> str:
        server = TestServer(app)
        servers.append(server)
        await server.start_server()
        return str(server.make_url("")).rstrip("/")

    yield served
    for server in servers:
        await server.close()


def settings_of(tmp_path: Path, **given: Any) -> Settings:
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    return Settings.model_validate({"database": url, "web_chat": False, **given})


async def found(
    check: Check, settings: Settings, session: ClientSession, **given: Any
) -> list[Finding]:
    patient = Patient(settings, session, given.pop("clock", right_now), **given)
    return [finding async for finding in check(patient)]


async def test_the_trial_call_reaches_the_running_server(
    tmp_path: Path, session: ClientSession, serve: Serve
) -> None:
    settings = settings_of(tmp_path, wecom=WECOM)
    url = await serve(await build_app(settings))
    [finding] = await found(of_callbacks, settings.model_copy(update={"public_url": url}), session)
    assert (finding.level, finding.where) == ("ok", "回调 /wecom")


async def test_a_server_that_runs_with_other_keys_is_noticed(
    tmp_path: Path, session: ClientSession, serve: Serve
) -> None:
    url = await serve(await build_app(settings_of(tmp_path, wecom=WECOM)))
    changed = settings_of(tmp_path, wecom={**WECOM, "token": "another"}, public_url=url)
    [finding] = await found(of_callbacks, changed, session)
    assert finding.level == "bad"
    assert "重启" in finding.line


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (web.Response(status=302, headers={"Location": "/login"}), "跳转"),
        (web.Response(status=404), "没有这个路径"),
        (web.Response(status=502), "502"),
        (web.Response(text="<html>欢迎</html>"), "内容也不对"),
    ],
)
async def test_what_stands_before_the_server_is_told_apart(
    answer: web.Response, says: str, tmp_path: Path, session: ClientSession, serve: Serve
) -> None:
    async def instead(_request: web.Request) -> web.Response:
        return answer

    app = web.Application()
    app.router.add_get("/wecom", instead)
    settings = settings_of(tmp_path, wecom=WECOM, public_url=await serve(app))
    [finding] = await found(of_callbacks, settings, session)
    assert finding.level == "bad"
    assert says in finding.line


async def test_a_server_that_is_not_there_is_told(tmp_path: Path, session: ClientSession) -> None:
    settings = settings_of(tmp_path, wecom=WECOM, public_url=NOBODY)
    [finding] = await found(of_callbacks, settings, session)
    assert finding.level == "bad"
    assert "zhixing serve" in finding.mend


async def test_without_a_public_address_it_says_which_setting_is_missing(
    tmp_path: Path, session: ClientSession
) -> None:
    [finding] = await found(of_callbacks, settings_of(tmp_path, wecom=WECOM), session)
    assert (finding.level, "public_url" in finding.line) == ("hint", True)


@pytest.mark.parametrize(
    ("ahead", "level"),
    [(timedelta(0), "ok"), (timedelta(minutes=2), "hint"), (timedelta(minutes=-10), "bad")],
)
async def test_a_clock_that_is_wrong_is_measured_by_the_platform(
    ahead: timedelta, level: str, tmp_path: Path, session: ClientSession, serve: Serve
) -> None:
    url = await serve(web.Application())
    settings = settings_of(tmp_path, wecom=WECOM, hosts={"wecom": url})
    *_, clock = await found(of_hosts, settings, session, clock=lambda: right_now() + ahead)
    assert (clock.where, clock.level) == ("时钟", level)


async def test_a_platform_that_cannot_be_reached_is_named(
    tmp_path: Path, session: ClientSession
) -> None:
    settings = settings_of(tmp_path, wecom=WECOM, hosts={"wecom": NOBODY})
    [finding] = await found(of_hosts, settings, session)
    assert finding.level == "bad"
    assert "企业微信" in finding.what


async def test_only_the_platforms_in_the_settings_are_asked(
    tmp_path: Path, session: ClientSession
) -> None:
    assert await found(of_hosts, settings_of(tmp_path), session) == []


async def test_a_database_that_cannot_be_opened_is_told_without_its_password(
    tmp_path: Path, session: ClientSession
) -> None:
    url = "postgresql://someone:geheim@127.0.0.1:1/nothing"
    [finding] = await found(of_database, Settings(database=url), session)
    assert finding.level == "bad"
    assert "geheim" not in finding.line


async def test_looking_makes_no_database(tmp_path: Path, session: ClientSession) -> None:
    [finding] = await found(of_database, settings_of(tmp_path), session)
    assert finding.level == "hint"
    assert os.listdir(tmp_path) == []


async def test_knowledge_that_does_not_load_is_told_by_file_and_line(
    tmp_path: Path, session: ClientSession
) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "x.yaml").write_text("id: x\nkind: [\n", encoding="utf-8")
    [finding] = await found(of_knowledge, settings_of(tmp_path, knowledge=tmp_path), session)
    assert finding.level == "bad"
    assert "x.yaml:" in finding.what


async def test_a_settings_file_that_others_can_read_is_pointed_out(
    tmp_path: Path, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", {})
    file = tmp_path / "zhixing.toml"
    file.write_text("", encoding="utf-8")
    file.chmod(0o644)
    settings = settings_of(tmp_path, wecom=WECOM)
    open_ = await found(of_settings, settings, session, file=file)
    file.chmod(0o600)
    closed = await found(of_settings, settings, session, file=file)
    assert any("chmod 600" in finding.mend for finding in open_)
    assert all("chmod" not in finding.mend for finding in closed)


async def test_a_push_by_a_channel_that_is_not_connected_is_told(
    tmp_path: Path, session: ClientSession
) -> None:
    wanted = [{"to": "dingtalk:0422", "kinds": ["handoff"]}]
    [told] = await found(of_pushes, settings_of(tmp_path, subscriptions=wanted), session)
    assert told.level == "bad"
    assert "[dingtalk]" in told.mend


async def test_a_year_whose_holidays_nobody_knows_is_told_before_it_begins(
    tmp_path: Path, session: ClientSession
) -> None:
    def december() -> datetime:
        return datetime(2050, 12, 10, tzinfo=UTC)

    [finding] = await found(of_calendar, settings_of(tmp_path), session, clock=december)
    assert (finding.level, "2051" in finding.what) == ("hint", True)
    told = settings_of(tmp_path, calendar={"holidays": ["2051-10-02"]})
    assert await found(of_calendar, told, session, clock=december) == []


async def test_a_year_of_the_official_calendar_needs_nothing(
    tmp_path: Path, session: ClientSession
) -> None:
    def summer() -> datetime:
        return datetime(2024, 6, 1, tzinfo=UTC)

    assert await found(of_calendar, settings_of(tmp_path), session, clock=summer) == []
