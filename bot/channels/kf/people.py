"""A customer of 微信客服: one person is another at each account that they write to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from knowledge.late import late

NAME = "kf"
SESSIONS = "kf-session"
"""The outbox's channel for what concerns a session, and is no message."""

_ID = late(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Customer:
    """`account` is the open_kfid, `id` the external_userid."""

    account: str
    id: str

    @property
    def user(self) -> str:
        return f"{self.account}/{self.id}"

    @property
    def sender(self) -> str:
        """The key of `bot.message.Sender`."""
        return f"{NAME}:{self.user}"

    @classmethod
    def of(cls, account: object, id_: object) -> Self | None:
        """None where these are no ids."""
        if is_id(account) and is_id(id_):
            return cls(str(account), str(id_))
        return None

    @classmethod
    def of_sender(cls, sender: str) -> Self | None:
        channel, _, user = sender.partition(":")
        account, _, id_ = user.partition("/")
        return cls.of(account, id_) if channel == NAME else None


def is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None
