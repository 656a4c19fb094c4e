"""Messages that the app sends by itself: `message/send`, and `media/upload` for files.

WeCom documents: path/90236 (messages), 90253 (media), 90454 (limits: 30 messages a minute and
1,000 an hour to one member; what is more is dropped).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.channels.render import fit_one, harmless
from bot.channels.wecom.receive import NAME
from bot.delivery.courier import Parcel, Rate
from bot.delivery.letters import Letter
from bot.delivery.outcome import Outcome, Refused, Sent, backoff
from bot.platforms.calls import Answer
from bot.platforms.files import media_of
from bot.platforms.judging import WECOM, attempted, by_errcode
from bot.platforms.qyapi import QyApi
from knowledge.late import late

TEXT_BYTES = 2048
"""Of a text and of a markdown message."""

_SAID = late(r"reply:|talk:\d+:(?!wanted:)")
"""How keys begin of what is said in a talk: there the same words twice are meant twice. That
somebody wants a person is no word of the talk."""

_MEMBER = late(r"(?!@all)[0-9A-Za-z_.@-]{1,64}")
"""A userid (path/90195), never everybody. `|` would part several."""

Content = Mapping[str, Any]


class WeComCourier:
    """Carries letters to the members whom the app may see."""

    channel = NAME
    windowed = False
    rates = (Rate(30, timedelta(minutes=1)), Rate(1000, timedelta(hours=1)))

    def __init__(self, api: QyApi, agent_id: int, jitter: Callable[[], float]) -> None:
        self._api = api
        self._agent = agent_id
        self._jitter = jitter

    async def deliver(self, parcel: Parcel) -> Outcome:
        member = parcel.target.removeprefix(f"{NAME}:")
        if not _MEMBER.fullmatch(member):
            return Refused("not the id of a member")
        later = backoff(parcel.attempts, self._jitter)
        once = not _SAID.match(parcel.key)
        outcome: Outcome = Refused("nothing to say")
        async for content in self._contents(parcel.letter, later):
            if isinstance(content, Mapping):
                outcome = await self._send(member, content, once, later)
            else:
                outcome = content
            if not isinstance(outcome, Sent):
                break
        return outcome

    async def _contents(self, letter: Letter, later: timedelta) -> AsyncIterator[Content | Outcome]:
        """The letter's messages, a file last; what is likely to fail is done before any is sent."""
        file = letter.reply.file
        upload = partial(self._api.upload, "file")
        media = await media_of(Path(file), upload, WECOM, later) if file else None
        if media is not None and not isinstance(media, str):
            yield media
            return
        if words := _words(letter):
            kind = "markdown" if letter.markdown else "text"
            yield {"msgtype": kind, kind: {"content": words}}
        if media:
            yield {"msgtype": "file", "file": {"media_id": media}}

    async def _send(self, member: str, content: Content, once: bool, later: timedelta) -> Outcome:
        """`once`: what is identical to a message of the last half hour is swallowed."""
        check = {"enable_duplicate_check": 1, "duplicate_check_interval": 1800} if once else {}
        body = {"touser": member, "agentid": self._agent, **content, **check}
        calling = self._api.call("/cgi-bin/message/send", body)
        return await attempted(calling, partial(_judged, later=later), later)


def _words(letter: Letter) -> str:
    reply = letter.reply if letter.markdown else harmless(letter.reply)
    return fit_one(reply, TEXT_BYTES).strip()


def _judged(answer: Answer, later: timedelta) -> Outcome:
    """With errcode 0 WeCom still names those whom it did not reach."""
    outcome = by_errcode(answer, WECOM, later)
    left_out = answer.body.get("invaliduser") or answer.body.get("unlicenseduser")
    return (
        Refused("not in the app's 可见范围") if isinstance(outcome, Sent) and left_out else outcome
    )
