"""The EncodingAESKey of the WeChat family: 43 characters of base64 that stand for 32 bytes."""

from __future__ import annotations

import base64
import re

_ENCODED = re.compile(r"[A-Za-z0-9+/]{43}")


def aes_key(encoded: str) -> bytes:
    """The key's 32 bytes. Raises ValueError unless `encoded` is 43 base64 characters."""
    if not _ENCODED.fullmatch(encoded):
        raise ValueError("must be an EncodingAESKey: 43 letters and digits")
    return base64.b64decode(encoded + "=")
