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
from bot.channels.aibot.link import RESPOND, SEND, UPDATE, WELCOME, Link, new_id
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
        if not looks.words(parcel.letter):
            return Refused("nothing to say")
        if link is None:
            return Retry(timedelta(seconds=1), "no connection")
        try:
            answered = await _answered(link, parcel, later)
            return answered or await _pushed(link, parcel, later)
        except Unreachable as error:
            return Retry(later, error.reason)


async def _answered(link: Link, parcel: Parcel, later: timedelta) -> Outcome | None:
    """None where there is no request any more that it could answer. Raises Unreachable."""
    via, letter = parcel.letter.via, parcel.letter
    req_id = via.get("req_id")
    if not isinstance(req_id, str):
        return None
    if "pressed" in via:  # a press is answered by a change of its card alone
        if parcel.attempts == 1:
            await link.call(UPDATE, req_id, looks.pressed(via["pressed"], via["chosen"]))
        return None
    if via.get("welcome"):
        answer = await link.call(WELCOME, req_id, looks.welcome(letter.reply.plain))
    else:
        stream = looks.stream(looks.id_of(parcel.key), looks.words(letter))
        answer = await link.call(RESPOND, req_id, _card(parcel) or stream)
    if answer.errcode == STREAM_OVER and parcel.attempts > 1:
        return Sent()  # by an attempt before this one, whose answer was lost
    if answer.errcode in (UNKNOWN_REQUEST, STREAM_OVER):
        return None
    return by_errcode(answer, CODES, later)


async def _pushed(link: Link, parcel: Parcel, later: timedelta) -> Outcome:
    """Raises Unreachable."""
    message = _card(parcel) or looks.markdown(looks.words(parcel.letter))
    body = looks.push(*chat_of(parcel.target), message)
    return by_errcode(await link.call(SEND, new_id(SEND), body), CODES, later)


def _card(parcel: Parcel) -> looks.Body | None:
    """A card does not replace itself: what is sent again is sent as words."""
    _, kind = chat_of(parcel.target)
    alone = kind == 1 and parcel.attempts == 1
    return looks.card(parcel.key, parcel.letter) if alone else None
