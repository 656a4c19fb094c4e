"""How the console's pages look, in a real browser against the real server: on a phone and on a wide
screen, by keyboard, in print, and with hostile words in them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from storage.keys import storable
from tests.acceptance.console_addresses import addresses
from tests.acceptance.console_office import COMPANY, Bureau, Filled
from tests.acceptance.console_person import WIDTHS

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e反\u200b向🏭=1+1"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page_fits_the_screen_and_hinders_nobody(
    bureau: Bureau, filled: Filled, width: str, axe: Path
) -> None:
    async with bureau.sits(width=width) as nobody:
        await nobody.opens("/sign-in")
        assert await nobody.hindered() == []
    async with bureau.sits("admin2", width) as admin:
        found = {}
        for route, path in addresses(filled).items():
            shown = await admin.page.goto(f"{admin.url}{path}")
            await admin.keeps("page" + re.sub(r"\W+", "-", route))
            too_wide = [] if await admin.fits() else ["wider than the screen"]
            missing = [] if shown and shown.ok else ["no such page"]
            if grave := await admin.hindered() + too_wide + missing:
                found[route] = grave
        assert found == {}


async def test_the_keyboard_alone_leads_through_a_page(bureau: Bureau, filled: Filled) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens("/demands")
        await clerk.page.keyboard.press("Tab")
        await expect(clerk.page.get_by_role("link", name="跳到正文")).to_be_focused()
        await clerk.page.keyboard.press("Enter")
        await clerk.page.keyboard.press("Tab")
        await clerk.page.keyboard.type("一诺")
        await clerk.page.keyboard.press("Enter")
        await expect(clerk.page.get_by_text("共 1 项")).to_be_visible()


async def test_hostile_words_stand_in_every_list_and_do_nothing(
    bureau: Bureau, filled: Filled
) -> None:
    words = storable(SCRIPT)
    number = await bureau.files("xiamen", company=words, need=words)
    async with bureau.sits("admin2") as admin:
        await admin.opens(f"/demands/{number}", "hostile")
        title = admin.page.get_by_role("heading", level=1)
        await expect(title).to_contain_text("<img src=x onerror=alert(2)>反向🏭=1+1")
        await admin.unfolds("备注")
        await admin.fills("只有工作人员看得到", SCRIPT)
        await admin.presses("备注")
        history = admin.page.get_by_role("region", name="经过")
        await expect(history).to_contain_text("<script>alert(1)</script>")
        await expect(history).to_contain_text("反向🏭=1+1")
        for path in addresses(filled).values():
            await admin.page.goto(f"{admin.url}{path}")


async def test_what_prints_is_the_page_without_its_controls(bureau: Bureau, filled: Filled) -> None:
    async with bureau.sits("clerk") as clerk:
        await clerk.opens(f"/demands/{filled.demand}", "before-printing")
        await clerk.page.emulate_media(media="print")
        await expect(clerk.page.get_by_role("navigation")).to_be_hidden()
        await expect(clerk.page.get_by_role("region", name="办理")).to_be_hidden()
        await expect(clerk.page.get_by_text(COMPANY).first).to_be_visible()
