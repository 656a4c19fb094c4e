"""What each platform would send us: whole messages, and any text sealed as theirs are."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from wechatpy.crypto import PrpCrypto, _get_signature

from tests.platform.aibot_callbacks import AiBotCallbacks, Sealing
from tests.platform.dingtalk import DingTalk
from tests.platform.dingtalk_callbacks import DingTalkCallbacks
from tests.platform.kf_customers import KF_ID
from tests.platform.wecom import Callback, WeComPlatform
from tests.platform.weixin_account import WeixinAccount

CHANNELS = ("wecom", "wechat", "kf", "aibot", "dingtalk")
WORDS = ("万里行联系谁", "优秀案例推荐截止到哪天", "总结几号交", "您好", "转人工", "登记需求", "1")
MEMBERS = 500
"""Hostile senders on each platform."""


def right_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Keys:
    """Those of every platform: an attacker who has them all is the worst of them."""

    corp: WeComPlatform
    account: WeixinAccount
    sealing: Sealing
    dingtalk: str
    """Where its sessions' addresses point to."""
    robot: DingTalkCallbacks = field(default_factory=DingTalkCallbacks)


class Platforms:
    """Fresh callbacks, sealed now."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._bot = AiBotCallbacks(right_now, keys.sealing)
        self._ding = DingTalk(right_now)
        self._bot.base = self._ding.base = keys.dingtalk
        self._fresh: dict[str, Callable[[str, str], Callback]] = {
            "wecom": lambda text, user: keys.corp.text(text, int(time.time()), user),
            "wechat": lambda text, user: keys.account.message(
                user, int(time.time()), "text", Content=text
            ),
            "kf": lambda text, user: self.sealed("kf", self._woken(user)),
            "aibot": lambda text, user: self.sealed("aibot", self._asked(text, user)),
            "dingtalk": lambda text, user: self.sealed("dingtalk", self._told(text, user)),
        }

    def fresh(self, channel: str, rng: Random) -> Callback:
        return self._fresh[channel](rng.choice(WORDS), f"hostile{rng.randrange(MEMBERS)}")

    def plain(self, channel: str, rng: Random) -> str:
        """What lies inside a callback, before it is sealed."""
        user, text = f"hostile{rng.randrange(MEMBERS)}", rng.choice(WORDS)
        match channel:
            case "wecom":
                return self._keys.corp.text_xml(text, FromUserName=user)
            case "wechat":
                of = {"FromUserName": user, "ToUserName": self._keys.account.original_id}
                return self._keys.corp.text_xml(text, AgentID=None, **of)
            case "kf":
                return self._woken(user)
            case "aibot":
                return self._asked(text, user)
            case _:
                return self._told(text, user)

    def sealed(self, channel: str, text: str) -> Callback:
        """Whatever the text is, signed and encrypted as the channel's platform does it."""
        now = int(time.time())
        match channel:
            case "wecom" | "kf":
                return self._keys.corp.sealed(text, now)
            case "wechat":
                return self._account(text, str(now))
            case "aibot":
                return self._bots(text, str(now))
            case _:
                stamp = str(now * 1000)
                signed = {"timestamp": stamp, "sign": self._keys.robot.sign(stamp)}
                kind = {"Content-Type": "application/json; charset=utf-8"}
                return Callback({}, text.encode(errors="replace"), kind | signed)

    def _account(self, text: str, now: str) -> Callback:
        account, nonce = self._keys.account, "1320562132"
        sealed = PrpCrypto(account.crypto.key).encrypt(text, account.app_id).decode()
        signed = _get_signature(account.token, now, nonce, sealed)
        query = {"msg_signature": signed, "timestamp": now, "nonce": nonce, "encrypt_type": "aes"}
        return Callback(query, f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode())

    def _bots(self, text: str, now: str) -> Callback:
        sealing, nonce = self._keys.sealing, "1372623149"
        sealed = PrpCrypto(sealing.crypto.key).encrypt(text, "").decode()
        signed = _get_signature(sealing.token, now, nonce, sealed)
        query = {"msg_signature": signed, "timestamp": now, "nonce": nonce}
        return Callback(query, json.dumps({"encrypt": sealed}).encode())

    def _woken(self, token: str) -> str:
        named = {"Event": "kf_msg_or_event", "Token": token, "OpenKfId": KF_ID}
        none = {"FromUserName": None, "MsgId": None, "AgentID": None}
        return self._keys.corp.xml(MsgType="event", **none, **named)

    def _asked(self, text: str, user: str) -> str:
        body = self._bot.says(text, user)
        self._bot.responses.clear()
        return json.dumps(body, ensure_ascii=False)

    def _told(self, text: str, user: str) -> str:
        body = self._ding.message(text, user)
        self._ding.sessions.clear()
        return json.dumps(body, ensure_ascii=False)
