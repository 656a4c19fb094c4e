"""The Official Account's side of the callback: signs, encrypts and reads answers with wechatpy.

OA-enc: three modes. Plain: `signature` over token, timestamp, nonce. Compatible: the plain fields
and `Encrypt` in one body. Secure: `Encrypt` alone, with `msg_signature` over it and
encrypt_type=aes. Bodies are XML or JSON, as the console is set. OA-passive: an empty answer or
`success` shows the user nothing, a passive reply shows itself, anything else (also no answer to
three tries) the note that the account cannot serve. A passive text beyond 2048 bytes counts as
anything else (as others measured).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import xmltodict
from wechatpy.crypto import PrpCrypto, WeChatCrypto, _get_signature
from wechatpy.exceptions import WeChatException

from tests.platform.posting import Answer
from tests.platform.wecom import Callback, new_aes_key

CANNOT_SERVE = "该公众号暂时无法提供服务，请稍后再试"
PASSIVE_BYTES = 2048

Mode = Literal["plain", "compatible", "secure"]
Form = Literal["xml", "json"]
Fields = Mapping[str, object]
_ids = itertools.count(6_054_768_590_064_713_728)


@dataclass(frozen=True)
class WeixinAccount:
    """`original_id` is the ToUserName of all that it gets."""

    app_id: str = "wx2c2769f8efd9abc2"
    original_id: str = "gh_0123456789ab"
    token: str = "a-token"
    aes_key: str = field(default_factory=new_aes_key)
    mode: Mode = "secure"
    form: Form = "xml"

    @property
    def crypto(self) -> Any:
        return WeChatCrypto(self.token, self.aes_key, self.app_id)

    def echo(self, text: str, at: int, nonce: str = "486452656") -> Callback:
        """The trial call when the address is saved: the same in every mode."""
        signed = _get_signature(self.token, str(at), nonce, "")
        query = {"signature": signed, "timestamp": str(at), "nonce": nonce, "echostr": text}
        return Callback(query, b"")

    def message(self, user: str, at: int, kind: str, **content: object) -> Callback:
        """A new message; one that is sealed once more names its `MsgId`."""
        fields = {"MsgType": kind, "MsgId": next(_ids), **content}
        return self.posted(self.fields(user, at, **fields), at)

    def event(self, user: str, at: int, event: str, **content: object) -> Callback:
        fields = {"MsgType": "event", "Event": event, **content}
        return self.posted(self.fields(user, at, **fields), at)

    def fields(self, user: str, at: int, **more: object) -> dict[str, object]:
        head = {"ToUserName": self.original_id, "FromUserName": user, "CreateTime": at}
        return {**head, **more}

    def posted(self, fields: Fields, at: int, nonce: str = "1320562132") -> Callback:
        """What weixin sends of those fields, in the account's mode and form."""
        stamp = (self.token, str(at), nonce)
        query = {"signature": _get_signature(*stamp, ""), "timestamp": str(at), "nonce": nonce}
        headers = {"Content-Type": "text/xml" if self.form == "xml" else "application/json"}
        if self.mode == "plain":
            return Callback(query, self._written(fields).encode(), headers)
        sealed = PrpCrypto(self.crypto.key).encrypt(self._written(fields), self.app_id).decode()
        open_fields = fields if self.mode == "compatible" else {"ToUserName": self.original_id}
        body = self._written({**open_fields, "Encrypt": sealed})
        signed = {"encrypt_type": "aes", "msg_signature": _get_signature(*stamp, sealed)}
        return Callback(query | signed, body.encode(), headers)

    def shown(self, answers: list[Answer]) -> str | None:
        """What the user reads after those tries; None for nothing."""
        last = answers[-1]
        if not last.taken:
            return CANNOT_SERVE
        if last.body.strip() in (b"", b"success"):
            return None
        fields = self._opened(last.body)
        text = _passive_text(fields) if fields else None
        return text if text is not None else CANNOT_SERVE

    def _written(self, fields: Fields) -> str:
        if self.form == "json":
            return json.dumps(fields, ensure_ascii=False)
        inside = "".join(f"<{name}>{_cdata(value)}</{name}>" for name, value in fields.items())
        return f"<xml>{inside}</xml>"

    def _read(self, body: bytes | str) -> dict[str, Any] | None:
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        try:
            read = json.loads(text) if self.form == "json" else xmltodict.parse(text)["xml"]
        except (ValueError, KeyError, TypeError, xmltodict.expat.ExpatError):
            return None
        return read if isinstance(read, dict) else None

    def _opened(self, body: bytes) -> dict[str, Any] | None:
        """The reply's fields, after its signature is checked in the modes that encrypt."""
        fields = self._read(body)
        if fields is None or self.mode == "plain":
            return fields
        sealed = {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
        if set(fields) != sealed:
            return None
        stamp = (str(fields["MsgSignature"]), str(fields["TimeStamp"]), str(fields["Nonce"]))
        try:
            plain = self.crypto.decrypt_message({"Encrypt": fields["Encrypt"]}, *stamp)
        except (WeChatException, ValueError):
            return None
        return self._read(plain)


def _passive_text(fields: Mapping[str, Any]) -> str | None:
    """None for what is no passive reply."""
    needed = {"ToUserName", "FromUserName", "CreateTime", "MsgType"}
    if not needed <= set(fields) or not all(fields[name] for name in needed):
        return None
    if fields["MsgType"] == "transfer_customer_service":
        return ""
    if fields["MsgType"] != "text":
        return f"[{fields['MsgType']}]"
    text = fields.get("Content")
    fits = isinstance(text, str) and 0 < len(text.encode()) <= PASSIVE_BYTES
    return text if fits else None


def _cdata(value: object) -> str:
    return str(value) if isinstance(value, int) else f"<![CDATA[{value}]]>"
