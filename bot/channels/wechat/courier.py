"""Messages that the 公众号 sends by itself: `message/custom/send`.

developers.weixin.qq.com, customer-service messages: 5 in the 48 hours after a message of theirs,
3 in the minute after a menu click; only for accounts that have 客服消息. Text alone: an account
has no files to send. No length is documented, so a passive reply's is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.render import fit_one, harmless, naming_file
from bot.channels.wechat.receive import NAME, ROOM
from bot.delivery.courier import Parcel, Rate
from bot.delivery.outcome import Closed, Outcome, Refused, backoff
from bot.platforms.judging import WECHAT, attempted, by_errcode
from bot.platforms.weixin import WeixinApi
from intents.turn import Reply


class WeChatCourier:
    """`api` is None for an account that may not write first: then they are told when they do."""

    channel = NAME
    windowed = True
    rates: tuple[Rate, ...] = ()

    def __init__(self, api: WeixinApi | None, jitter: Callable[[], float]) -> None:
        self._api = api
        self._jitter = jitter

    async def deliver(self, parcel: Parcel) -> Outcome:
        if self._api is None:
            return Closed("the account may not write first")
        words = _words(parcel.letter.reply)
        if not words:
            return Refused("nothing to say")
        follower = parcel.target.removeprefix(f"{NAME}:")
        body = {"touser": follower, "msgtype": "text", "text": {"content": words}}
        later = backoff(parcel.attempts, self._jitter)
        calling = self._api.call("/cgi-bin/message/custom/send", body)
        return await attempted(calling, lambda a: by_errcode(a, WECHAT, later), later)


def _words(reply: Reply) -> str:
    return fit_one(harmless(naming_file(reply)), ROOM.size).strip()
