"""Signing in to the console, and everything that keeps others out."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import Morsel

import pytest
from sqlalchemy import select

from bot.console.browser import COOKIE
from bot.console.opening import first_password
from storage import staff
from storage.database import Database
from storage.schema import sessions
from tests.bot.counter.office import NOW
from tests.console.office import PASSWORD, Browser, Office

NEW = "a new password 2024"
TLS = {"X-Forwarded-Proto": "https"}


async def test_the_first_admin_signs_in_once_with_what_the_start_told(office: Office) -> None:
    told = await first_password(office.db, NOW)
    assert told
    assert await first_password(office.db, NOW) is None, "it is told once"
    admin = office.browser()
    assert "请先换成自己的" in await admin.signs_in("admin", told)
    await admin.opens("/demands")
    assert admin.at == "/console/password", "nothing else before it is changed"
    await admin.sends("/password", old=told, new=NEW, again=NEW)
    assert admin.at == "/console/overview"
    assert "用户名或密码不对" in await office.browser().signs_in("admin", told)
    assert "概览" in await office.browser().signs_in("admin", NEW)


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short 1", "short 1", "太简单"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "太简单"),
        ("王芳王芳王芳王芳王芳", "王芳王芳王芳王芳王芳", "太简单"),
        (PASSWORD, PASSWORD, "太简单"),
        (NEW, NEW + " ", "不一样"),
    ],
)
async def test_a_password_is_not_changed_to_a_poor_one(
    office: Office, new: str, again: str, why: str
) -> None:
    wang = await office.hires("王芳")
    await wang.opens("/password")
    assert why in await wang.sends("/password", old=PASSWORD, new=new, again=again)
    assert (await office.browser().signs_in("王芳")).startswith("需求")


async def test_a_new_password_takes_the_old_one_and_ends_all_other_sessions(
    office: Office,
) -> None:
    here, there = await office.hires("王芳"), office.browser()
    await there.signs_in("王芳")
    await here.opens("/password")
    assert "现在的密码不对" in await here.sends("/password", old="x", new=NEW, again=NEW)
    await here.sends("/password", old=PASSWORD, new=NEW, again=NEW)
    assert here.at == "/console/demands"
    await there.opens("/demands")
    assert there.at == "/console/sign-in"


async def test_who_guesses_waits_longer_and_longer_even_with_the_right_password(
    office: Office,
) -> None:
    await office.hires("王芳")
    guesser = office.browser()
    for _ in range(5):
        assert "用户名或密码不对" in await guesser.signs_in("王芳", "guessed")
    assert "请过1分钟再登录" in await guesser.signs_in("王芳")
    office.clock.now += timedelta(minutes=2)
    await guesser.signs_in("王芳", "guessed")
    assert "请过2分钟再登录" in await guesser.signs_in("王芳")
    office.clock.now += timedelta(minutes=3)
    assert (await guesser.signs_in("王芳")).startswith("需求"), "it ends by itself"


async def test_who_tries_many_names_from_one_address_waits_too(office: Office) -> None:
    await office.hires("王芳")
    guesser = office.browser()
    for n in range(30):
        await guesser.signs_in(f"nobody{n}", "guessed")
    assert "分钟再登录" in await guesser.signs_in("王芳")


async def test_an_unknown_name_is_answered_like_a_wrong_password(office: Office) -> None:
    await office.hires("王芳")
    wrong = await office.browser().signs_in("王芳", "guessed")
    assert wrong == await office.browser().signs_in("李强", "guessed")


async def test_failed_and_good_sign_ins_are_on_record_but_no_unknown_names(
    office: Office,
) -> None:
    await office.hires("王芳")
    await office.browser().signs_in("王芳", "guessed")
    await office.browser().signs_in("my own password", "guessed")
    kept = [(row.actor, row.act) for row in await office.on_record()]
    assert kept == [("wecom:王芳", "sign-in"), ("wecom:王芳", "sign-in-failed")]


async def test_a_session_ends_when_it_was_left_alone_and_after_a_week(office: Office) -> None:
    wang = await office.hires("王芳")
    office.clock.now += timedelta(hours=8)
    await wang.opens("/demands")
    assert wang.at == "/console/sign-in"
    await wang.signs_in("王芳")
    for _ in range(24):
        office.clock.now += timedelta(hours=7)
        await wang.opens("/demands")
    assert wang.at == "/console/sign-in", "seven days of work, never idle for long"


async def test_signing_out_is_for_this_browser_or_for_all(office: Office) -> None:
    here, there = await office.hires("王芳"), office.browser()
    await there.signs_in("王芳")
    await here.opens("/account")
    await here.sends("/sign-out")
    await here.opens("/demands")
    await there.opens("/demands")
    assert (here.at, there.at) == ("/console/sign-in", "/console/demands")
    await here.signs_in("王芳")
    await here.opens("/account")
    await here.sends("/sign-out", everywhere="yes")
    await there.opens("/demands")
    assert there.at == "/console/sign-in"


async def test_who_leaves_the_staff_is_out_at_once(office: Office) -> None:
    wang = await office.hires("王芳")
    async with office.db.transaction() as conn:
        await staff.remove(conn, "wecom:王芳")
    await wang.opens("/demands")
    assert wang.at == "/console/sign-in"


async def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_elsewhere(
    office: Office,
) -> None:
    await office.hires("王芳")
    wang = office.browser()
    await wang.opens("/questions?told=2")
    await wang.sends("/sign-in", name="王芳", password=PASSWORD, to=wang.hidden("to"))
    assert wang.at == "/console/questions"
    for to in ("https://elsewhere.example/", "//elsewhere.example", "/console//elsewhere.example"):
        browser = office.browser()
        await browser.opens("/sign-in")
        await browser.sends("/sign-in", name="王芳", password=PASSWORD, to=to)
        assert browser.at == "/console/demands"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
async def test_another_site_changes_nothing(office: Office, headers: dict[str, str]) -> None:
    wang = await office.hires("王芳")
    await wang.opens("/account")
    wang.headers = headers
    await wang.sends("/sign-out")
    assert wang.status == 403
    wang.headers = {}
    await wang.opens("/demands")
    assert wang.at == "/console/demands"


async def test_a_form_without_its_own_proof_changes_nothing(office: Office) -> None:
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await li.opens("/account")
    for proof in ("", "x", "é", li.hidden("proof")):
        await wang.sends("/sign-out", proof=proof)
        assert wang.status == 403
        assert "没有改动" in wang.page
    await wang.opens("/demands")
    assert wang.at == "/console/demands"


async def test_the_cookie_is_out_of_reach_and_a_new_one_after_signing_in(office: Office) -> None:
    wang = office.browser()
    await wang.opens("/sign-in")
    before = _cookie(wang)
    await office.hires("王芳")
    await wang.sends("/sign-in", name="王芳", password=PASSWORD)
    after = _cookie(wang)
    assert before.value != after.value
    assert (after["httponly"], after["samesite"], after["path"]) == (True, "Lax", "/console")
    assert not after["secure"]
    async with wang.client.get("/console/sign-in", cookies={COOKIE: ""}, headers=TLS) as response:
        assert response.cookies[COOKIE]["secure"], "a proxy on this machine is believed"


def _cookie(browser: Browser) -> Morsel[str]:
    return next(c for c in browser.client.session.cookie_jar if c.key == COOKIE)


async def test_pages_allow_nothing_but_their_own_files_and_are_kept_by_nobody(
    office: Office,
) -> None:
    wang = await office.hires("王芳")
    for path in ("/sign-in", "/demands", "/nowhere", "/static/console.css"):
        async with wang.client.get(f"/console{path}", allow_redirects=False) as response:
            headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
    await wang.opens("/demands")
    assert " style=" not in wang.page
    assert "://" not in wang.page.replace("http://www.w3.org/2000/svg", "")


async def test_tokens_lie_hashed_in_the_database(office: Office, db: Database) -> None:
    wang = await office.hires("王芳")
    async with db.transaction() as conn:
        [token] = (await conn.execute(select(sessions.c.token))).scalars()
    assert token != _cookie(wang).value
    assert len(token) == 64
