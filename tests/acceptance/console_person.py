"""Who sits in front of a console, in a real browser.

`ZHIXING_SCREENSHOTS` names a folder in which everything that was seen is kept, `ZHIXING_PICTURES`
one for the pictures of the guides.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import ConsoleMessage, FilePayload, Page

PASSWORD = "a password of an office"
WIDTHS = {"phone": 390, "desk": 1280, "wide": 1920}
AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = {
    "sign-in": "控制台登录",
    "overview": "控制台概览",
    "demands": "控制台需求列表",
    "demand": "控制台需求",
    "questions": "控制台待答问题",
    "question": "控制台答复问题",
    "talk": "控制台人工对话",
    "notice": "控制台通知",
    "calendar": "控制台日历",
    "import": "控制台导入核对",
    "draft-file": "控制台编辑",
    "check": "控制台发布检查",
    "try": "控制台试问",
    "pushes": "控制台推送",
}
"""What is seen at a desk, by what the guides call its picture."""

GRAVE = ("serious", "critical")


@dataclass
class Person:
    """What somebody does in the console. `troubles` must stay empty. Without `scripts` axe-core
    cannot run either."""

    page: Page
    url: str
    width: str
    scripts: bool
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        page, url = self.page, self.url.removesuffix("/console")
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(url) else self.troubles.append(r.url))
        page.on("dialog", lambda dialog: self.troubles.append(dialog.message))

    def _said(self, message: ConsoleMessage) -> None:
        """Chromium counts a page that says no (403, 404, 409) among the errors; it is none."""
        says_no = "status of 4" in message.text and "/static/" not in message.location["url"]
        if message.type == "error" and not says_no:
            self.troubles.append(f"{message.location['url']}: {message.text}")

    async def opens(self, path: str, name: str = "") -> None:
        await self.page.goto(f"{self.url}{path}")
        await self.sees(name or re.sub(r"\W+", "-", path).strip("-"))

    async def sees(self, name: str) -> None:
        """Nothing is wider than the screen or hinders people; the picture is kept where somebody
        wants it."""
        await self.keeps(name)
        assert await self.fits(), name
        if self.scripts and AXE.exists():
            hindered = await self.hindered()
            assert hindered == [], (name, hindered)

    async def fits(self) -> bool:
        widest: int = await self.page.evaluate("document.documentElement.scrollWidth")
        return widest <= WIDTHS[self.width]

    async def keeps(self, name: str) -> None:
        if folder := os.environ.get("ZHIXING_SCREENSHOTS"):
            path = Path(folder) / f"console-{self.width}-{name}.png"
            await self.page.screenshot(path=path, full_page=True)
        pictured = os.environ.get("ZHIXING_PICTURES")
        if pictured and self.width == "desk" and name in PICTURES:
            await self.page.screenshot(path=Path(pictured) / f"{PICTURES[name]}.png")

    async def fills(self, label: str, text: str) -> None:
        await self.page.get_by_label(label).fill(text)

    async def presses(self, button: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).click()

    async def follows(self, link: str) -> None:
        await self.page.get_by_role("link", name=link, exact=True).first.click()

    async def unfolds(self, what: str) -> None:
        await self.page.locator("summary", has_text=what).first.click()

    async def uploads(self, name: str, text: str) -> None:
        """A notice's text, at the page for it."""
        await self.page.goto(f"{self.url}/import")
        file = FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
        await self.page.get_by_label("通知原文").set_input_files(files=[file])
        await self.presses("上传并读取")
        await self.page.wait_for_url(re.compile(r"/import/\d+"))

    async def signs_in(self, name: str, password: str = PASSWORD) -> None:
        await self.page.goto(f"{self.url}/sign-in")
        await self.fills("用户名", name)
        await self.fills("密码", password)
        await self.presses("登录")

    async def hindered(self) -> list[str]:
        """What axe-core finds grave on the page: the rule, and where."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']})"
        )
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0].get('failureSummary')}"
            for one in found["violations"]
            if one["impact"] in GRAVE
        ]

    async def leaves(self) -> None:
        assert self.troubles == []
        await self.page.context.close()
