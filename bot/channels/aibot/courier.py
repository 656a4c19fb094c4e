"""Letters to whom a 智能机器人 talks with, over the WebSocket that this process holds (W101463).

An answer carries the req_id of what it answers, which is good on the connection by which that came
(846605 elsewhere): then it is sent as a message of the bot's own, as pushes are, which reach those
who have talked to it before. At least once: an answer that was written twice is one all the same,
since it replaces itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.channels.aibot import looks
from bot.channels.aibot.holder import Holder
from bot.channels.aibot.link import RESPOND, SEND, WELCOME, Link, new_id
from bot.channels.aibot.people import NAME, chat_of
from bot.delivery.courier import Parcel, Rate
from bot.delivery.outcome import Outcome, Refused, Retry, Sent, backoff
from bot.platforms.calls import Unreachable
from bot.platforms.judging import Codes, by_errcode

UNKNOWN_REQUEST = 846605
STREAM_OVER = 846608

CODES = Codes(
    pause={45009: timedelta(minutes=1)},
    closed={93006: "has not talked to the bot"},
    refused={40058: "malformed", 45002: "too long"},
)
"""Only the codes of requests and streams are documented; these are WeCom's everywhere."""


class AibotCourier:
    channel = NAME
    windowed = False
    rates = (Rate(30, timedelta(minutes=1)), Rate(1000, timedelta(hours=1)))
    """Documented for a conversation; to a group with several who ask it is the platform that says
    that it was too much."""

    def __init__(self, holder: Holder, jitter: Callable[[], float]) -> None:
        self._holder = holder
        self._jitter = jitter

    @property
    def ready(self) -> bool:
        """Whether this process holds the connection."""
        return self._holder.link is not None

    async def deliver(self, parcel: Parcel) -> Outcome:
        later, link = backoff(parcel.attempts, self._jitter), self._holder.link
        text = looks.words(parcel.letter)
        if not text:
            return Refused("nothing to say")
        if link is None:
            return Retry(timedelta(seconds=1), "no connection")
        try:
            answered = await self._answered(link, parcel, text, later)
            return answered or await self._pushed(link, parcel, text, later)
        except Unreachable as error:
            return Retry(later, error.reason)

    async def _answered(
        self, link: Link, parcel: Parcel, text: str, later: timedelta
    ) -> Outcome | None:
        """None where there is no request any more that it could answer. Raises Unreachable."""
        via = parcel.letter.via
        req_id = via.get("req_id")
        if not isinstance(req_id, str):
            return None
        if via.get("welcome"):
            answer = await link.call(WELCOME, req_id, looks.welcome(parcel.letter.reply.plain))
        else:
            answer = await link.call(
                RESPOND, req_id, looks.stream(looks.stream_id(parcel.key), text)
            )
        if answer.errcode == STREAM_OVER and parcel.attempts > 1:
            return Sent()  # by an attempt before this one, whose answer was lost
        if answer.errcode in (UNKNOWN_REQUEST, STREAM_OVER):
            return None
        return by_errcode(answer, CODES, later)

    async def _pushed(self, link: Link, parcel: Parcel, text: str, later: timedelta) -> Outcome:
        """Raises Unreachable."""
        body = looks.push(*chat_of(parcel.target), text)
        return by_errcode(await link.call(SEND, new_id(SEND), body), CODES, later)
