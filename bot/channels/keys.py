"""The EncodingAESKey of the WeChat family: 43 characters of base64 that stand for 32 bytes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from knowledge.late import late

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher

_ENCODED = late(r"[A-Za-z0-9+/]{43}")


def aes_key(encoded: str) -> bytes:
    """The key's 32 bytes. Raises ValueError unless `encoded` is 43 base64 characters."""
    if not _ENCODED.fullmatch(encoded):
        raise ValueError("must be an EncodingAESKey: 43 letters and digits")
    return base64.b64decode(encoded + "=")


def cipher_of(encoded: str) -> WeChatCipher:
    """What opens and seals with a platform's key. Raises ValueError as `aes_key` does.

    Who has no such platform loads no wechatpy, which brings an HTTP client of its own.
    """
    from wechatpy.crypto.base import WeChatCipher

    return WeChatCipher(aes_key(encoded))
