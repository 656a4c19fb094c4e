"""A data key as settings and files hold it. Imports nothing that a mere question does not need."""

from __future__ import annotations

from base64 import b64decode

KEY_BYTES = 32


def key_of_text(text: str) -> bytes:
    """A key out of its base64. Raises ValueError."""
    try:
        key = b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be the base64 of {KEY_BYTES} bytes; `zhixing keys new` prints one")
    return key
