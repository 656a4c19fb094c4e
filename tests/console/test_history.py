"""A draft checked and published, revisions compared."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator

import pytest

from bot.console.app import CONSOLE
from bot.console.drafts import publishing as pages
from bot.console.drafts import report
from bot.console.drafts.report import Order, Report, reported
from bot.revisions import reload
from bot.revisions.publishing import Signed, history, publish
from bot.revisions.reload import Reloader
from bot.revisions.served import newest_revision
from bot.settings import Settings
from intents.respond import respond
from storage import drafts
from storage.drafts import DraftClosed
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office, opened
from tests.console.small_base import few_notices
from tests.console.test_drafts import LATER, begins, edits, in_force, zhao
from tests.knowledge.small import FILE, NOTICE, renamed

__all__ = ["few_notices", "zhao"]

ASKED = """\
golden:
  - q: 2030年惠企通知的实施计划几号报送
    clauses: [二（一）]
    facts: ["5月20日"]
"""
OLD, NEW = NOTICE + ASKED, LATER + ASKED.replace("5月20日", "5月25日")
FALLS = LATER + ASKED


async def drafted(office: Office, browser: Browser, text: str = NEW) -> int:
    """A draft in which the notice that is in force reads otherwise; its number."""
    await in_force(office, {FILE: OLD})
    number = await begins(browser)
    await edits(browser, number, text)
    return number


async def checked(office: Office, browser: Browser, number: int) -> str:
    """The page of the check, once that is over."""
    await browser.opens(f"/drafts/{number}/check")
    await office.app[CONSOLE].reports.settled()
    return await browser.opens(f"/drafts/{number}/check")


async def publishes(browser: Browser, number: int, note: str = "改截止时间", **more: str) -> str:
    key = browser.hidden("key")
    return await browser.sends(f"/drafts/{number}/publish", key=key, note=note, **more)


async def test_a_draft_is_checked_published_with_a_note_and_stands_in_the_history(
    office: Office, zhao: Browser
) -> None:
    number = await drafted(office, zhao)
    page = await checked(office, zhao, number)
    assert "没有样题因此答错" in page
    assert "二（一）截止时间 5月20日 → 5月25日（报送实施计划）" in page
    answers = page.partition("哪些样题的答复会变")[2]
    assert re.search(r"2030年5月20日前.* 各市应在2030年5月25日前", answers), "from what to what"
    page = await publishes(zhao, number)
    assert zhao.at == "/console/drafts/history"
    assert "已发布为第2版，两秒内对所有用户生效" in page
    assert "赵 改截止时间 修改" in page
    assert (await newest_revision(office.db)).texts == {FILE: NEW}
    async with office.db.transaction() as conn:
        draft = await drafts.find(conn, number)
    assert draft is not None
    assert (draft.state, draft.revision) == ("published", 2)
    [row] = [row for row in await office.on_record() if row.act == "publish"]
    assert row.detail == f"第2版（草稿{number}）：改截止时间"


async def test_what_is_published_was_built_before_and_is_served_at_once(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await drafted(office, zhao)
    await checked(office, zhao, number)
    current = office.app[CONSOLE].current
    assert current.ready is None, "what may never be published takes no memory"
    await publishes(zhao, number)
    assert current.ready is not None
    built = current.ready.kb
    reloader = Reloader(Settings(), office.db, current, office.clock, respond)
    with monkeypatch.context() as patched:
        patched.setattr(reload, "knowledge_in", None)
        await reloader.look()
    after = office.app[CONSOLE].current
    assert (after.revision, after.ready) == (2, None)
    assert after.kb is built
    notice = built.get("demo-2030-1")
    assert notice is not None
    [deadline] = notice.deadlines
    assert str(deadline.due) == "2030-05-25"


async def test_a_draft_that_cannot_be_loaded_is_not_published_and_says_where(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    await edits(zhao, number, NOTICE.replace("2030-05-20", "2030-13-01"))
    page = await checked(office, zhao, number)
    assert f"{FILE} 第17行 截止时间 第1项 日期" in page
    assert f"file?name={FILE}#L17:10" in zhao.page
    assert 'name="key"' not in zhao.page
    await zhao.opens("/drafts")
    await zhao.sends(f"/drafts/{number}/publish", key="x", note="发布")
    assert zhao.status == 409
    assert await history(office.db) == []


async def test_a_contradiction_between_files_keeps_a_draft_from_being_published(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    twice = OLD.replace("periods:", "  - {clause: 一, what: 报送实施计划, who: 各市, "
                        "due: 2030-06-01, words: 6月1日前}\nperiods:")  # fmt: skip
    await edits(zhao, number, twice)
    assert "有1处自相矛盾，要先改好" in await checked(office, zhao, number)
    assert 'name="key"' not in zhao.page


async def test_golden_questions_that_fall_need_a_reason(office: Office, zhao: Browser) -> None:
    number = await drafted(office, zhao, FALLS)
    page = await checked(office, zhao, number)
    assert "有1条样题现在答对、以后会答错" in page
    assert "2030年惠企通知的实施计划几号报送：答复里没有“5月20日”" in page
    assert "要仍然发布，请勾选" in await publishes(zhao, number)
    assert "改截止时间" in zhao.page, "what was typed is kept"
    assert "请写明为什么仍要发布" in await publishes(zhao, number, anyway="yes")
    assert len(await history(office.db)) == 1
    await publishes(zhao, number, anyway="yes", why="样题随后改")
    [entry, _] = await history(office.db)
    assert entry.row.note == "改截止时间（样题有答错的，仍发布：样题随后改）"


async def test_what_was_changed_after_the_check_is_not_published(
    office: Office, zhao: Browser
) -> None:
    number = await drafted(office, zhao)
    await checked(office, zhao, number)
    key = zhao.hidden("key")
    await edits(zhao, number, FALLS)
    page = await zhao.sends(f"/drafts/{number}/publish", key=key, note="改截止时间")
    assert "检查之后草稿或在用的版本又有变化，没有发布" in page
    again = re.search(r'data-path="/console([^"]*)"', zhao.page)
    assert again
    await checked(office, zhao, number)
    await zhao.opens(again[1])
    assert 'value="改截止时间"' in zhao.page, "what was typed is there when it is checked"
    assert len(await history(office.db)) == 1


async def test_a_draft_of_other_files_is_checked_upon_what_is_in_force_by_now(
    office: Office, zhao: Browser
) -> None:
    other = {"demo-2031-1.yaml": renamed("demo-2031-1", short="2031年惠企通知")}
    number = await drafted(office, zhao)
    await checked(office, zhao, number)
    await in_force(office, {FILE: OLD, **other})
    assert "又有变化，没有发布" in await publishes(zhao, number)
    await checked(office, zhao, number)
    await publishes(zhao, number)
    assert (await newest_revision(office.db)).texts == {FILE: NEW, **other}


async def test_a_draft_of_files_that_changed_in_force_is_refused_until_it_is_renewed(
    office: Office, zhao: Browser
) -> None:
    number = await drafted(office, zhao)
    await checked(office, zhao, number)
    meanwhile = OLD.replace("0591-12345678", "0591-87654321")
    await in_force(office, {FILE: meanwhile})
    assert "在用的版本也改了同样的文件，没有发布" in await publishes(zhao, number)
    assert f"（{FILE}）" in zhao.page
    await zhao.sends(f"/drafts/{number}", do="renew")
    await checked(office, zhao, number)
    await publishes(zhao, number)
    text = (await newest_revision(office.db)).texts[FILE]
    assert text == NEW.replace("0591-12345678", "0591-87654321")


async def test_of_two_who_publish_the_same_draft_at_once_one_does(
    office: Office, zhao: Browser
) -> None:
    qian = await office.hires("钱", "admin", ("全国",))
    number = await drafted(office, zhao)
    for one in (zhao, qian):
        await checked(office, one, number)
    await asyncio.gather(publishes(zhao, number), publishes(qian, number))
    assert sorted([zhao.status, qian.status]) == [200, 409]
    assert len(await history(office.db)) == 2


async def test_what_was_not_published_after_all_takes_no_memory(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await drafted(office, zhao)
    await checked(office, zhao, number)

    async def meanwhile(*_given: object) -> int:
        raise DraftClosed

    with monkeypatch.context() as patched:
        patched.setattr(pages, "publish_in", meanwhile)
        assert "草稿已经结束，没有发布" in await publishes(zhao, number)
    assert office.app[CONSOLE].current.ready is None


async def test_nothing_new_is_not_published(office: Office, zhao: Browser) -> None:
    number = await drafted(office, zhao, OLD)
    await checked(office, zhao, number)
    assert "与在用的版本相同，没有发布" in await publishes(zhao, number)


async def test_a_check_that_takes_long_is_waited_for_on_a_page_that_looks_again(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(_order: Order) -> Iterator[Report]:
        yield Report("questions", changed=(("2030年惠企通知", ("改了",)),))
        go_on.wait()
        yield Report("over")

    monkeypatch.setattr(report, "reported", slowly)
    number = await begins(zhao)
    await edits(zhao, number, OLD)
    try:
        page = await zhao.opens(f"/drafts/{number}/check")
        assert "页面会自己更新" in page
        assert '<noscript><meta http-equiv="refresh"' in zhao.page
        assert 'name="key"' not in zhao.page
    finally:
        go_on.set()
    assert "没有样题因此答错" in await checked(office, zhao, number)
    assert "refresh" not in zhao.page


async def test_a_check_that_breaks_is_told_and_can_be_begun_again(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_order: Order) -> Iterator[Report]:
        raise RuntimeError("broken")

    number = await begins(zhao)
    await edits(zhao, number, OLD)
    with monkeypatch.context() as patched:
        patched.setattr(report, "reported", broken)
        assert "检查没有做完，服务器出了问题" in await checked(office, zhao, number)
    await zhao.opens(f"/drafts/{number}/check?again=1")
    assert "没有样题因此答错" in await checked(office, zhao, number)


async def test_any_two_revisions_are_compared(office: Office, zhao: Browser) -> None:
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    for path in ("old=1&new=2", "old=1&new=2"):
        page = await zhao.opens(f"/drafts/history/compare?{path}")
        await office.app[CONSOLE].reports.settled()
    assert "第1版 → 第2版" in page
    assert "截止时间 5月20日 → 5月25日" in page
    assert "哪些样题的答复会变 有1条" in page
    for path, status in (("old=1&new=9", 404), ("old=x", 400), ("", 400)):
        await zhao.opens(f"/drafts/history/compare?{path}")
        assert zhao.status == status


async def test_whichever_worker_is_asked_shows_and_publishes_what_another_has_checked(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = await opened(office.db, office.kb)
    there = elsewhere.browser()
    await there.signs_in("赵")
    number = await drafted(office, zhao)
    go_on, begun = threading.Event(), list[Order]()

    def slowly(order: Order) -> Iterator[Report]:
        begun.append(order)
        first, *others = reported(order)
        yield first
        go_on.wait()
        yield from others

    monkeypatch.setattr(report, "reported", slowly)
    try:
        for browser in (zhao, there, zhao, there):
            await browser.opens(f"/drafts/{number}/check")
            assert "页面会自己更新" in browser.page
        assert "发布后两秒内" not in there.page
    finally:
        go_on.set()
    await office.app[CONSOLE].reports.settled()
    assert "没有样题因此答错" in await there.opens(f"/drafts/{number}/check")
    await publishes(there, number)
    assert (await newest_revision(office.db)).texts == {FILE: NEW}
    assert len(begun) == 1
    await there.client.close()
    await elsewhere.server.close()


async def test_what_a_worker_leaves_behind_when_it_ends_another_checks(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await drafted(office, zhao)
    go_on = threading.Event()

    def waits(_order: Order) -> Iterator[Report]:
        go_on.wait()
        yield Report("over")

    try:
        with monkeypatch.context() as patched:
            patched.setattr(report, "reported", waits)
            await zhao.opens(f"/drafts/{number}/check")
            await office.app[CONSOLE].reports.stop()
    finally:
        go_on.set()
    assert "5月20日 → 5月25日" in await checked(office, zhao, number)


async def test_who_signs_a_revision_from_the_command_line_is_shown_too(
    office: Office, zhao: Browser
) -> None:
    await publish(office.db, {FILE: OLD}, Signed("命令行发布", "王五", NOW))
    assert "王五 命令行发布 新增" in await zhao.opens("/drafts/history")
