"""The console in a real browser, against the real server: a morning of a member of staff.

`ZHIXING_SCREENSHOTS` names a folder in which what was seen is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.keys import from_file, key_file
from storage.database import Database
from tests.acceptance.server import log_of, running_server
from tests.acceptance.test_web_chat import browser, chromium
from tests.bot.counter.office import file_demand

__all__ = ["browser", "chromium"]

PASSWORD = "a password of an office"
COMPANY = "厦门一诺科技有限公司"
QUESTION = "请补充专利号和注册时间"
WIDTHS = {"phone": 390, "desk": 1280}


class Desk:
    """What somebody does in the console. `troubles` must stay empty."""

    def __init__(self, page: Page, url: str, width: str) -> None:
        self.page, self.url, self.width = page, f"{url}/console", width
        self.troubles: list[str] = []
        page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(url) else self.troubles.append(r.url))

    async def opens(self, path: str) -> None:
        await self.page.goto(f"{self.url}{path}")
        await self.sees(path.strip("/").replace("/", "-"))

    async def sees(self, name: str) -> None:
        """Nothing is wider than the screen; the picture is kept where somebody wants it."""
        widest = await self.page.evaluate("document.documentElement.scrollWidth")
        assert widest <= WIDTHS[self.width], name
        if folder := os.environ.get("ZHIXING_SCREENSHOTS"):
            await self.page.screenshot(path=Path(folder) / f"console-{self.width}-{name}.png")

    async def fills(self, label: str, text: str) -> None:
        await self.page.get_by_label(label).fill(text)

    async def presses(self, button: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).click()

    async def signs_in_first(self, one_time: str) -> None:
        await self.opens("/")
        await self.fills("用户名", "admin")
        await self.fills("密码", one_time)
        await self.presses("登录")
        await self.fills("现在的密码", one_time)
        await self.fills("新密码（至少10位）", PASSWORD)
        await self.fills("再输一遍新密码", PASSWORD)
        await self.presses("改密码")


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with running_server(tmp_path) as url:
        yield url
    assert "Traceback" not in log_of(tmp_path)


async def filed(tmp_path: Path) -> tuple[int, int]:
    """Two demands of enterprises, that lie in the server's database."""
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    db = await Database.open(url, keys=from_file(key_file(url), make=False))
    async with db.transaction() as conn:
        found = await file_demand(conn, "xiamen"), await file_demand(conn, "quanzhou")
    await db.close()
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_a_morning_at_the_console(
    browser: Browser, url: str, tmp_path: Path, width: str, scripts: bool
) -> None:
    accepted, returned = await filed(tmp_path)
    [one_time] = re.findall(r"一次性密码 (\S+?)（", log_of(tmp_path))
    context = await browser.new_context(
        viewport={"width": WIDTHS[width], "height": 844},
        locale="zh-CN",
        java_script_enabled=scripts,
    )
    page = await context.new_page()
    desk = Desk(page, url, width)
    await desk.signs_in_first(one_time)
    await expect(page.get_by_role("heading", name="概览")).to_be_visible()
    await desk.sees("overview")

    await page.get_by_role("link", name="待受理").click()
    await desk.sees("demands")
    await page.get_by_role("link", name=f"{accepted}号", exact=True).click()
    await desk.presses("受理")
    await expect(page.get_by_role("status")).to_contain_text("已受理，会告知企业")
    await desk.sees("accepted")

    await desk.opens(f"/demands/{returned}")
    await page.get_by_text("退回，请企业补充").click()
    await desk.fills("要请企业补充什么（会原样转告）", QUESTION)
    await desk.presses("退回")
    history = page.get_by_role("region", name="经过")
    await expect(history).to_contain_text("管理员退回")
    await expect(history).to_contain_text(QUESTION)
    await desk.sees("returned")

    for path in ("/questions", "/notices", "/notices/cnipa-2021-51", "/pushes", "/audit"):
        await desk.opens(path)
    await expect(page.get_by_role("cell", name="办理", exact=True)).to_have_count(2)
    assert desk.troubles == []
    await context.close()
