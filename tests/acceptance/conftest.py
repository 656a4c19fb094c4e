"""The platforms on loopback, who posts to the real server, a browser, and one bureau for all that a
module does in its console.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, async_playwright, expect

from tests.acceptance.console_office import Bureau, Filled, running
from tests.acceptance.console_person import AXE
from tests.acceptance.server import SECONDS
from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi
from tests.scratch import Scratch

CHROMIUM = Path("/usr/bin/chromium")
ARGS = (
    "--no-sandbox",  # tests may run as root
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
)


@pytest.fixture
async def wecom() -> AsyncIterator[QyApi]:
    async with serving(QyApi(lambda: datetime.now(UTC))) as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture(scope="session")
def chromium() -> Path:
    if CHROMIUM.exists():
        return CHROMIUM
    if os.environ.get("CI"):
        pytest.fail(f"CI needs a browser: no Chromium at {CHROMIUM}")
    pytest.skip(f"no Chromium at {CHROMIUM}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    if AXE.exists():
        return AXE
    if os.environ.get("CI"):
        pytest.fail("CI needs axe-core: make axe")
    pytest.skip("no axe-core: make axe")


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
    expect.set_options(timeout=SECONDS * 1000)
    async with serving(QyApi(lambda: datetime.now(UTC))) as wecom:
        folder = tmp_path_factory.mktemp("bureau")
        async with running(folder, database, wecom, browser) as bureau:
            yield bureau


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def filled(bureau: Bureau) -> Filled:
    return await bureau.fill()
