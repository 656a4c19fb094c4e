"""Carries letters to customers of 微信客服.

WeCom path/94677 (send_msg) and 95122 (send_msg_on_event). The msgid is made of the letter's key:
a letter that is tried again is the same message to the platform, and arrives once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

from bot.channels.kf.looks import content_of
from bot.channels.kf.people import NAME, Customer
from bot.delivery.courier import Parcel, Rate
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent, backoff
from bot.platforms.calls import Answer
from bot.platforms.judging import KF, attempted, by_errcode
from bot.platforms.qyapi import QyApi

SEND = "/cgi-bin/kf/send_msg"
WELCOME = "/cgi-bin/kf/send_msg_on_event"


def msgid(key: str) -> str:
    """32 characters, as the platform takes them, that stand for a letter's key."""
    return blake2b(key.encode(), digest_size=16).hexdigest()


class KfCourier:
    channel = NAME
    rates: tuple[Rate, ...] = ()
    windowed = True

    def __init__(
        self, api: QyApi, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._api = api
        self._clock = clock
        self._jitter = jitter

    async def deliver(self, parcel: Parcel) -> Outcome:
        customer = Customer.of_sender(parcel.target)
        if customer is None:
            return Refused("no customer of 微信客服")
        if "welcome_code" in parcel.letter.via:
            return await self._welcome(parcel, parcel.letter.via)
        to = {"touser": customer.id, "open_kfid": customer.account}
        return await self._send(SEND, to, parcel)

    async def _welcome(self, parcel: Parcel, via: Mapping[str, Any]) -> Outcome:
        """The code is spent with its first use. Where that was not told, the second fails: who
        might be welcomed twice is taken to have been welcomed."""
        if self._clock() >= datetime.fromisoformat(via["until"]):
            return Sent() if parcel.attempts > 1 else Closed("too late for a welcome")
        outcome = await self._send(WELCOME, {"code": via["welcome_code"]}, parcel)
        if isinstance(outcome, Retry) and outcome.reason.startswith("errcode"):
            return Sent() if parcel.attempts > 1 else Closed(outcome.reason)
        return outcome

    async def _send(self, path: str, to: Mapping[str, str], parcel: Parcel) -> Outcome:
        later = backoff(parcel.attempts, self._jitter)
        body = {**to, "msgid": msgid(parcel.key), **content_of(parcel.letter.reply)}
        return await _judged(self._api.call(path, body), later)


def _judged(calling: Awaitable[Answer], later: timedelta) -> Awaitable[Outcome]:
    return attempted(calling, partial(by_errcode, codes=KF, later=later), later)
