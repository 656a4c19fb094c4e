"""What was published before comes back as a new revision, if nothing was published meanwhile."""

from __future__ import annotations

import asyncio

from bot.revisions.publishing import history
from bot.revisions.served import newest_revision
from tests.console.office import Browser, Office
from tests.console.small_base import few_notices
from tests.console.test_drafts import in_force, zhao
from tests.console.test_history import NEW, OLD
from tests.knowledge.small import FILE

__all__ = ["few_notices", "zhao"]


async def goes_back(browser: Browser, number: str, note: str) -> str:
    """With the form of the page that they have just opened."""
    await browser.opens("/drafts/history")
    newest = browser.hidden("newest")
    return await browser.sends("/drafts/history", newest=newest, number=number, note=note)


async def test_an_old_revision_comes_back_as_a_new_one_and_none_is_altered(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    assert "写明为什么要恢复" in await goes_back(zhao, "1", " ")
    page = await goes_back(zhao, "1", "新的有误")
    assert "已恢复，记为第3版" in page
    assert [entry.row.number for entry in await history(office.db)] == [3, 2, 1]
    assert (await newest_revision(office.db)).texts == {FILE: OLD}
    assert "与在用的版本相同" in await goes_back(zhao, "1", "再来")
    assert "没有这一版" in await goes_back(zhao, "9", "再来")
    [row] = [row for row in await office.on_record() if row.act == "rollback"]
    assert row.detail == "第3版，恢复第1版：新的有误"


async def test_who_did_not_see_what_was_published_meanwhile_restores_nothing(
    office: Office, zhao: Browser
) -> None:
    qian = await office.hires("钱", "admin", ("全国",))
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    await zhao.opens("/drafts/history")
    await goes_back(qian, "1", "新的有误")
    page = await zhao.sends(
        "/drafts/history", newest=zhao.hidden("newest"), number="1", note="也要回去"
    )
    assert zhao.status == 409
    assert "又发布了新的一版，没有恢复" in page
    assert "第3版 在用" in page
    assert 'value="也要回去"' in zhao.page, "what was typed is kept"
    assert len(await history(office.db)) == 3
    await zhao.sends("/drafts/history", number="2", note="没有看过历史")
    assert zhao.status == 409
    await goes_back(zhao, "2", "看过了")
    assert (await newest_revision(office.db)).texts == {FILE: NEW}


async def test_of_two_who_go_back_at_once_one_does(office: Office, zhao: Browser) -> None:
    qian = await office.hires("钱", "admin", ("全国",))
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    for one in (zhao, qian):
        await one.opens("/drafts/history")
    sent = {"newest": "2", "number": "1", "note": "新的有误"}
    await asyncio.gather(*(one.sends("/drafts/history", **sent) for one in (zhao, qian)))
    assert sorted([zhao.status, qian.status]) == [200, 409]
    assert len(await history(office.db)) == 3


async def test_what_this_program_cannot_load_any_more_is_not_restored_and_says_why(
    office: Office, zhao: Browser
) -> None:
    broken = OLD.replace("2030-05-20", "2030-13-01")
    await in_force(office, {FILE: broken}, {FILE: OLD})
    page = await goes_back(zhao, "1", "回去")
    assert "那一版现在的程序已不能载入，没有恢复" in page
    assert "“2030-13-01”不是日期" in page
