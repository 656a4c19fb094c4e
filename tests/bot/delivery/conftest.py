from __future__ import annotations

import pytest

from bot.delivery.worker import Worker
from storage.database import Database
from tests.bot.delivery.carrying import NOW, NotingCourier, worker_of
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def courier() -> NotingCourier:
    return NotingCourier()


@pytest.fixture
def worker(db: Database, courier: NotingCourier, clock: Clock) -> Worker:
    return worker_of(db, clock, courier)
