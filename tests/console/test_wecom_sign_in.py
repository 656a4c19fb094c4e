"""Staff sign in as WeCom knows them: by its QR code at a desk, at once inside its app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from yarl import URL

from bot.settings import Settings
from knowledge.snapshot import KnowledgeBase
from storage import accounts, staff
from storage.database import Database
from tests.bot.counter.office import NOW, clerk
from tests.console.office import Browser, Office, opened
from tests.platform.faults import errcode, reset
from tests.platform.loopback import serving
from tests.platform.qyapi import SECRET, QyApi

PUBLIC = "https://bot.example.gov.cn"
INSIDE = {"User-Agent": "Mozilla/5.0 (iPhone) wxwork/4.1.20 MicroMessenger/7.0.1"}
USERINFO = "/cgi-bin/auth/getuserinfo"


def settings_for(wecom: QyApi, **console: object) -> Settings:
    app = wecom.callbacks
    host = dict.fromkeys(("wecom", "wecom_login", "wecom_oauth"), wecom.base)
    return Settings.model_validate(
        {
            "wecom": {
                "corp_id": app.corp_id,
                "agent_id": app.agent_id,
                "token": app.token,
                "aes_key": app.aes_key,
                "secret": SECRET,
            },
            "hosts": host,
            "public_url": PUBLIC,
            "console": {"wecom_sign_in": True, **console},
        }
    )


@pytest.fixture
async def wecom() -> AsyncIterator[QyApi]:
    async with serving(QyApi(lambda: NOW)) as fake:
        fake.pages.trusted = {"bot.example.gov.cn"}
        yield fake


@pytest.fixture
async def office(db: Database, office_kb: KnowledgeBase, wecom: QyApi) -> AsyncIterator[Office]:
    office = await opened(db, office_kb, settings_for(wecom))
    yield office
    for browser in office.browsers:
        await browser.client.close()
    await office.server.close()


async def on_staff(office: Office, userid: str = "zhangsan") -> None:
    async with office.db.transaction() as conn:
        await staff.put(conn, clerk(userid))


async def leaves(browser: Browser, to: str = "", **headers: str) -> URL:
    """Where the browser is sent to, for it follows to no other host here."""
    path = f"/console/sign-in/wecom{to}"
    async with browser.client.get(path, headers=headers, allow_redirects=False) as response:
        assert response.status == 303
        return URL(response.headers["Location"])


async def sent_back(wecom: QyApi, browser: Browser, there: URL) -> str:
    """The path and query with which WeCom's page sends the browser back, once it is scanned."""
    session = browser.client.session
    async with session.get(there.with_fragment(None), allow_redirects=False) as response:
        page = await response.text()
        found = response.headers.get("Location") or page.partition('href="')[2].partition('"')[0]
    back = URL(found.replace("&amp;", "&"), encoded=True)
    assert str(back.origin()) == PUBLIC
    return back.raw_path_qs.removeprefix("/console")


async def signs_in(wecom: QyApi, browser: Browser, **headers: str) -> str:
    there = await leaves(browser, **headers)
    return await browser.opens(await sent_back(wecom, browser, there))


async def test_who_scans_the_code_and_is_on_the_staff_is_signed_in(
    office: Office, wecom: QyApi
) -> None:
    await on_staff(office)
    browser = office.browser()
    await browser.opens("/sign-in")
    assert "用企业微信登录" in browser.page
    assert (await signs_in(wecom, browser)).startswith("需求")
    assert "没有另外的密码" in await browser.opens("/account")
    kept = [(row.actor, row.act, row.detail) for row in await office.on_record()]
    assert kept == [("wecom:zhangsan", "sign-in", "控制台，企业微信")]


async def test_inside_wecom_nobody_scans_anything(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    there = await leaves(browser, **INSIDE)
    assert there.path == "/connect/oauth2/authorize"
    assert there.fragment == "wechat_redirect"
    assert (await signs_in(wecom, browser, **INSIDE)).startswith("需求")


async def test_one_comes_to_the_page_that_one_wanted(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    await browser.opens("/questions")
    assert "to=%2Fconsole%2Fquestions" in browser.page
    there = await leaves(browser, "?to=%2Fconsole%2Fquestions")
    assert (await browser.opens(await sent_back(wecom, browser, there))).startswith("待答问题")


async def test_who_has_an_account_already_keeps_it_and_its_password(
    office: Office, wecom: QyApi
) -> None:
    await office.hires("zhangsan")
    browser = office.browser()
    assert (await signs_in(wecom, browser)).startswith("需求")
    assert "用户名 zhangsan" in await browser.opens("/account")
    assert (await office.browser().signs_in("zhangsan")).startswith("需求")


async def test_a_one_time_password_that_was_never_used_is_void(
    office: Office, wecom: QyApi
) -> None:
    await office.hires("lisi")
    async with office.db.transaction() as conn:
        account = await accounts.find(conn, "lisi")
        assert account
        await accounts.set_password(conn, "lisi", account.hash, NOW, temporary=True)
    wecom.pages.scans = "lisi"
    assert (await signs_in(wecom, office.browser())).startswith("需求")
    assert "用户名或密码不对" in await office.browser().signs_in("lisi")


async def test_no_password_opens_an_account_that_wecom_opens(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    await signs_in(wecom, browser)
    assert "没有密码可改" in await browser.opens("/password")
    await browser.opens("/account")
    new = "another password 7"
    assert "没有密码可改" in await browser.sends("/password", old="", new=new, again=new)
    for tried in ("", new):
        page = await office.browser().signs_in("wecom:zhangsan", tried)
        assert "用户名或密码不对" in page


async def test_who_is_not_on_the_staff_is_told_so_and_it_is_on_record(
    office: Office, wecom: QyApi
) -> None:
    browser = office.browser()
    assert "还没有登记为工作人员" in await signs_in(wecom, browser)
    await browser.opens("/demands")
    assert browser.at == "/console/sign-in"
    [row] = await office.on_record()
    assert (row.actor, row.act) == ("wecom:zhangsan", "sign-in-failed")


async def test_who_left_the_staff_is_out_at_once(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    await signs_in(wecom, browser)
    async with office.db.transaction() as conn:
        await staff.remove(conn, "wecom:zhangsan")
    await browser.opens("/demands")
    assert browser.at == "/console/sign-in"
    assert "还没有登记为工作人员" in await signs_in(wecom, browser)


async def test_who_is_no_member_of_the_corporation_is_told_so(office: Office, wecom: QyApi) -> None:
    wecom.pages.scans = "o-somebody-outside"
    assert "只有本单位的企业微信成员" in await signs_in(wecom, office.browser())


async def test_a_code_is_good_once(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    back = await sent_back(wecom, browser, await leaves(browser))
    await browser.opens(back)
    await browser.opens("/account")
    await browser.sends("/sign-out")
    assert "没有登录成功" in await browser.opens(back)


async def test_the_way_back_is_no_use_in_another_browser(office: Office, wecom: QyApi) -> None:
    """Lest somebody is signed in as somebody else by a link that was sent to them."""
    await on_staff(office)
    one, other = office.browser(), office.browser()
    back = await sent_back(wecom, one, await leaves(one))
    await other.opens("/sign-in")
    assert "没有登录成功" in await other.opens(back)
    assert all(seen.path != USERINFO for seen in wecom.seen)
    assert (await one.opens(back)).startswith("需求")


async def test_the_way_back_is_open_for_ten_minutes(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    back = await sent_back(wecom, browser, await leaves(browser))
    office.clock.now += timedelta(minutes=11)
    assert "没有登录成功" in await browser.opens(back)


@pytest.mark.parametrize("changed", ["code=", "state=", "to="])
async def test_nothing_of_the_way_back_can_be_changed(
    office: Office, wecom: QyApi, changed: str
) -> None:
    await on_staff(office)
    browser = office.browser()
    back = URL("/console" + await sent_back(wecom, browser, await leaves(browser)))
    name = changed.rstrip("=")
    pairs = [(key, "x" if key == name else value) for key, value in parse_qsl(back.query_string)]
    other = back.with_query(pairs)
    if name == "to":
        other = back.update_query(to="/console/questions")
    assert "没有登录成功" in await browser.opens(other.raw_path_qs.removeprefix("/console"))


@pytest.mark.parametrize("query", ["", "?state=", "?code=1", f"?state={'0' * 72}&code={'9' * 600}"])
async def test_who_comes_back_with_nothing_is_asked_to_try_again(
    office: Office, query: str
) -> None:
    assert "没有登录成功" in await office.browser().opens(f"/sign-in/wecom/back{query}")


async def test_who_gives_up_on_the_phone_is_asked_to_try_again(
    office: Office, wecom: QyApi
) -> None:
    browser = office.browser()
    back = URL("/console" + await sent_back(wecom, browser, await leaves(browser)))
    without = back.without_query_params("code").raw_path_qs.removeprefix("/console")
    assert "没有登录成功" in await browser.opens(without)


@pytest.mark.parametrize("fault", [reset(), errcode(-1), errcode(60020), errcode(48002)])
async def test_when_wecom_is_silent_the_password_still_serves(
    office: Office, wecom: QyApi, fault: object
) -> None:
    await office.hires("zhangsan")
    browser = office.browser()
    wecom.faults.always(fault, path=USERINFO)  # type: ignore[arg-type]
    assert "企业微信暂时没有回应" in await signs_in(wecom, browser)
    assert (await browser.signs_in("zhangsan")).startswith("需求")


async def test_who_tries_on_and_on_waits(office: Office, wecom: QyApi) -> None:
    browser = office.browser()
    for _ in range(30):
        await signs_in(wecom, browser)
    assert "试的次数多了" in await signs_in(wecom, browser)
    asked = sum(seen.path == USERINFO for seen in wecom.seen)
    assert asked == 30


async def test_after_signing_in_one_is_not_sent_outside(office: Office, wecom: QyApi) -> None:
    await on_staff(office)
    browser = office.browser()
    there = await leaves(browser, "?to=https%3A%2F%2Fevil.example%2F")
    assert (await browser.opens(await sent_back(wecom, browser, there))).startswith("需求")


async def test_without_the_setting_there_is_no_such_way(
    db: Database, office_kb: KnowledgeBase
) -> None:
    plain = await opened(db, office_kb)
    browser = plain.browser()
    await browser.opens("/sign-in")
    assert "企业微信" not in browser.page
    for path in ("/sign-in/wecom", "/sign-in/wecom/back?code=1&state=2"):
        await browser.opens(path)
        assert browser.status == 404
    await browser.client.close()
    await plain.server.close()
