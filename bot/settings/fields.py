"""What single settings may be: types with their checks."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from bot.channels.keys import aes_key
from knowledge.late import late
from storage.key_text import key_of_text

_KNOWN_TO_ALL = (b"zhixing keys new prints your own", b"this was the key before that one")
"""The data keys of the example file."""
_SENDER = late(r"[a-z]+:\S.*")


def real_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone") from None
    return name


def _some_secret(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("must not be empty")
    return secret


def _encoding_aes_key(secret: SecretStr) -> SecretStr:
    aes_key(secret.get_secret_value())
    return secret


def _base64_key(secret: SecretStr) -> SecretStr:
    if key_of_text(secret.get_secret_value()) in _KNOWN_TO_ALL:
        raise ValueError("is the example's, which everybody knows; `zhixing keys new` prints one")
    return secret


def sender_key(key: str) -> str:
    """A channel and somebody's name there. Raises ValueError."""
    if not _SENDER.fullmatch(key):
        raise ValueError("must be a channel and a user, like wecom:zhangsan")
    return key


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    safe = parts.scheme in ("https", "wss")
    near = parts.scheme in ("http", "ws") and parts.hostname in LOOPBACK
    bare = not (parts.query or parts.fragment or parts.username or parts.password)
    if not (parts.hostname and bare and (safe or near)):
        raise ValueError("must be https://… (http only on loopback), without a query")
    return url.rstrip("/")


Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Secret = Annotated[SecretStr, AfterValidator(_some_secret)]
DataKey = Annotated[SecretStr, AfterValidator(_base64_key)]
AesKey = Annotated[SecretStr, AfterValidator(_encoding_aes_key)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(ge=1, le=7)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
