"""Values that lie sealed in the database: AES-GCM under a key that the database does not hold.

A sealed value is text: ``sealed:<key's id>:<base64 of nonce and ciphertext>``. The column that it
lies in is authenticated with it. What is not sealed was stored by a version that did not seal; it
is read as it is, and sealed when it is next written or when the keys are rotated.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.connection import AsyncConnection
from storage.key_text import KEY_BYTES

_MARK = "sealed"
_NONCE_BYTES = 12
_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class SealError(Exception):
    """A value cannot be sealed or opened; `str` is one line without the value."""


class Keyring:
    """The first key seals, all of them open. Each is 32 bytes; raises ValueError for others.

    Without keys nothing can be sealed, and only what was never sealed can be read.
    """

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        if any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a data key has {KEY_BYTES} bytes")
        self._ciphers = {key_id(key): AESGCM(key) for key in keys}
        self.ids = tuple(self._ciphers)
        """The keys' ids, that of the one that seals first."""
        self._first = self._ciphers[self.ids[0]] if keys else None
        self._head = f"{_MARK}:{self.ids[0]}:" if keys else ""

    def seal(self, text: str, place: str) -> str:
        """`place` is the value's table and column. Raises SealError where there is no key.

        Nothing is sealed as nothing: that a text was emptied may be seen.
        """
        if not text:
            return text
        if self._first is None:
            raise SealError("no data key to seal with")
        nonce = os.urandom(_NONCE_BYTES)
        secret = nonce + self._first.encrypt(nonce, text.encode(), place.encode())
        return self._head + b64encode(secret).decode()

    def open(self, stored: str, place: str) -> str:
        """Raises SealError for what another key sealed, or what was changed or moved since."""
        mark, _, rest = stored.partition(":")
        if mark != _MARK:
            return stored
        id_, _, secret = rest.partition(":")
        cipher = self._ciphers.get(id_)
        if cipher is None:
            raise SealError(f"no data key {id_}, with which {place} was sealed")
        try:
            raw = b64decode(secret)
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise SealError(f"{place} holds a value that was not sealed for it") from None

    def seal_json(self, value: Any, place: str) -> str:
        """`seal` for a JSON value; its column holds it as a JSON string."""
        return self.seal(_TO_JSON(value), place)

    def open_json(self, stored: Any, place: str) -> Any:
        """A stored JSON string is a sealed value; anything else was stored before sealing."""
        return json.loads(self.open(stored, place)) if isinstance(stored, str) else stored

    def is_current(self, stored: Any) -> bool:
        """Whether the value needs no new seal: it is nothing, or was sealed by the first key."""
        return not stored or (isinstance(stored, str) and stored.startswith(self._head))


def key_id(key: bytes) -> str:
    """What names a key without telling it: eight hex digits."""
    return sha256(b"zhixing data key " + key).hexdigest()[:8]


def keyring_of(conn: AsyncConnection) -> Keyring:
    """The keys with which the connection's database was opened."""
    keys: Keyring = conn.sync_connection.get_execution_options().get("keyring", _NO_KEYS)  # type: ignore[union-attr]
    return keys


_NO_KEYS = Keyring()
