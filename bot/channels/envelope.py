"""Encrypted callbacks of the WeChat family, opened only once they have proved their origin.

WeCom doc path/90968: AES-256-CBC under a 43-character EncodingAESKey; the plaintext is
``16 random bytes, length (4, big-endian), message, receive id``, padded to 32 bytes. The
signature is SHA-1 over token, timestamp, nonce and ciphertext, sorted and joined without
separators: digits may wander between timestamp and nonce, so the shape of both counts.

Order: size, one ``<Encrypt>`` without an XML parser, shapes, signature (constant time),
freshness, decryption. What follows works on text that the platform has authenticated.

No memory of seen ciphertexts is kept here. A replay inside the window carries the same platform
message id, and the desk answers a known id with the stored reply, redoing nothing, in every
worker and after a restart. The one who replays learns a ciphertext that only the key opens. The
platform's own retries look just the same and must get their answer, so a replay is no offence.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from bot.channels.keys import cipher_of

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher

MAX_BODY = 64 * 1024
"""Bytes of a callback's body."""

WINDOW = timedelta(minutes=5)
"""How far the platform's timestamp may lie from our clock, either way."""

BLOCK = 32
"""Bytes to which the plaintext is padded."""

SECONDS = 10
MILLISECONDS = 13
"""Digits of a timestamp."""


class Reason(StrEnum):
    """Why a callback is refused: the only thing that the log says of it."""

    SIZE = "too large"
    ENVELOPE = "no single Encrypt element"
    SHAPE = "malformed query or ciphertext"
    SIGNATURE = "wrong signature"
    STALE = "stale"
    CIPHER = "cannot be decrypted for this receiver"
    CONTENT = "not what the platform writes"
    RECEIVER = "for another corporation or app"
    IDENTITY = "no message id or no sender"


class Rejected(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Keyring:
    """What opens and seals; `ciphers` has the current key first, then the one before it."""

    token: str = field(repr=False)
    ciphers: tuple[WeChatCipher, ...] = field(repr=False)
    receive_id: str

    @classmethod
    def of(cls, token: str, receive_id: str, *aes_keys: str) -> Self:
        """`aes_keys`: current, previous. Raises ValueError."""
        if not token:
            raise ValueError("token must not be empty")
        return cls(token, tuple(map(cipher_of, aes_keys)), receive_id)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The signed part of a callback's query."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def of(cls, query: Mapping[str, str], signed: str = "msg_signature") -> Self:
        """`signed` names the signature: a 公众号 signs its verification and plain text by another,
        which covers no text."""
        return cls(*(query.get(key, "") for key in (signed, "timestamp", "nonce")))


@dataclass(frozen=True, slots=True)
class Opened:
    """The plaintext, and the key that opened it: the reply is sealed with the same."""

    text: str
    cipher: WeChatCipher = field(repr=False, compare=False)


_SIGNATURE = re.compile(r"[0-9a-f]{40}")
_TIMESTAMP = re.compile(r"[0-9]+")
_NONCE = re.compile(r"[\x21-\x7e]{1,64}")
_CIPHERTEXT = re.compile(r"[A-Za-z0-9+/]{32,}+={0,2}+")
# Possessive throughout: a body made of spaces costs one pass, not a pass a space.
_ENCRYPT = re.compile(
    rb"<Encrypt>\s*+(?:<!\[CDATA\[)?+\s*+([A-Za-z0-9+/]{32,}+={0,2}+)\s*+(?:\]\]>)?+\s*+</Encrypt>"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def cdata(text: str) -> str:
    """A CDATA section that reads as `text`, whatever `text` holds."""
    return "<![CDATA[" + printable(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def encrypted_field(body: bytes) -> str:
    """The ciphertext of a callback's XML body. Raises Rejected."""
    if len(body) > MAX_BODY:
        raise Rejected(Reason.SIZE)
    found = _ENCRYPT.findall(body)
    if len(found) != 1 or body.count(b"<Encrypt>") != 1:
        raise Rejected(Reason.ENVELOPE)
    ciphertext: bytes = found[0]
    return ciphertext.decode("ascii")


def unseal(
    ciphertext: str, stamp: Stamp, keys: Keyring, now: datetime, *, digits: int = SECONDS
) -> Opened:
    """The authenticated plaintext, freed of control characters. Raises Rejected."""
    check(ciphertext, stamp, keys.token, now, digits=digits)
    return opened(ciphertext, keys.ciphers, keys.receive_id)


def opened(ciphertext: str, ciphers: Sequence[WeChatCipher], receive_id: str | None) -> Opened:
    """The plaintext, whoever wrote it, freed of control characters; None is any receive id.

    Raises Rejected.
    """
    packed = _whole_blocks(ciphertext)
    for cipher in ciphers:
        text = _unpack(cipher.decrypt(packed), receive_id)
        if text is not None:
            return Opened(printable(text), cipher)
    raise Rejected(Reason.CIPHER)


def check(signed: str, stamp: Stamp, token: str, now: datetime, *, digits: int = SECONDS) -> None:
    """Whether the platform signed `signed`, and just now. `digits` of its timestamp: DingTalk
    counts milliseconds. Raises Rejected."""
    _check_shapes(stamp, digits)
    if not hmac.compare_digest(signature(signed, stamp, token), stamp.signature):
        raise Rejected(Reason.SIGNATURE)
    if abs(now.timestamp() - int(stamp.timestamp[:SECONDS])) > WINDOW.total_seconds():
        raise Rejected(Reason.STALE)


def encrypted(text: str, cipher: WeChatCipher, receive_id: str) -> str:
    """The ciphertext of `text`, as the platforms write it and read it."""
    from wechatpy.crypto.pkcs7 import PKCS7Encoder  # as in `cipher_of`

    message = text.encode()
    length = len(message).to_bytes(4, "big")
    plain = secrets.token_bytes(16) + length + message + receive_id.encode()
    return base64.b64encode(cipher.encrypt(PKCS7Encoder.encode(plain))).decode("ascii")


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted answer, whose form is the platform's: XML or JSON."""

    ciphertext: str
    stamp: Stamp


def sealed(text: str, cipher: WeChatCipher, keys: Keyring, now: datetime) -> Sealed:
    ciphertext = encrypted(text, cipher, keys.receive_id)
    stamp = Stamp("", str(int(now.timestamp())), secrets.token_hex(8))
    signed = signature(ciphertext, stamp, keys.token)
    return Sealed(ciphertext, replace(stamp, signature=signed))


def seal(text: str, cipher: WeChatCipher, keys: Keyring, now: datetime) -> str:
    """The XML that a platform takes as an encrypted answer (WeCom doc path/90968)."""
    answer = sealed(text, cipher, keys, now)
    return (
        f"<xml><Encrypt>{cdata(answer.ciphertext)}</Encrypt>"
        f"<MsgSignature>{cdata(answer.stamp.signature)}</MsgSignature>"
        f"<TimeStamp>{answer.stamp.timestamp}</TimeStamp>"
        f"<Nonce>{cdata(answer.stamp.nonce)}</Nonce></xml>"
    )


def signature(ciphertext: str, stamp: Stamp, token: str) -> str:
    joined = "".join(sorted((token, stamp.timestamp, stamp.nonce, ciphertext)))
    return hashlib.sha1(joined.encode(errors="replace")).hexdigest()


def _check_shapes(stamp: Stamp, digits: int) -> None:
    shapes = (
        (_SIGNATURE, stamp.signature),
        (_TIMESTAMP, stamp.timestamp),
        (_NONCE, stamp.nonce),
    )
    right = all(shape.fullmatch(value) for shape, value in shapes)
    if not right or len(stamp.timestamp) != digits:
        raise Rejected(Reason.SHAPE)


def _whole_blocks(ciphertext: str) -> bytes:
    if not _CIPHERTEXT.fullmatch(ciphertext):
        raise Rejected(Reason.SHAPE)
    try:
        sealed = base64.b64decode(ciphertext, validate=True)
    except binascii.Error:
        raise Rejected(Reason.SHAPE) from None
    if len(sealed) % 16:
        raise Rejected(Reason.SHAPE)
    return sealed


def _unpack(plain: bytes, receive_id: str | None) -> str | None:
    """The message in a decrypted plaintext; None if the key was wrong or it is for another."""
    padding = plain[-1]
    if not 1 <= padding <= BLOCK or plain[-padding:] != bytes((padding,)) * padding:
        return None
    packed = plain[16:-padding]
    end = 4 + int.from_bytes(packed[:4], "big")
    if len(packed) < 4 or end > len(packed):
        return None
    if receive_id is not None and packed[end:] != receive_id.encode():
        return None
    return _utf8(packed[4:end])


def _utf8(message: bytes) -> str | None:
    try:
        return message.decode()
    except UnicodeDecodeError:
        return None
