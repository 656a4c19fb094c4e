"""What staff do with demands in the console, as they would."""

from __future__ import annotations

import html
import re
from io import BytesIO

from openpyxl import load_workbook

from storage import notes
from storage.handling import history
from tests.bot.counter.office import file_demand, found
from tests.console.office import Browser, Office

ONE, OTHER = "厦门一诺科技有限公司", "厦门海风鞋业有限公司"


async def filed(office: Office, bureau: str | None = "xiamen", **told: str) -> int:
    async with office.db.transaction() as conn:
        return await file_demand(conn, bureau, **told)  # type: ignore[arg-type]


async def acts(browser: Browser, number: int, step: str, **fields: str) -> str:
    """A step from the demand's own page."""
    await browser.opens(f"/demands/{number}")
    version = browser.hidden("version")
    return await browser.sends(f"/demands/{number}", step=step, version=version, **fields)


async def told(office: Office) -> list[str]:
    """What the enterprise is told."""
    async with office.db.transaction() as conn:
        return [note.text for note in (await notes.waiting(conn, ["web:lin"])).get("web:lin", [])]


async def test_a_demand_is_taken_up_and_the_enterprise_is_told(office: Office) -> None:
    number = await filed(office)
    wang = await office.hires("王芳")
    assert f"{number}号 {ONE}" in await wang.opens("/demands")
    page = await acts(wang, number, "accept")
    assert "已受理，会告知企业" in page
    assert "王芳受理" in page
    [note] = await told(office)
    assert "已受理" in note
    assert office.woken, "what waits to be sent is looked for at once"


async def test_a_demand_is_returned_with_a_question_that_stands_in_its_history(
    office: Office,
) -> None:
    number = await filed(office)
    wang = await office.hires("王芳")
    page = await acts(wang, number, "return", why="请补充专利号")
    assert "王芳退回 请补充专利号" in page
    assert "请补充专利号" in (await told(office))[0]


async def test_what_lacks_its_words_is_not_done(office: Office) -> None:
    number = await filed(office)
    wang = await office.hires("王芳")
    assert "请补上。没有改动" in await acts(wang, number, "return", why="  ")
    assert "待受理" in wang.page
    assert await told(office) == []


async def test_of_two_who_act_at_once_the_later_sees_what_changed_and_overwrites_nothing(
    office: Office,
) -> None:
    number = await filed(office)
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await li.opens(f"/demands/{number}")
    seen = li.hidden("version")
    await acts(wang, number, "accept")
    page = await li.sends(f"/demands/{number}", step="return", version=seen, why="请补充专利号")
    assert li.status == 409
    assert "您的改动没有保存。现在是“已受理”" in page
    assert "王芳受理" in page
    assert "请补充专利号" in page, "what was typed is not lost"
    async with office.db.transaction() as conn:
        assert (await found(conn, number)).status == "accepted"
        assert [step.step for step in await history(conn, number)] == ["submit", "accept"]


async def test_several_are_done_at_once_and_what_cannot_be_is_told(office: Office) -> None:
    first, second = await filed(office), await filed(office, company=OTHER)
    closed = await filed(office, status="closed")
    elsewhere = await filed(office, "zhangzhou")
    wang = await office.hires("王芳")
    await wang.opens("/demands?status=all")
    picks = _picks(wang.page)
    assert len(picks) == 3, "what is of another region is not even listed"
    page = await wang.sends("/demands/act", step="accept", pick=[*picks, f"{elsewhere}@x"])
    assert f"{first}号（{ONE}）： 已受理" in page.replace("：已", "： 已")
    assert f"{second}号" in page
    assert f"{closed}号（{ONE}）：现在是“已办结”，不能受理" in page
    assert f"{elsewhere}号：不在您负责的地区" in page
    async with office.db.transaction() as conn:
        statuses = [(await found(conn, n)).status for n in (first, second, closed, elsewhere)]
    assert statuses == ["accepted", "accepted", "closed", "submitted"]


async def test_a_resource_that_fits_is_matched(office: Office) -> None:
    number = await filed(office, status="accepted")
    wang = await office.hires("王芳")
    assert "兴业银行知识产权质押贷" in await wang.opens(f"/demands/{number}")
    page = await acts(wang, number, "match", resource="xm-bank")
    assert "匹配：兴业银行知识产权质押贷" in page
    page = await acts(wang, number, "match", named="厦门担保公司")
    assert "匹配：厦门担保公司" in page


async def test_a_clerk_hands_on_within_the_region_and_a_head_beyond_it(office: Office) -> None:
    number = await filed(office)
    wang, lin = await office.hires("王芳"), await office.hires("林处", "head")
    assert "要由负责人转办" in await acts(wang, number, "transfer", bureau="zhangzhou")
    await acts(lin, number, "transfer", bureau="zhangzhou")
    assert lin.at == "/console/demands", "it is theirs no more"
    await wang.opens(f"/demands/{number}")
    assert wang.status == 403


async def test_lists_hide_personal_data_and_whoever_looks_at_it_is_on_record(
    office: Office,
) -> None:
    number = await filed(office, need="想贷款，联系林小燕13900000001")
    wang = await office.hires("王芳")
    assert "13900000001" not in await wang.opens("/demands")
    assert "林小燕" not in wang.page
    assert "look" not in {row.act for row in await office.on_record()}
    assert "13900000001" in await wang.opens(f"/demands/{number}")
    looks = [row for row in await office.on_record() if row.act == "look"]
    assert [(row.actor, row.demand) for row in looks] == [("wecom:王芳", number)]


async def test_demands_are_found_by_name_number_and_filters(office: Office) -> None:
    first = await filed(office)
    second = await filed(office, company=OTHER, status="closed")
    lin = await office.hires("林处", "head", ("福建省",))
    cases = {
        "?q=一诺": [first],
        "?q=海风": [],
        "?q=海风&status=all": [second],
        f"?q={second}&status=closed": [second],
        "?status=all": [second, first],
        "?status=all&sort=oldest": [first, second],
        "?status=all&bureau=zhangzhou": [],
        "?since=2024-05-15&until=2024-05-15": [first],
        "?since=2024-05-16": [],
        "?task=开展知识产权质押融资“入园惠企”行动": [first],
        "?task=其他": [],
        "?since=oops&after=oops&sort=oops&status=oops": [first],
    }
    for query, wanted in cases.items():
        await lin.opens(f"/demands{query}")
        assert [int(pick.partition("@")[0]) for pick in _picks(lin.page)] == wanted, query


async def test_what_is_filtered_is_exported_and_on_record(office: Office) -> None:
    await filed(office)
    await filed(office, company=OTHER)
    await filed(office, "zhangzhou", company="漳州某某公司")
    lin = await office.hires("林处", "head")
    await lin.opens("/demands?q=海风")
    book = load_workbook(BytesIO(await lin.downloads("/demands/export", q="海风", format="xlsx")))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert any(OTHER in cell for cell in cells)
    assert not any(ONE in cell or "漳州某某" in cell for cell in cells)
    assert [row.act for row in await office.on_record()][-1] == "export"


async def test_a_long_list_comes_page_by_page_each_demand_once(office: Office) -> None:
    numbers = [await filed(office, status="submitted") for _ in range(120)]
    wang = await office.hires("王芳")
    for sort in ("newest", "oldest", "longest"):
        seen, path = [], f"/demands?sort={sort}"
        while path:
            await wang.opens(path)
            seen += [int(pick.partition("@")[0]) for pick in _picks(wang.page)]
            path = _next(wang.page)
        assert seen == (numbers[::-1] if sort == "newest" else numbers)


async def test_what_may_be_the_same_demand_is_shown_beside(office: Office) -> None:
    first = await filed(office, company="厦门一诺科技有限公司", need="想用商标质押贷款")
    second = await filed(office, company="一诺科技", need="商标质押贷款300万")
    wang = await office.hires("王芳")
    page = await wang.opens(f"/demands/{second}")
    assert f"可能重复 {first}号" in page


async def test_hostile_words_are_shown_inert_and_whole(office: Office) -> None:
    hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}=1+1|'--" + "长" * 900
    number = await filed(office, company=f"{hostile}公司", need=hostile)
    wang = await office.hires("王芳")
    for path in ("/demands", f"/demands/{number}", "/demands?q=<script>alert(3)</script>"):
        await wang.opens(path)
        assert wang.status == 200
        assert "<script>alert" not in wang.page
        assert "<img" not in wang.page
    assert hostile in await wang.opens(f"/demands/{number}")
    assert hostile in await acts(wang, number, "return", why=hostile)


def _picks(page: str) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', page)


def _next(page: str) -> str:
    found = re.search(r'class="button" href="(\?[^"]+)"', page)
    return f"/demands{html.unescape(found[1])}" if found else ""
