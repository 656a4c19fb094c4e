"""DingTalk's HTTP mode: what it posts to us, and what people see of the response.

developerpedia, robot callbacks: headers `timestamp` (ms) and `sign`, the HMAC of the application's
secret, which does not cover the body; the answer may be a message as the session webhook takes it.
With an AES key the body is {"encrypt": …}: 16 random bytes, the length, the JSON; whether anything
trails it is not documented, so `trailing` may. Whether a callback comes again is not documented
either (once here). Events (`encrypt` with a signature in the query): see `event`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from aiohttp import ClientSession
from wechatpy.crypto import _get_signature
from wechatpy.enterprise.crypto import PrpCrypto

from tests.platform.dingtalk import APP_KEY, APP_SECRET, DingTalk
from tests.platform.dingtalk_messages import of_webhook
from tests.platform.loopback import Json, json_object
from tests.platform.posting import PATIENCE, post
from tests.platform.wecom import Callback


@dataclass(frozen=True)
class DingTalkCallbacks:
    """`aes_key` (43 characters) turns encryption on; `token` signs events."""

    secret: str = APP_SECRET
    aes_key: str = ""
    trailing: str = APP_KEY
    token: str = "a-token"

    def sign(self, stamp: str) -> str:
        mac = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256)
        return base64.b64encode(mac.digest()).decode()

    def sealed(self, message: Json, at_ms: int) -> Callback:
        body = json.dumps(message, ensure_ascii=False)
        if self.aes_key:
            body = json.dumps({"encrypt": self._encrypted(body)})
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "timestamp": str(at_ms),
            "sign": self.sign(str(at_ms)),
        }
        return Callback({}, body.encode(), headers)

    def event(self, body: Json, at_ms: int, nonce: str = "WL4PK6yA") -> Callback:
        """An event subscription's callback: signature, timestamp, nonce in the query."""
        encrypted = self._encrypted(json.dumps(body, ensure_ascii=False))
        signed = _get_signature(self.token, str(at_ms), nonce, encrypted)
        query = {"msg_signature": signed, "timestamp": str(at_ms), "nonce": nonce}
        headers = {"Content-Type": "application/json"}
        return Callback(query, json.dumps({"encrypt": encrypted}).encode(), headers)

    def _encrypted(self, text: str) -> str:
        key = base64.b64decode(self.aes_key + "=")
        encrypted: bytes = PrpCrypto(key).encrypt(text, self.trailing)
        return encrypted.decode()


async def tell(
    dingtalk: DingTalk,
    callbacks: DingTalkCallbacks,
    http: ClientSession,
    url: str,
    message: Json,
    patience: float = PATIENCE,
) -> str | None:
    """Posts a robot message (see `DingTalk.message`); what the response itself says to people."""
    sent = callbacks.sealed(message, int(dingtalk.clock().timestamp() * 1000))
    answer = await post(http, url, sent, patience)
    body = json_object(answer.body) if answer.taken else None
    text = of_webhook(body) if body else None
    if body and text is not None:
        group = message["conversationType"] == "2"
        reader = message["conversationId"] if group else message["senderStaffId"]
        dingtalk.arrive(reader, text, body["msgtype"], "response", body)
    return text
