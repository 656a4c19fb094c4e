"""WeCom's side of the callback: it signs, encrypts and reads answers with wechatpy, not with us."""

from __future__ import annotations

import itertools
import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import xmltodict
from wechatpy.crypto import _get_signature
from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto

_ids = itertools.count(4_561_255_354_251_345_929)


def new_aes_key() -> str:
    return b64encode(os.urandom(32)).decode().rstrip("=")


def right_now() -> int:
    return int(datetime.now(UTC).timestamp())


@dataclass(frozen=True)
class Callback:
    """What the platform sends: the query of the address, the body, headers if any matter."""

    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        return f"{path}?{urlencode(self.query)}"


@dataclass(frozen=True)
class WeComPlatform:
    corp_id: str = "ww1234567890abcdef"
    agent_id: int = 1000002
    token: str = "a-token"
    aes_key: str = field(default_factory=new_aes_key)

    @property
    def crypto(self) -> Any:
        return WeChatCrypto(self.token, self.aes_key, self.corp_id)

    def echo(self, number: str, at: int) -> Callback:
        """The trial call when an admin saves the callback's address."""
        echo = PrpCrypto(self.crypto.key).encrypt(number, self.corp_id).decode()
        signed = _get_signature(self.token, str(at), "263014780", echo)
        query = {"timestamp": str(at), "nonce": "263014780", "echostr": echo}
        return Callback({"msg_signature": signed, **query}, b"")

    def sealed(self, xml: str, at: int, nonce: str = "1372623149") -> Callback:
        fields = xmltodict.parse(self.crypto.encrypt_message(xml, nonce, str(at)))["xml"]
        body = (
            f"<xml><ToUserName><![CDATA[{self.corp_id}]]></ToUserName>"
            f"<AgentID><![CDATA[{self.agent_id}]]></AgentID>"
            f"<Encrypt><![CDATA[{fields['Encrypt']}]]></Encrypt></xml>"
        )
        query = {"msg_signature": fields["MsgSignature"], "timestamp": str(at), "nonce": nonce}
        return Callback(query, body.encode())

    def text(self, content: str, at: int, user: str = "zhangsan") -> Callback:
        return self.sealed(self.text_xml(content, FromUserName=user), at)

    def text_xml(self, content: str, **changed: str | None) -> str:
        """The plaintext of a text message; `changed` replaces fields, or drops them if None."""
        return self.xml(**{"MsgType": "text", "Content": content, **changed})

    def event_xml(self, event: str, key: str = "", **changed: str | None) -> str:
        named = {"MsgType": "event", "Event": event, "EventKey": key, "MsgId": None}
        return self.xml(**{**named, **changed})

    def xml(self, **changed: str | None) -> str:
        fields: dict[str, str | None] = {
            "ToUserName": self.corp_id,
            "FromUserName": "zhangsan",
            "CreateTime": "1621501200",
            "MsgId": str(next(_ids)),
            "AgentID": str(self.agent_id),
            **changed,
        }
        inside = "".join(
            f"<{name}><![CDATA[{value}]]></{name}>"
            for name, value in fields.items()
            if value is not None
        )
        return f"<xml>{inside}</xml>"

    def read(self, answer: bytes) -> dict[str, str]:
        """The fields of the bot's passive reply, after checking its signature."""
        sealed = xmltodict.parse(answer)["xml"]
        stamp = (sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"])
        plain = self.crypto.decrypt_message(answer, *stamp)
        fields: dict[str, str] = xmltodict.parse(plain)["xml"]
        return fields
