"""Whatever arrives, the receive layer either opens it or refuses it with a reason."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.channels.envelope import (
    MAX_BODY,
    Keyring,
    Reason,
    Rejected,
    Stamp,
    cdata,
    encrypted_field,
    printable,
    seal,
    signature,
    unseal,
)
from bot.channels.keys import aes_key

TOKEN, CORP = "a-token", "ww1234567890abcdef"
CURRENT, PREVIOUS = (
    base64.b64encode(os.urandom(32)).decode().rstrip("="),
    base64.b64encode(os.urandom(32)).decode().rstrip("="),
)
NOW = datetime(2021, 5, 20, 9, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
KEYS = Keyring.of(TOKEN, CORP, CURRENT, PREVIOUS)


def signed(ciphertext: str, nonce: str = "n1") -> Stamp:
    return Stamp(signature(ciphertext, Stamp("", STAMP, nonce), TOKEN), STAMP, nonce)


def from_platform(text: str, key: str = CURRENT) -> tuple[str, Stamp]:
    """Sealed by wechatpy, not by us."""
    sealed = WeChatCrypto(TOKEN, key, CORP).encrypt_message(text, "n1", STAMP)
    fields = xmltodict.parse(sealed)["xml"]
    return fields["Encrypt"], Stamp(fields["MsgSignature"], STAMP, "n1")


def reason_for(ciphertext: str, stamp: Stamp) -> Reason:
    with pytest.raises(Rejected) as refused:
        unseal(ciphertext, stamp, KEYS, NOW)
    return refused.value.reason


@pytest.mark.parametrize("key", [CURRENT, PREVIOUS], ids=["current", "previous"])
def test_both_keys_open_while_they_are_being_changed(key: str) -> None:
    opened = unseal(*from_platform("专利年费", key), KEYS, NOW)
    assert opened.text == "专利年费"
    answer = seal("您好", opened.cipher, KEYS, NOW)
    platform = WeChatCrypto(TOKEN, key, CORP)
    assert platform.decrypt_message(answer, *stamp_of(answer)) == "您好"


def stamp_of(answer: str) -> tuple[str, str, str]:
    fields = xmltodict.parse(answer)["xml"]
    return fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]


def test_a_key_that_was_never_ours_does_not_open() -> None:
    stranger = base64.b64encode(os.urandom(32)).decode().rstrip("=")
    assert reason_for(*from_platform("您好", stranger)) is Reason.CIPHER


@given(st.text())
def test_the_platform_reads_what_we_seal(text: str) -> None:
    said = printable(text)
    answer = seal(said, KEYS.ciphers[0], KEYS, NOW)
    platform = WeChatCrypto(TOKEN, CURRENT, CORP)
    assert platform.decrypt_message(answer, *stamp_of(answer)) == said


@given(st.binary(min_size=1, max_size=400))
def test_signed_garbage_is_refused_and_breaks_nothing(garbage: bytes) -> None:
    ciphertext = base64.b64encode(garbage).decode()
    assert reason_for(ciphertext, signed(ciphertext)) in (Reason.SHAPE, Reason.CIPHER)


@given(st.binary(min_size=32, max_size=320).map(lambda b: b[: len(b) // 16 * 16]))
def test_garbage_under_our_own_key_is_refused_and_breaks_nothing(plain: bytes) -> None:
    """Whole blocks of nonsense: the length, the padding and the receiver inside are all wrong."""
    ciphertext = base64.b64encode(KEYS.ciphers[0].encrypt(plain)).decode()
    assert reason_for(ciphertext, signed(ciphertext)) is Reason.CIPHER


@given(st.binary(max_size=300))
def test_a_body_that_is_no_envelope_is_refused(body: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        encrypted_field(body)
    assert refused.value.reason is Reason.ENVELOPE


@pytest.mark.parametrize(
    ("signed_with", "timestamp", "nonce"),
    [
        ("", STAMP, "n1"),
        ("A" * 40, STAMP, "n1"),
        ("é" * 40, STAMP, "n1"),
        ("0" * 39, STAMP, "n1"),
        ("0" * 40, "", "n1"),
        ("0" * 40, "１６２１５０１２００", "n1"),
        ("0" * 40, STAMP + "\n", "n1"),
        ("0" * 40, STAMP, ""),
        ("0" * 40, STAMP, "n" * 65),
        ("0" * 40, STAMP, "a b"),
    ],
)
def test_a_query_of_another_shape_is_refused(signed_with: str, timestamp: str, nonce: str) -> None:
    ciphertext, _ = from_platform("您好")
    assert reason_for(ciphertext, Stamp(signed_with, timestamp, nonce)) is Reason.SHAPE


def test_a_query_without_its_fields_is_refused() -> None:
    assert reason_for(from_platform("您好")[0], Stamp.of({})) is Reason.SHAPE


@pytest.mark.parametrize(
    "wrapping",
    [
        b"<xml><Encrypt>%s</Encrypt></xml>",
        b"<xml><ToUserName><![CDATA[ww]]></ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>",
        b"\n<xml>\n <Encrypt>\n  <![CDATA[ %s ]]>\n </Encrypt>\n</xml>",
    ],
)
def test_the_encrypted_field_is_found_in_its_wrapping(wrapping: bytes) -> None:
    assert encrypted_field(wrapping % (b"A" * 64)) == "A" * 64


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<xml/>",
        b"<xml><Encrypt></Encrypt></xml>",
        b"<xml><Encrypt>%%%%</Encrypt></xml>",
        b"<xml><Encrypt>" + b"A" * 64 + b"</xml>",
        b"<xml>" + b"<Encrypt>" + b"A" * 64 + b"</Encrypt>" + b"<Encrypt>x</Encrypt></xml>",
        b"<xml>" + (b"<Encrypt>" + b"A" * 64 + b"</Encrypt>") * 2 + b"</xml>",
        b"<Encrypt><Encrypt>" + b"A" * 64 + b"</Encrypt></Encrypt>",
        b'<!DOCTYPE x [<!ENTITY a "A">]><xml><Encrypt>&a;</Encrypt></xml>',
        b"<a>" * 20_000,
        b"<Encrypt>" + b" " * 60_000,
        b"<Encrypt>" * 7_000,
        b"<Encrypt>" + b"A" * 60_000,
    ],
)
def test_a_body_without_exactly_one_encrypted_field_is_refused(body: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        encrypted_field(body)
    assert refused.value.reason is Reason.ENVELOPE


def test_the_size_is_looked_at_first() -> None:
    whole = b"<xml><Encrypt>" + b"A" * 64 + b"</Encrypt></xml>"
    assert encrypted_field(whole.ljust(MAX_BODY))
    with pytest.raises(Rejected) as refused:
        encrypted_field(whole.ljust(MAX_BODY + 1))
    assert refused.value.reason is Reason.SIZE


def test_control_characters_are_gone_from_what_is_opened() -> None:
    assert unseal(*from_platform("专\x00利\x1b年\x0b费\n"), KEYS, NOW).text == "专利年费\n"


@given(st.text())
def test_cdata_reads_as_the_text_and_nothing_else(text: str) -> None:
    read = xmltodict.parse(f"<x>{cdata(text)}</x>", strip_whitespace=False)["x"] or ""
    assert read == printable(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("injected", ["]]></Content><MsgType>x</MsgType>", "]]]]>>", "]]>]]>"])
def test_a_text_cannot_break_out_of_its_cdata(injected: str) -> None:
    assert xmltodict.parse(f"<x>{cdata(injected)}</x>")["x"] == injected


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "A" * 43 + "=", "é" * 43, "A" * 42 + "\n"])
def test_an_encoding_aes_key_has_43_letters_and_digits(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        aes_key(key)


def test_no_token_no_keyring() -> None:
    with pytest.raises(ValueError, match="token"):
        Keyring.of("", CORP, CURRENT)


def test_secrets_do_not_show_when_printed() -> None:
    assert TOKEN not in repr(KEYS)
