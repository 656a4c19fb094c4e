"""Passwords: argon2 hashes, one-time ones, and which are too weak."""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody reads wrongly off a screen."""


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    return _HASHER.hash(password)


async def fits(password: str, hash_: str | None) -> bool:
    """Takes as long where there is no account: that must not show."""
    # Each takes 64 MB: no more at once than the event loop has threads for.
    found = await asyncio.to_thread(_fits, password[: LONGEST + 1], hash_)
    return found and hash_ is not None


def one_time() -> str:
    """Twelve characters in threes: some 59 bits."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(3))


def is_weak(password: str, name: str) -> bool:
    """Too short, too long, of few characters, or little more than the account's name."""
    few = len(set(password)) < 5
    named = len(name) > 2 and name.lower() in password.lower() and len(password) < len(name) + 6
    return not SHORTEST <= len(password) <= LONGEST or few or named


def _fits(password: str, hash_: str | None) -> bool:
    try:
        return _HASHER.verify(hash_ or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
