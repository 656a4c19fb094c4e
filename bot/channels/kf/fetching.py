"""One page of what an account was told since a cursor (WeCom path/94670, sync_msg)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.kf.people import NAME
from bot.channels.objects import Object, objects_of, text_of
from bot.platforms.calls import Answer
from bot.platforms.qyapi import QyApi

log = logging.getLogger(__name__)

PAGE = 100
"""Messages at once, of 1000 that may be asked for: each page is stored in one transaction."""

_SYNC = "/cgi-bin/kf/sync_msg"
_TOKEN_DEAD = 95007
_MALFORMED = 40058
_TOO_OFTEN = 45009


class NotFetched(Exception):
    """The platform says no; `reason` may be logged. Nothing before `after` has passed."""

    def __init__(self, reason: str, after: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


@dataclass(frozen=True, slots=True)
class Page:
    """`more`: there is another one behind `cursor`."""

    messages: list[Object]
    cursor: str
    more: bool


async def page(api: QyApi, account: str, cursor: str, token: str) -> Page:
    """`token` is that of the last callback, good for ten minutes; without one the platform lets
    itself be asked but seldom. Raises NotFetched, Unreachable, NoToken."""
    answer = await _asked(api, account, cursor, token)
    if answer.errcode == _TOKEN_DEAD and token:
        answer = await _asked(api, account, cursor, "")
    if answer.errcode == _MALFORMED and cursor:
        # The three days that come again were answered, and are known.
        log.warning("%s: the cursor is not taken any more; reading from the beginning", NAME)
        answer = await _asked(api, account, "", token)
    if answer.errcode != 0:
        pause = timedelta(minutes=1) if answer.errcode == _TOO_OFTEN else timedelta()
        raise NotFetched(f"HTTP {answer.status}, errcode {answer.errcode}", pause)
    behind = text_of(answer.body, "next_cursor") or cursor
    more = answer.body.get("has_more") == 1 and behind != cursor
    return Page(objects_of(answer.body, "msg_list"), behind, more)


async def _asked(api: QyApi, account: str, cursor: str, token: str) -> Answer:
    given = {name: value for name, value in (("cursor", cursor), ("token", token)) if value}
    return await api.call(_SYNC, {**given, "limit": PAGE, "voice_format": 0, "open_kfid": account})
