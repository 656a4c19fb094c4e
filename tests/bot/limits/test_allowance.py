"""So much a minute for each, and little memory for all."""

from __future__ import annotations

from bot.limits.allowance import Allowance


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_spent_comes_back_bit_by_bit_within_a_minute() -> None:
    clock = Seconds()
    allowance = Allowance(3, clock)
    assert [allowance.spend("a") for _ in range(4)] == [True, True, True, False]
    assert allowance.spend("b")
    clock.now = 20.0
    assert [allowance.spend("a") for _ in range(2)] == [True, False]
    clock.now = 1_000.0
    assert [allowance.spend("a") for _ in range(4)] == [True, True, True, False]


def test_asking_whether_anything_is_left_spends_nothing() -> None:
    allowance = Allowance(1, Seconds())
    assert all(allowance.left("a") for _ in range(5))
    assert allowance.spend("a")
    assert not allowance.left("a")


def test_zero_is_no_limit() -> None:
    allowance = Allowance(0, Seconds())
    assert all(allowance.spend("a") for _ in range(1_000))
    assert len(allowance) == 0


def test_of_countless_keys_only_the_last_are_remembered() -> None:
    allowance = Allowance(2, Seconds(), most=100)
    for number in range(10_000):
        allowance.spend(str(number))
    assert len(allowance) == 100
