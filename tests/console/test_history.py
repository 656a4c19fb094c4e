"""A draft checked and published, revisions compared and gone back to."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator

import pytest

from bot.console.app import CONSOLE
from bot.console.drafts import publishing as pages
from bot.console.drafts.report import Report
from bot.console.jobs import Jobs
from bot.revisions.publishing import Signed, history, publish
from bot.revisions.served import newest_revision
from knowledge import golden
from knowledge.golden import Placed
from knowledge.snapshot import KnowledgeBase
from storage import drafts
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office
from tests.console.test_drafts import LATER, begins, edits, in_force, zhao
from tests.knowledge.small import FILE, NOTICE, renamed

__all__ = ["zhao"]

ASKED = """\
golden:
  - q: 2030年惠企通知的实施计划几号报送
    clauses: [二（一）]
    facts: ["5月20日"]
"""
OLD, NEW = NOTICE + ASKED, LATER + ASKED.replace("5月20日", "5月25日")
FALLS = LATER + ASKED


@pytest.fixture(autouse=True)
def only_its_own_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped golden questions take half a minute; another test asks them."""
    placed = golden.placed

    def few(kb: KnowledgeBase) -> Iterator[Placed]:
        return (one for one in placed(kb) if one.file == FILE)

    monkeypatch.setattr(golden, "placed", few)


async def checked(office: Office, browser: Browser, number: int) -> str:
    """The page of the check, once that is over."""
    await browser.opens(f"/drafts/{number}/check")
    await asyncio.to_thread(office.app[CONSOLE].jobs.wait)
    return await browser.opens(f"/drafts/{number}/check")


async def publishes(browser: Browser, number: int, note: str = "改截止时间", **more: str) -> str:
    key = browser.hidden("key")
    return await browser.sends(f"/drafts/{number}/publish", key=key, note=note, **more)


async def test_a_draft_is_checked_published_with_a_note_and_stands_in_the_history(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, NEW)
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
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, FALLS)
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
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, NEW)
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
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, NEW)
    await checked(office, zhao, number)
    await in_force(office, {FILE: OLD, **other})
    assert "又有变化，没有发布" in await publishes(zhao, number)
    await checked(office, zhao, number)
    await publishes(zhao, number)
    assert (await newest_revision(office.db)).texts == {FILE: NEW, **other}


async def test_a_draft_of_files_that_changed_in_force_is_refused_until_it_is_renewed(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, NEW)
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
    await in_force(office, {FILE: OLD})
    qian = await office.hires("钱", "admin", ("全国",))
    number = await begins(zhao)
    await edits(zhao, number, NEW)
    for one in (zhao, qian):
        await checked(office, one, number)
    await asyncio.gather(publishes(zhao, number), publishes(qian, number))
    assert sorted([zhao.status, qian.status]) == [200, 409]
    assert len(await history(office.db)) == 2


async def test_nothing_new_is_not_published(office: Office, zhao: Browser) -> None:
    await in_force(office, {FILE: OLD})
    number = await begins(zhao)
    await edits(zhao, number, OLD)
    await checked(office, zhao, number)
    assert "与在用的版本相同，没有发布" in await publishes(zhao, number)


async def test_a_check_that_takes_long_is_waited_for_on_a_page_that_looks_again(
    office: Office, zhao: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(*_args: object) -> Iterator[Report]:
        yield Report("questions", changed=(("2030年惠企通知", ("改了",)),))
        go_on.wait()
        yield Report("over")

    monkeypatch.setattr(pages, "check_report", slowly)
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
    def broken(*_args: object) -> Iterator[Report]:
        raise RuntimeError("broken")

    number = await begins(zhao)
    await edits(zhao, number, OLD)
    with monkeypatch.context() as patched:
        patched.setattr(pages, "check_report", broken)
        assert "检查没有做完，服务器出了问题" in await checked(office, zhao, number)
    await zhao.opens(f"/drafts/{number}/check?again=1")
    assert "没有样题因此答错" in await checked(office, zhao, number)


async def test_any_two_revisions_are_compared(office: Office, zhao: Browser) -> None:
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    for path in ("old=1&new=2", "old=1&new=2"):
        page = await zhao.opens(f"/drafts/history/compare?{path}")
        await asyncio.to_thread(office.app[CONSOLE].jobs.wait)
    assert "第1版 → 第2版" in page
    assert "截止时间 5月20日 → 5月25日" in page
    assert "哪些样题的答复会变 有1条" in page
    for path, status in (("old=1&new=9", 404), ("old=x", 400), ("", 400)):
        await zhao.opens(f"/drafts/history/compare?{path}")
        assert zhao.status == status


async def test_an_old_revision_comes_back_as_a_new_one_and_none_is_altered(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: OLD}, {FILE: NEW})
    await zhao.opens("/drafts/history")
    assert "写明为什么要恢复" in await zhao.sends("/drafts/history", number="1", note=" ")
    page = await zhao.sends("/drafts/history", number="1", note="新的有误")
    assert "已恢复，记为第3版" in page
    assert [entry.row.number for entry in await history(office.db)] == [3, 2, 1]
    assert (await newest_revision(office.db)).texts == {FILE: OLD}
    assert "与在用的版本相同" in await zhao.sends("/drafts/history", number="1", note="再来")
    assert "没有这一版" in await zhao.sends("/drafts/history", number="9", note="再来")
    [row] = [row for row in await office.on_record() if row.act == "rollback"]
    assert row.detail == "第3版，恢复第1版：新的有误"


async def test_what_this_program_cannot_load_any_more_is_not_restored_and_says_why(
    office: Office, zhao: Browser
) -> None:
    broken = OLD.replace("2030-05-20", "2030-13-01")
    await in_force(office, {FILE: broken}, {FILE: OLD})
    await zhao.opens("/drafts/history")
    page = await zhao.sends("/drafts/history", number="1", note="回去")
    assert "那一版现在的程序已不能载入，没有恢复" in page
    assert "“2030-13-01”不是日期" in page


async def test_jobs_of_a_page_run_one_at_a_time_and_the_last_are_held() -> None:
    jobs, at_once, most = Jobs(), 0, 0

    def steps() -> Iterator[int]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        yield 1
        at_once -= 1
        yield 2

    begun = [jobs.of(number, steps) for number in range(40)]
    await asyncio.to_thread(jobs.wait)
    for job in begun:
        await asyncio.to_thread(job.wait)
    assert most == 1
    assert [job.found for job in begun] == [2] * 40
    assert jobs.of(39, steps) is begun[39]
    await asyncio.to_thread(jobs.wait)
    assert jobs.held(0) is None


async def test_who_signs_a_revision_from_the_command_line_is_shown_too(
    office: Office, zhao: Browser
) -> None:
    await publish(office.db, {FILE: OLD}, Signed("命令行发布", "王五", NOW))
    assert "王五 命令行发布 新增" in await zhao.opens("/drafts/history")
