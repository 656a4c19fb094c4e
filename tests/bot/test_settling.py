"""What is there to stay is set aside from the collector, and still goes when it is replaced."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.settling import settle


class Snapshot:
    """Refers to itself, as a real one does."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_served_is_not_looked_at_again_and_again() -> None:
    settle()
    assert gc.get_freeze_count() > len(gc.get_objects())


def test_what_is_served_no_more_goes_though_it_was_set_aside() -> None:
    served = Snapshot()
    before = weakref.ref(served)
    settle()
    del served
    gc.collect()
    assert before() is not None
    settle()
    assert before() is None
