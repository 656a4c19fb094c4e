"""WeCom on loopback, and an office that serves its customers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, DummyCookieJar

from storage.database import Database
from tests.bot.kf.office import NOW, Office
from tests.clock import Clock
from tests.platform.kf import Kf
from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def wecom(clock: Clock) -> AsyncIterator[QyApi]:
    async with serving(QyApi(clock)) as fake:
        yield fake


@pytest.fixture
def kf(wecom: QyApi) -> Kf:
    return wecom.kf


@pytest.fixture
async def office(
    wecom: QyApi, db: Database, session: ClientSession, clock: Clock
) -> AsyncIterator[Office]:
    office = Office(wecom.base, db, session, clock)
    yield office
    await office.desk.close()
