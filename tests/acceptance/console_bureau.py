"""One bureau for all that is done in its console: the server on either database, and a browser."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.console.routes import ROUTES
from tests.acceptance.console_office import Bureau, Filled, running
from tests.acceptance.console_person import AXE
from tests.acceptance.server import SECONDS
from tests.acceptance.test_web_chat import ARGS
from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi
from tests.scratch import Scratch

NOTICE = "cnipa-2021-51"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    expect.set_options(timeout=SECONDS * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Blank; one for all that is done here, as a bureau has."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'zhixing.db'}"
    scratch: Scratch = request.getfixturevalue("_other_scratch")
    scratch.blank()
    return scratch.url


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bureau(
    database: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Bureau]:
    async with serving(QyApi(lambda: datetime.now(UTC))) as wecom:
        folder = tmp_path_factory.mktemp("bureau")
        async with running(folder, database, wecom, browser) as bureau:
            yield bureau


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def filled(bureau: Bureau) -> Filled:
    return await bureau.fill()


@pytest.fixture(scope="session")
def axe() -> Path:
    if AXE.exists():
        return AXE
    if os.environ.get("CI"):
        pytest.fail("CI needs axe-core: make axe")
    pytest.skip("no axe-core: make axe")


def addresses(filled: Filled) -> dict[str, str]:
    """Of every page, by its route; what only leads elsewhere, or goes on for ever, has none."""
    numbers = {"demands": filled.demand, "questions": filled.question, "talks": filled.ticket}
    numbers["pushes"] = filled.digest
    drawn = {"drafts": filled.draft, "import": filled.draft}
    file = f"?name={filled.notice}.yaml"
    more = {"file": file, "turns": f"?key={quote(filled.message)}", "compare": "?old=0&new=0"}
    found = {}
    for route in ROUTES:
        if route.method != "GET" or route.path == "/" or route.path.endswith("/live"):
            continue
        if route.path.startswith("/sign-in/"):
            continue
        first = route.path.split("/")[1]
        notice = filled.notice if first == "import" else NOTICE
        number = (numbers | drawn).get(first, 1)
        path = re.sub(r"\{number:[^/]*\}", str(number), route.path)
        path = re.sub(r"\{id:[^/]*\}", notice, path)
        found[route.path] = path + more.get(path.rpartition("/")[2], "")
    return found
