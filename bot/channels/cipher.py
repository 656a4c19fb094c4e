"""The cipher of the platforms' callbacks: AES-256-CBC, whose IV is the beginning of the key.

The library's own; the SDK that wraps it brings an HTTP client of its own into every process.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
"""Bytes to which the plaintext is padded."""
_IV = 16


class CallbackCipher:
    """Under one key of 32 bytes. Raises ValueError for one of another length."""

    def __init__(self, key: bytes) -> None:
        self._cipher = Cipher(algorithms.AES256(key), modes.CBC(key[:_IV]))

    def encrypt(self, plaintext: bytes) -> bytes:
        """`plaintext` is padded. Raises ValueError where it is not."""
        encryptor = self._cipher.encryptor()
        return encryptor.update(plaintext) + encryptor.finalize()

    def decrypt(self, ciphertext: bytes) -> bytes:
        """With its padding. Raises ValueError for what is no row of blocks."""
        decryptor = self._cipher.decryptor()
        return decryptor.update(ciphertext) + decryptor.finalize()


def padded(plaintext: bytes) -> bytes:
    """By PKCS #7, with at least one byte, to a row of blocks."""
    more = BLOCK - len(plaintext) % BLOCK
    return plaintext + bytes((more,)) * more
