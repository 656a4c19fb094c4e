"""微信客服's callback: it only says that an account has news, and gives a token to fetch it with.

WeCom path/94670; encrypted as in path/90968.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.envelope import Keyring, Reason, Rejected, Stamp, encrypted_field, unseal
from bot.channels.fields import xml_fields
from bot.channels.kf.people import NAME, is_id
from knowledge.late import late

_TOKEN = late(r"[\x21-\x7e]{1,512}")


@dataclass(frozen=True, slots=True)
class News:
    """`account` (an open_kfid) has something to fetch; `token` is good for ten minutes."""

    account: str
    token: str = field(repr=False)


class Kf:
    """`keys.receive_id` is the corporation's id; `accounts` those that we answer for, or all."""

    name = NAME

    def __init__(self, keys: Keyring, accounts: Collection[str] = ()) -> None:
        self._keys = keys
        self._accounts = frozenset(accounts)

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """What the platform wants to hear when an admin saves the callback's address.

        Raises Rejected.
        """
        return unseal(query.get("echostr", ""), Stamp.of(query), self._keys, now).text

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> News | None:
        """None for what is no news, or of an account that is not ours. Raises Rejected."""
        opened = unseal(encrypted_field(body), Stamp.of(query), self._keys, now)
        fields = xml_fields(opened.text)
        if fields.get("ToUserName") != self._keys.receive_id:
            raise Rejected(Reason.RECEIVER)
        if fields.get("Event") != "kf_msg_or_event":
            return None
        account, token = fields.get("OpenKfId", ""), fields.get("Token", "")
        if not (is_id(account) and _TOKEN.fullmatch(token)):
            raise Rejected(Reason.IDENTITY)
        if self._accounts and account not in self._accounts:
            return None
        return News(account, token)
