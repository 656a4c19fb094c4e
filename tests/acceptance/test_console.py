"""The console in a real browser, against the real server, on either database: what each of the
bureau's people does there, as they would.
"""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.acceptance.console_office import Bureau, Filled
from tests.acceptance.console_person import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "请补充专利号和注册时间"


async def test_the_first_admin_comes_in_with_the_one_time_password(bureau: Bureau) -> None:
    [one_time] = re.findall(r"一次性密码 (\S+?)（", bureau.log)
    async with bureau.sits() as admin:
        await admin.opens("/", "sign-in")
        await admin.signs_in("admin", one_time)
        await admin.fills("现在的密码", one_time)
        await admin.fills("新密码（至少10位）", PASSWORD)
        await admin.fills("再输一遍新密码", PASSWORD)
        await admin.sees("password")
        await admin.presses("改密码")
        await expect(admin.page.get_by_role("heading", name="概览", exact=True)).to_be_visible()
    async with bureau.sits() as other:
        await other.signs_in("admin", one_time)
        told = other.page.get_by_role("alert")
        await expect(told).to_contain_text("用户名或密码不对")
        for _ in range(6):
            await other.signs_in("nobody", one_time)
            await expect(told).to_be_visible()
        await expect(told).to_contain_text("试的次数多了，请过")
        await other.sees("sign-in-wait")
    async with bureau.sits("admin") as here, bureau.sits("admin") as there:
        await here.opens("/account")
        await here.presses("在所有设备上退出")
        await there.page.goto(f"{there.url}/demands")
        await expect(there.page.get_by_role("heading", name="登录")).to_be_visible()


async def test_staff_sign_in_as_wecom_knows_them(bureau: Bureau, filled: Filled) -> None:
    async with bureau.sits() as clerk:
        await clerk.page.goto(f"{clerk.url}/demands")
        await clerk.follows("用企业微信登录")
        await clerk.follows("扫码")
        await expect(clerk.page.get_by_role("heading", name="需求", exact=True)).to_be_visible()
        await expect(clerk.page.get_by_role("link", name="赵六")).to_be_visible()
        elsewhere = [one for one in clerk.troubles if not one.startswith(bureau.wecom.base)]
        clerk.troubles[:] = elsewhere


async def test_a_head_sees_how_things_stand_and_every_number_leads_to_its_list(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("head") as head:
        await head.opens("/overview", "overview")
        waiting = head.page.locator(".figure", has_text="待受理")
        number = await waiting.locator("b").inner_text()
        await waiting.click()
        await expect(head.page.get_by_text(f"共 {number} 项")).to_be_visible()
        await head.sees("demands")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", ["phone", "desk"])
async def test_a_morning_with_demands(
    bureau: Bureau, filled: Filled, width: str, scripts: bool
) -> None:
    accepted, returned = await bureau.files("xiamen"), await bureau.files("quanzhou")
    async with bureau.sits("head", width, scripts=scripts) as head:
        page = head.page
        await head.opens("/demands?status=submitted")
        await head.follows(f"{accepted}号")
        await head.presses("受理")
        await expect(page.get_by_role("status")).to_contain_text("已受理，会告知企业")
        await head.sees("demand")
        await head.unfolds("匹配资源")
        await head.fills("资源名称", "兴业银行知识产权质押贷")
        await head.presses("匹配")
        await expect(page.get_by_role("status")).to_contain_text("已匹配，会告知企业")
        await head.unfolds("回复企业")
        await page.get_by_label("要对企业说的话", exact=True).fill("银行会在三天内联系您。")
        await head.presses("回复")
        await head.unfolds("办结")
        await head.fills("办理结果（会告知企业，可不写）", "已放款300万元")
        await head.presses("办结")
        await expect(page.get_by_role("region", name="经过")).to_contain_text("已放款300万元")
        await head.opens(f"/demands/{returned}")
        alike = page.get_by_role("region", name="可能重复")
        await expect(alike.get_by_role("link", name=f"{accepted}号")).to_be_visible()
        await head.unfolds("退回，请企业补充")
        await head.fills("要请企业补充什么（会原样转告）", QUESTION)
        await head.presses("退回")
        history = page.get_by_role("region", name="经过")
        await expect(history).to_contain_text("林处退回")
        await expect(history).to_contain_text(QUESTION)
        await head.unfolds("转办给别的局")
        await page.get_by_label("转给").select_option("fuzhou")
        await head.presses("转办")
        await expect(history).to_contain_text("林处转办")


async def test_of_two_who_edit_one_demand_the_later_one_sees_what_changed(
    bureau: Bureau, filled: Filled
) -> None:
    number = await bureau.files("xiamen")
    async with bureau.sits("head") as first, bureau.sits("clerk") as second:
        for one in (first, second):
            await one.opens(f"/demands/{number}")
        await first.presses("受理")
        await second.unfolds("备注")
        await second.fills("只有工作人员看得到", "周三走访")
        await second.presses("备注")
        told = second.page.get_by_role("alert")
        await expect(told).to_contain_text("林处受理")
        await expect(told).to_contain_text("您写的话：“周三走访”")


async def test_several_demands_are_done_at_once_and_exported_as_filtered(
    bureau: Bureau, filled: Filled
) -> None:
    numbers = [await bureau.files("xiamen", company="厦门成批科技有限公司") for _ in range(3)]
    async with bureau.sits("head") as head:
        await head.opens("/demands?q=成批")
        if bureau.scripts:
            await head.page.get_by_role("checkbox", name="全选本页").check()
        else:
            for box in await head.page.get_by_role("checkbox", name=re.compile("选中")).all():
                await box.check()
        await head.page.get_by_label("怎么办").select_option("accept")
        await head.presses("办理选中的")
        await head.sees("done")
        for number in numbers:
            await expect(head.page.get_by_text(f"{number}号").first).to_be_visible()
        await head.opens("/demands?q=成批")
        async with head.page.expect_download() as downloading:
            await head.presses("导出 Excel")
        download = await downloading.value
        assert download.suggested_filename.endswith(".xlsx")


async def test_a_question_is_answered_once_for_all_who_asked(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens("/questions", "questions")
        await clerk.follows(f"{filled.question}号")
        await clerk.sees("question")
        await clerk.page.get_by_label("会原样转告").fill("可以，带营业执照到窗口办理。")
        await clerk.presses("答复并存为常见问答")
        await expect(clerk.page.get_by_role("status")).to_contain_text("已答复，会转告1位提问的人")
        await clerk.page.get_by_label("依据的通知").select_option("cnipa-2021-51")
        await clerk.presses("列出它的条款")
        await clerk.page.get_by_label("依据的条款").select_option("五（二）")
        await clerk.sees("question-faq")
        await clerk.presses("存进草稿")
        await expect(clerk.page.get_by_role("status")).to_contain_text("已存入草稿")


async def test_a_talk_goes_to_and_fro_and_back_to_the_assistant(
    bureau: Bureau, filled: Filled
) -> None:
    number = await bureau.waits()
    async with bureau.sits("clerk") as clerk:
        page = clerk.page
        await clerk.opens("/talks", "talks")
        await page.goto(f"{clerk.url}/talks/{number}")
        await clerk.presses("接入")
        await clerk.fills("对对方说", "您好，带营业执照和专利证书即可。")
        await clerk.presses("发送")
        words = page.get_by_role("region", name="对话").or_(page.locator("main")).first
        await expect(words).to_contain_text("带营业执照和专利证书")
        await clerk.sees("talk")
        await clerk.unfolds("结束对话，交还知行")
        await clerk.presses("结束对话")
        await expect(page.get_by_label("对对方说")).to_have_count(0)


async def test_what_is_said_in_a_talk_appears_by_itself_and_canned_answers_are_at_hand(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.enterprise() as lin, bureau.sits("clerk", scripts=True) as clerk:
        number = await bureau.called_by(lin)
        await clerk.opens(f"/talks/{number}", "talk-waiting")
        await clerk.presses("接入")
        canned = clerk.page.get_by_role("group", name=re.compile("常用答复")).get_by_role("button")
        await canned.first.click()
        await expect(clerk.page.get_by_label("对对方说")).not_to_be_empty()
        await clerk.presses("发送")
        await lin.asks("营业执照要原件吗")
        words = clerk.page.get_by_role("log", name="对话")
        await expect(words).to_contain_text("营业执照要原件吗")
        await clerk.unfolds("结束对话，交还知行")
        await clerk.presses("结束对话")


async def test_what_cannot_be_sent_is_sent_again_and_who_is_pushed_what_is_seen(
    bureau: Bureau, filled: Filled
) -> None:
    async with bureau.sits("head") as head:
        await head.opens("/pushes", "pushes")
        await expect(head.page.get_by_text("悄悄话")).to_have_count(0)
        await head.page.get_by_role("checkbox", name=re.compile("选中")).first.check()
        await head.presses("重新发送选中的")
        await expect(head.page.get_by_role("status")).to_contain_text("已重新排队发送")
        await head.opens("/pushes/sent", "pushes-sent")
        await head.page.get_by_label("发给").select_option("others")
        await head.presses("查找")
        await expect(head.page.get_by_role("row").filter(has_text="1号")).to_be_visible()
        await head.opens("/subscriptions", "subscriptions")
        await head.page.get_by_role("link", name="预览").first.click()
        await expect(head.page.get_by_role("heading", name=re.compile("^预览"))).to_be_visible()
        await head.sees("preview")


async def test_who_looked_at_a_demand_stands_in_the_trail(bureau: Bureau, filled: Filled) -> None:
    number = await bureau.files("xiamen")
    async with bureau.sits("clerk") as clerk:
        await clerk.opens(f"/demands/{number}", "demand-looked-at")
    async with bureau.sits("admin2") as admin:
        await admin.opens(f"/audit?demand={number}", "audit")
        row = admin.page.get_by_role("row").filter(has_text="查看")
        await expect(row).to_contain_text("张三")
        await admin.page.get_by_label("做了什么").select_option(label="登录")
        await admin.presses("查找")
        await expect(admin.page.get_by_text("没有符合条件的记录")).to_be_visible()
        assert await admin.page.get_by_role("button").count() <= 1, "nothing there can be changed"
