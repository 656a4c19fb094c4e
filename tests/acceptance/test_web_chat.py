"""The chat page in a real browser at a phone's width, against the real server.

One of each for all: a context of the browser knows nothing of another's.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from tests.acceptance.server import ZHIXING, database_url, log_of, running_server

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "2021年万里行的需求清单几号前报？"


class Chat:
    """What a user does on the page, and what they see. `troubles` must stay empty."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", lambda m: self._trouble(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self._trouble(str(error)))
        page.on("request", lambda r: None if r.url.startswith(url) else self._trouble(r.url))

    def _trouble(self, what: str) -> None:
        self.troubles.append(what)

    async def types(self, text: str) -> str:
        """The reply to a typed message."""
        await self.page.get_by_label("您的问题或需求").fill(text)
        return await self._reply_to(self.page.keyboard.press("Enter"))

    async def taps(self, button: str) -> str:
        """The reply to a tap on a button."""
        return await self._reply_to(self.page.get_by_role("button", name=button, exact=True).tap())

    async def _reply_to(self, act: Any) -> str:
        replies = self.page.locator("#log .theirs:not(.greeting)")
        before = await replies.count()
        await act
        await expect(replies).to_have_count(before + 1)
        return await replies.last.inner_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(folder: Path) -> AsyncIterator[str]:
    async with running_server(folder) as url:
        yield url
    assert "Traceback" not in log_of(folder)


@pytest_asyncio.fixture(loop_scope="module")
async def chat(browser: Browser, url: str) -> AsyncIterator[Chat]:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="zh-CN"
    )
    chat = Chat(await context.new_page(), url)
    await chat.page.goto(url)
    yield chat
    await context.close()


async def demands(folder: Path) -> list[dict[str, Any]]:
    """As staff list them."""
    listing = ("demand", "list", "--json", "--database", database_url(folder))
    process = await asyncio.create_subprocess_exec(ZHIXING, *listing, cwd=folder, stdout=PIPE)
    printed, _ = await process.communicate()
    assert process.returncode == 0
    listed: list[dict[str, Any]] = json.loads(printed)
    return listed


async def test_a_question_is_answered_with_its_date_and_its_source(chat: Chat) -> None:
    reply = await chat.types(QUESTION)
    assert "5月25日" in reply
    assert "国知发运函字〔2021〕51号" in reply
    assert "六（一）" in reply
    assert chat.troubles == []


async def test_a_suggestion_is_asked_by_a_tap(chat: Chat) -> None:
    assert "5月25日" in await chat.taps(QUESTION)


async def test_a_need_is_filed_step_by_step_and_lies_in_the_demand_list(
    chat: Chat, folder: Path
) -> None:
    await chat.taps("登记需求")
    await chat.types("泉州示例鞋业有限公司")
    await chat.types("陈一")
    await chat.taps("跳过")
    await chat.types("13900000001")
    await chat.taps("开展知识产权质押融资“入园惠企”行动")
    await chat.types("想用商标质押贷款，请局里帮忙对接银行")
    summary = await chat.taps("需要")
    assert "13900000001" in summary
    assert "已提交" in await chat.taps("提交")
    (demand,) = [one for one in await demands(folder) if one["status"] == "submitted"]
    given = {name: value for name, value in demand["fields"].items() if value is not None}
    assert demand["channel"] == "web"
    assert given == {
        "单位名称": "泉州示例鞋业有限公司",
        "联系人": "陈一",
        "手机": "13900000001",
        "重点任务": "开展知识产权质押融资“入园惠企”行动",
        "服务需求事项": "想用商标质押贷款，请局里帮忙对接银行",
        "需国家局协调": True,
    }
    assert chat.troubles == []


async def test_what_is_erased_leaves_the_screen_and_the_tab(chat: Chat) -> None:
    await chat.taps("登记需求")
    await chat.types("泉州示例鞋业有限公司")
    replies = chat.page.locator("#log .message:not(.greeting)")
    await chat.page.get_by_label("您的问题或需求").fill("删除我的信息")
    await chat.page.keyboard.press("Enter")
    await expect(replies).to_have_count(2)
    await chat.page.reload()
    await expect(replies).to_have_count(2)
    await expect(chat.page.locator("#log")).not_to_contain_text("示例鞋业")


async def test_nothing_is_wider_than_the_phone(chat: Chat) -> None:
    for width in (360, 390, 430):
        await chat.page.set_viewport_size({"width": width, "height": 800})
        await chat.types("各省必做的任务有哪些？" + "长" * 100)
        widths = (
            "[document.documentElement, document.getElementById('log')].map(e => e.scrollWidth)"
        )
        assert max(await chat.page.evaluate(widths)) <= width


async def test_what_is_typed_is_shown_as_text(chat: Chat) -> None:
    await chat.types("<img src=x onerror=alert(1)><b>粗</b>")
    await expect(chat.page.locator(".mine .words")).to_have_text(
        "<img src=x onerror=alert(1)><b>粗</b>"
    )
    assert chat.troubles == []


async def test_the_enter_that_picks_a_character_sends_nothing(chat: Chat) -> None:
    field = chat.page.get_by_label("您的问题或需求")
    await field.fill("wan li")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(field).to_have_value("wan li")
    assert "5月25日" in await chat.types(QUESTION)
    await expect(chat.page.locator(".mine")).to_have_count(1)


async def test_a_message_that_the_network_lost_is_sent_again_as_the_same_one(chat: Chat) -> None:
    ids: list[str] = []

    async def lose(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["id"])
        await route.abort()

    await chat.page.route("**/chat", lose)
    await chat.page.get_by_label("您的问题或需求").fill(QUESTION)
    await chat.page.keyboard.press("Enter")
    again = chat.page.get_by_role("button", name="网络开小差了，点一下重发")
    await expect(again).to_be_visible(timeout=15_000)
    await chat.page.unroute("**/chat")
    async with chat.page.expect_request("**/chat") as resent:
        assert "5月25日" in await chat._reply_to(again.tap())
    ids.append(json.loads((await resent.value).post_data or "")["id"])
    assert len(ids) > 1
    assert len(set(ids)) == 1


async def test_the_talk_is_still_on_the_screen_after_a_reload(chat: Chat) -> None:
    await chat.types(QUESTION)
    await chat.page.reload()
    await expect(chat.page.locator(".mine .words")).to_have_text(QUESTION)
    await expect(chat.page.locator(".theirs").last).to_contain_text("5月25日")


async def test_the_page_answers_without_its_script(browser: Browser, url: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(url)
    await page.get_by_label("您的问题或需求").fill(QUESTION)
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator(".theirs").last).to_contain_text("5月25日")
    await context.close()
