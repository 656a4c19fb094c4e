"""What is stored of a password is dear to guess, also where there is no account."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from bot.console.passwords import _HASHER, _nobodys

# As they are before the tests' cheap ones take their place.
SHIPPED = {"somebody's": _HASHER.hash("a password"), "nobody's": _nobodys.__wrapped__()}


@pytest.mark.parametrize("whose", SHIPPED)
def test_a_guess_takes_64_mebibytes_and_three_passes(whose: str) -> None:
    found = extract_parameters(SHIPPED[whose])
    assert found.type is Type.ID
    assert found.memory_cost >= 64 * 1024
    assert found.time_cost >= 3
