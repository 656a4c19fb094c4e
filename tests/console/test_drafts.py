"""Drafts of the knowledge base: begun, edited by several people, and brought up to date."""

from __future__ import annotations

import re

import pytest

from bot.revisions.publishing import Signed, publish
from storage import drafts
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office
from tests.knowledge.small import FILE, NOTICE, renamed

OTHER = "demo-2031-1.yaml"
LATER = NOTICE.replace("2030-05-20", "2030-05-25").replace("5月20日", "5月25日")


@pytest.fixture
async def zhao(office: Office) -> Browser:
    return await office.hires("赵", "admin", ("全国",))


async def in_force(office: Office, *texts: dict[str, str]) -> None:
    for number, files in enumerate(texts):
        await publish(office.db, files, Signed(f"第{number + 1}次", "赵", NOW))


async def begins(browser: Browser, note: str = "2030年方案") -> int:
    await browser.opens("/drafts")
    await browser.sends("/drafts", note=note)
    return int(browser.at.rpartition("/")[2])


async def opens_file(browser: Browser, number: int, name: str = FILE) -> str:
    return await browser.opens(f"/drafts/{number}/file?name={name}")


async def saves(
    browser: Browser, number: int, text: str, name: str = FILE, do: str = "save"
) -> str:
    """From the page that is open, as it was when it was opened."""
    kept = {field: browser.hidden(field) for field in ("seen", "base")}
    opened = re.search(r"<textarea name=\"opened\"[^>]*>\n(.*?)</textarea>", browser.page, re.S)
    assert opened
    return await browser.sends(
        f"/drafts/{number}/file", name=name, text=text, opened=opened[1], do=do, **kept
    )


async def edits(
    browser: Browser, number: int, text: str, name: str = FILE, do: str = "save"
) -> str:
    await opens_file(browser, number, name)
    return await saves(browser, number, text, name, do)


async def texts_of(office: Office, number: int) -> dict[str, str | None]:
    async with office.db.transaction() as conn:
        return {file.name: file.text for file in await drafts.files(conn, number)}


async def test_a_draft_is_begun_named_and_listed_with_who_and_when(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao, "福建2026年方案")
    assert f"草稿{number} 福建2026年方案" in await zhao.opens("/drafts")
    assert "赵" in zhao.page
    await zhao.opens(f"/drafts/{number}")
    assert "已改名" in await zhao.sends(f"/drafts/{number}", do="rename", note="厦门2026年方案")
    assert "厦门2026年方案" in await zhao.opens("/drafts")
    assert "没有写全" in await zhao.sends(f"/drafts/{number}", do="rename", note=" ")
    acts = [(row.act, row.detail) for row in await office.on_record() if row.act == "draft"]
    assert acts == [("draft", f"草稿{number}：新建"), ("draft", f"草稿{number}：改名")]


async def test_a_file_in_force_is_opened_changed_and_listed_as_changed(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    assert "活动主题是惠企助企" in await opens_file(zhao, number)
    page = await saves(zhao, number, LATER)
    assert "已存入草稿。没有发现问题" in page
    assert "+ due: 2030-05-25" in page
    assert f"{FILE} 2030年惠企通知 修改" in await zhao.opens(f"/drafts/{number}")
    assert await texts_of(office, number) == {FILE: LATER}


async def test_what_is_wrong_is_kept_all_the_same_and_told_with_its_place(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    broken = NOTICE.replace("2030-05-20", "2030-13-01")
    page = await edits(zhao, number, broken)
    assert "已存入草稿。还有1处不对" in page
    assert "第17行第10列" in page
    assert "截止时间 第1项 日期（deadlines[0].due）：“2030-13-01”不是日期" in page
    assert (await texts_of(office, number))[FILE] == broken


async def test_problems_are_told_while_one_types_and_nothing_is_stored(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    await opens_file(zhao, number)
    fields = {"proof": zhao.hidden("proof"), "name": FILE, "text": f"{NOTICE}\tx"}
    async with zhao.client.post(f"/console/drafts/{number}/problems", data=fields) as response:
        [problem] = (await response.json())["problems"]
    assert (problem["line"], problem["column"]) == (28, 1)
    assert "缩进请用空格" in problem["what"]
    assert await texts_of(office, number) == {}


async def test_a_new_file_begins_with_the_fields_of_a_notice_and_is_stored_when_it_is_saved(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    page = await opens_file(zhao, number, OTHER)
    assert page.startswith(f"新通知 {OTHER}")
    assert "id: demo-2031-1" in page
    assert "还没有填写" in page
    assert await texts_of(office, number) == {}
    await saves(zhao, number, renamed("demo-2031-1", short="2031年惠企通知"), OTHER)
    assert f"{OTHER} 2031年惠企通知 新增" in await zhao.opens(f"/drafts/{number}")


async def test_a_shipped_notice_is_opened_with_its_text_and_laid_over(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    name = "cnipa-2021-51.yaml"
    assert "国知发运函字〔2021〕51号" in await opens_file(zhao, number, name)
    text = zhao.page.partition('id="text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    assert "从知识库里删去" not in zhao.page
    await saves(zhao, number, text.replace("5月25日", "5月26日"), name)
    page = await zhao.opens(f"/drafts/{number}")
    assert "盖过程序自带的" in page


async def test_a_file_is_dropped_and_left_out_again(office: Office, zhao: Browser) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    assert "已标为删去" in await edits(zhao, number, NOTICE, do="drop")
    assert "删去" in await zhao.opens(f"/drafts/{number}")
    assert await texts_of(office, number) == {FILE: None}
    assert "活动主题是惠企助企" in await opens_file(zhao, number), "it can be taken up again"
    assert "已撤回" in await saves(zhao, number, NOTICE, do="leave-out")
    assert await texts_of(office, number) == {}


async def test_of_two_who_edit_the_later_sees_what_the_other_changed_beside_their_own(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    qian = await office.hires("钱", "admin", ("全国",))
    number = await begins(zhao)
    for one in (zhao, qian):
        await opens_file(one, number)
    await saves(zhao, number, LATER)
    mine = NOTICE.replace("各市", "各县")
    page = await saves(qian, number, mine)
    assert qian.status == 409
    assert "有人在这份草稿里改了这个文件。您写的还没有保存" in page
    assert "+ due: 2030-05-25" in page.partition("别人改了什么")[2]
    assert "who: 各县" in page
    assert await texts_of(office, number) == {FILE: LATER}
    both = LATER.replace("各市", "各县")
    assert "已存入草稿" in await saves(qian, number, both)
    assert await texts_of(office, number) == {FILE: both}


async def test_whoever_leaves_out_what_another_has_just_changed_is_told(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    qian = await office.hires("钱", "admin", ("全国",))
    number = await begins(zhao)
    await edits(zhao, number, LATER)
    await opens_file(qian, number)
    await edits(zhao, number, LATER + "# 再改\n")
    await saves(qian, number, LATER, do="leave-out")
    assert qian.status == 409
    assert (await texts_of(office, number))[FILE] == LATER + "# 再改\n"


async def test_what_is_published_while_a_file_is_open_is_not_overwritten(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    await opens_file(zhao, number)
    await in_force(office, {FILE: LATER})
    page = await saves(zhao, number, NOTICE.replace("各市", "各县"))
    assert zhao.status == 409
    assert "有人发布了新版，其中改了这个文件" in page
    assert await texts_of(office, number) == {}


async def test_a_draft_that_others_have_overtaken_is_brought_onto_the_newest(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    await edits(zhao, number, NOTICE.replace("  phones:", "  org: 省局\n    phones:"))
    await in_force(office, {FILE: LATER})
    page = await zhao.opens(f"/drafts/{number}")
    assert f"现在第2版在用，其中也改了：{FILE}" in page
    page = await zhao.sends(f"/drafts/{number}", do="renew")
    assert "两边的改动都在" in page
    text = (await texts_of(office, number))[FILE]
    assert text == LATER.replace("  phones:", "  org: 省局\n    phones:")


async def test_where_both_changed_the_same_line_both_stand_there_to_choose_from(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    await edits(zhao, number, NOTICE.replace("2030-05-20", "2030-05-21"))
    await in_force(office, {FILE: LATER})
    await zhao.opens(f"/drafts/{number}")
    assert "有的地方两边都改过" in await zhao.sends(f"/drafts/{number}", do="renew")
    page = await opens_file(zhao, number)
    assert "这里两边都改过，请选定要留的几行" in page
    text = (await texts_of(office, number))[FILE]
    assert text is not None
    assert "due: 2030-05-21\n" in text
    assert "due: 2030-05-25\n" in text


async def test_a_discarded_draft_changes_no_more_and_what_was_typed_is_shown(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    await opens_file(zhao, number, OTHER)
    qian = await office.hires("钱", "admin", ("全国",))
    await qian.opens(f"/drafts/{number}")
    assert f"草稿{number}已放弃" in await qian.sends(f"/drafts/{number}", do="discard")
    page = await saves(zhao, number, renamed("demo-2031-1"), OTHER)
    assert zhao.status == 409
    assert "草稿已经结束，没有保存" in page
    assert "id: demo-2031-1" in page
    assert "草稿已经结束" in await qian.sends(f"/drafts/{number}", do="discard")


@pytest.mark.parametrize("name", ["../x.yaml", "x.txt", "golden/../x.yaml", "A.yaml", ""])
async def test_names_that_no_file_may_have_open_nothing(
    office: Office, zhao: Browser, name: str
) -> None:
    number = await begins(zhao)
    await zhao.opens(f"/drafts/{number}/file?name={name}")
    assert zhao.status == 404
    await zhao.opens("/drafts")
    await zhao.sends(f"/drafts/{number}/file", name=name, text="x")
    assert zhao.status == 404


async def test_a_long_file_of_hostile_words_is_kept_whole_and_shown_inert(
    office: Office, zhao: Browser
) -> None:
    number = await begins(zhao)
    hostile = "\n</textarea><script>alert(1)</script>{{7*7}} \U0001f600\n"
    text = hostile + "长" * 100_000 + "\n"
    await edits(zhao, number, text, OTHER)
    assert zhao.status == 200
    assert (await texts_of(office, number))[OTHER] == text
    assert "<script>alert" not in zhao.page
    await opens_file(zhao, number, OTHER)
    assert ">\n\n&lt;/textarea&gt;" in zhao.page, "a first empty line is not swallowed"


async def test_a_notice_has_one_name_whichever_folder_it_is_said_to_lie_in(
    office: Office, zhao: Browser
) -> None:
    await in_force(office, {FILE: NOTICE})
    number = await begins(zhao)
    await edits(zhao, number, LATER, f"notices/{FILE}")
    assert await texts_of(office, number) == {FILE: LATER}


async def test_a_draft_that_there_is_not_is_no_page(office: Office, zhao: Browser) -> None:
    for path in ("/drafts/99", "/drafts/99/file?name=x.yaml", "/drafts/99/check"):
        await zhao.opens(path)
        assert zhao.status == 404
