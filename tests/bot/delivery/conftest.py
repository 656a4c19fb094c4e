from __future__ import annotations

import pytest

from bot.delivery.worker import Worker
from storage.database import Database
from tests.bot.delivery.carrying import Clock, NotingCourier, worker_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def courier() -> NotingCourier:
    return NotingCourier()


@pytest.fixture
def worker(db: Database, courier: NotingCourier, clock: Clock) -> Worker:
    return worker_of(db, clock, courier)
