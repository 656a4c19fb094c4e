"""Knowledge in a real browser, against the real server, on either database: what an admin brings
live, and how it is answered from.
"""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.acceptance.console_addresses import NOTICE
from tests.acceptance.console_office import Bureau, Filled

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 900
"""Seconds: every golden question is asked twice, on a machine that is busy with other tests."""


async def test_what_is_said_of_a_notice_stands_beside_its_clauses(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens(f"/notices/{NOTICE}", "notice")
        await expect(clerk.page.get_by_text("5月25日前").first).to_be_visible()
        await clerk.opens("/calendar?year=2021", "calendar")


async def test_notices_are_found_by_how_they_stand(bureau: Bureau, filled: Filled) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens("/notices", "notices")
        await clerk.fills("标题、文号或发文单位", "福建省知识产权局")
        await clerk.page.get_by_label("状态").select_option(label="已到期")
        await clerk.presses("查找")
        found = clerk.page.get_by_role("row").filter(has=clerk.page.get_by_role("link"))
        await expect(found).to_have_count(1)
        await expect(found).to_contain_text("闽知发〔2023〕10号")


async def test_what_is_wrong_with_a_file_is_told_while_one_types(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("admin2", scripts=True) as admin:
        page = admin.page
        await admin.opens(f"/drafts/{filled.draft}/file?name={filled.notice}.yaml", "draft-typing")
        text = await page.locator("#text").input_value()
        at = text[: text.index("2024-05-25")].count("\n") + 1
        await page.locator("#text").fill(text.replace("2024-05-25", "2024-13-25"))
        problem = page.locator("#problems").get_by_role("listitem").filter(has_text="不是日期")
        await expect(problem).to_contain_text(re.compile(rf"第{at}行第\d+列.*2024-13-25"))
        await problem.get_by_role("link").click()
        assert await page.evaluate("text.value.slice(text.selectionStart, text.selectionEnd)")
        await page.locator("#text").fill(text)
        await expect(page.locator("#problems")).to_contain_text("没有问题")


async def test_a_notice_is_imported_looked_over_published_and_taken_back(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("admin2") as admin:
        page = admin.page
        await admin.opens(f"/import/{filled.draft}/{filled.notice}", "import")
        await page.get_by_role("button", name=re.compile("项都已核对")).click()
        await admin.opens(f"/drafts/{filled.draft}/file?name={filled.notice}.yaml", "draft-file")
        text = await page.locator("#text").input_value()
        await page.locator("#text").fill(text + "\noops: [")
        await admin.presses("保存并检查")
        await expect(page.locator("#problems")).to_contain_text(re.compile(r"第\d+行第\d+列"))
        await page.locator("#text").fill(text)
        await admin.presses("保存并检查")
        await page.goto(f"{admin.url}/drafts/{filled.draft}/check")
        ready = page.get_by_role("heading", name="发布", exact=True)
        await expect(ready).to_be_visible(timeout=PATIENCE * 1000)
        await admin.sees("check")
        await admin.fills("这次改了什么（留在发布历史里）", "江南省的通知")
        if await page.get_by_label("有样题会答错，仍要发布").count():
            await page.get_by_label("有样题会答错，仍要发布").check()
            await admin.fills("为什么仍要发布", "核对过")
        await admin.presses("发布")
        await expect(page.get_by_role("status")).to_contain_text("已发布为第")
        await admin.opens("/drafts/history", "history")
        await page.get_by_label("恢复到").select_option("0")
        await admin.fills("为什么", "试一试")
        await admin.presses("恢复")
        await expect(page.get_by_role("status")).to_contain_text("已恢复")
        await page.get_by_label("以第1版为旧的来比较").check()
        await page.get_by_label("以第2版为新的来比较").check()
        await admin.presses("比较选定的两版")
        changed = page.locator("#report")
        await expect(changed).to_contain_text("2024年专利转化活动通知")
        # Until all is compared, the page looks again by itself.
        running = page.locator("#waiting[data-running]")
        await expect(running).to_have_count(0, timeout=PATIENCE * 1000)
        await admin.sees("compare")


async def test_a_question_is_tried_and_told_as_each_channel_shows_it(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens("/try", "try-empty")
        await clerk.fills("用户说", "2021年万里行的需求清单几号前报？")
        await clerk.page.get_by_label("哪一天问").fill("2021-05-20")
        await clerk.presses("试问")
        seen = clerk.page.get_by_role("region", name="用户看到的")
        await expect(seen).to_contain_text("5月25日")
        await expect(seen).to_contain_text("国知发运函字〔2021〕51号")
        await clerk.sees("try")


async def test_the_day_the_place_and_what_was_said_before_count(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens("/try", "try-before")
        await clerk.fills("用户说", "那今年的呢")
        await clerk.page.get_by_label("哪一天问").fill("2021-05-20")
        await clerk.page.get_by_label("从哪里来（可不写）").fill("厦门市")
        await clerk.page.get_by_text("之前还说过的话").click()
        await clerk.page.get_by_label(re.compile("一行一句")).fill(
            "2021年万里行的需求清单几号前报？"
        )
        await clerk.presses("试问")
        seen = clerk.page.get_by_role("region", name="用户看到的")
        await expect(seen).to_contain_text("2021年万里行的需求清单几号前报？")
        why = clerk.page.get_by_role("region", name="为什么这样答")
        await expect(why).to_contain_text("限定")
        await clerk.sees("try-why")


async def test_a_past_answer_is_shown_with_why_it_was_given(bureau: Bureau, filled: Filled) -> None:
    async with bureau.enterprise() as one:
        await one.asks("2024年江南省的补贴什么时候到账")
    async with bureau.sits("head") as head:
        await head.opens("/questions")
        await head.page.get_by_role("link", name=re.compile(r"^\d+号$")).last.click()
        await head.follows("看怎么答的，为什么")
        await head.sees("trace")
        why = head.page.get_by_role("region", name="为什么这样答")
        await expect(why).to_contain_text("由哪条规则答")
        await expect(why).to_contain_text("毫秒")
        await expect(head.page.get_by_role("region", name="当时")).to_contain_text("什么时候到账")
