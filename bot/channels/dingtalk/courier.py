"""Letters to DingTalk's people: by the session of their message, by card, or by the OpenAPI.

Open platform: robot/oToMessages/batchSend, robot/groupMessages/send, card/instances, media/upload;
developerpedia: robot/sendBySession. The session of a message costs nothing and is tried first
while it lasts; every call of the OpenAPI counts for the month, and is counted before it is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.channels.dingtalk import looks
from bot.channels.dingtalk.messages import NAME
from bot.channels.dingtalk.people import Place, place_of
from bot.delivery.courier import Parcel, Rate
from bot.delivery.letters import Letter
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent, backoff
from bot.platforms.calls import Answer, Unreachable
from bot.platforms.dingtalk import DingTalkApi
from bot.platforms.files import media_of
from bot.platforms.judging import DINGTALK, attempted, by_errcode, by_status
from bot.platforms.tokens import NoToken
from storage import quotas
from storage.database import Database

ONE_TO_ONE = "/v1.0/robot/oToMessages/batchSend"
TO_GROUP = "/v1.0/robot/groupMessages/send"
CARD = "/v1.0/card/instances/createAndDeliver"

_SESSION_TRIES = 3
_MINUTE = timedelta(minutes=1)
_USED_UP = Closed("the month's calls are used up")

Spend = Callable[[], Awaitable[bool]]
"""Counts one call for the month; False where there is none left."""

Judge = Callable[[Answer, timedelta], Outcome]


def monthly(db: Database, clock: Callable[[], datetime], limit: int) -> Spend:
    """All workers count together, by the calendar month of `clock`."""

    async def spend() -> bool:
        async with db.transaction() as conn:
            return await quotas.use(conn, NAME, f"{clock():%Y-%m}", limit)

    return spend


class DingTalkCourier:
    """`card_template`: of cards for options, None for none. `robot` is the robot's code."""

    channel = NAME
    windowed = False
    rates: tuple[Rate, ...] = ()

    def __init__(
        self,
        api: DingTalkApi,
        robot: str,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        *,
        spend: Spend,
        card_template: str | None = None,
    ) -> None:
        self._api = api
        self._robot = robot
        self._clock = clock
        self._jitter = jitter
        self._spend = spend
        self._card_template = card_template

    async def deliver(self, parcel: Parcel) -> Outcome:
        """A file goes after the words; what is likely to fail of it is done before them."""
        later = backoff(parcel.attempts, self._jitter)
        letter, place = parcel.letter, place_of(parcel.target.removeprefix(f"{NAME}:"))
        file = Path(letter.reply.file) if letter.reply.file else None
        media = await media_of(file, self._api.upload, DINGTALK, later) if file else ""
        if not isinstance(media, str):
            return media
        outcome: Outcome = Refused("nothing to say")
        if letter.reply.plain.strip():
            outcome = await self._words(parcel, place, later)
            if not isinstance(outcome, Sent):
                return outcome
        if file:
            message = looks.file_template(media, file.name)
            outcome = await self._by_openapi(message, letter, place, later)
        return outcome

    async def _words(self, parcel: Parcel, place: Place, later: timedelta) -> Outcome:
        """The first way that is open; one that is closed leads to the next."""
        letter, session = parcel.letter, self._session(parcel)
        if self._card_template and looks.has_buttons(letter.reply) and _is_ours(letter, place):
            outcome = await self._by_card(parcel, self._card_template, place, later)
            if isinstance(outcome, Sent | Retry):
                return outcome
        if session:
            body = looks.by_session(letter, letter.via)
            judge = partial(by_errcode, codes=DINGTALK, later=later)
            outcome = await attempted(self._api.by_session(session, body), judge, later)
            if not isinstance(outcome, Closed):
                return outcome
        return await self._by_openapi(looks.by_template(letter), letter, place, later)

    def _session(self, parcel: Parcel) -> str | None:
        """What the letter's message gave to answer by, while that is good."""
        via = parcel.letter.via
        expires = via.get("expires")
        now = self._clock().timestamp() * 1000
        if parcel.attempts > _SESSION_TRIES or not isinstance(expires, int) or expires <= now:
            return None
        return self._api.session_of(via.get("session_webhook"))

    async def _by_openapi(
        self, message: looks.Body, letter: Letter, place: Place, later: timedelta
    ) -> Outcome:
        if not _is_ours(letter, place):
            return Closed("an outsider, whom only a session reaches")
        body = {"robotCode": self._robot, **message}
        if place.conversation is None:
            body |= {"userIds": [place.who]}
            return await self._counted(ONE_TO_ONE, body, _sent_to, later)
        body |= {"openConversationId": place.conversation}
        return await self._counted(TO_GROUP, body, by_status, later)

    async def _by_card(
        self, parcel: Parcel, template: str, place: Place, later: timedelta
    ) -> Outcome:
        body = looks.interactive_card(
            parcel.letter, parcel.key, template, self._robot, place.conversation, place.who
        )
        if not await self._spend():
            return _USED_UP
        try:
            outcome = _shown(await self._api.call(CARD, body), later)
        except Unreachable as error:
            return Retry(later, error.reason)
        except NoToken as error:
            return Closed(error.reason)
        if parcel.attempts > 1 and isinstance(outcome, Refused) and "outTrackId" in outcome.reason:
            return Sent()  # the card is there since an attempt whose answer never came
        return outcome

    async def _counted(
        self, path: str, body: looks.Body, judge: Judge, later: timedelta
    ) -> Outcome:
        if not await self._spend():
            return _USED_UP
        calling = self._api.call(path, body)
        return await attempted(calling, lambda answer: judge(answer, later), later)


def _is_ours(letter: Letter, place: Place) -> bool:
    """Whether the OpenAPI reaches them: outsiders have no staff id."""
    return place.conversation is not None or not letter.via or bool(letter.via.get("at"))


def _sent_to(answer: Answer, later: timedelta) -> Outcome:
    """With status 200 DingTalk still names those whom it did not reach."""
    if answer.status == 200 and answer.body.get("flowControlledStaffIdList"):
        return Retry(max(_MINUTE, later), "too fast for this person", all_wait=True)
    if answer.status == 200 and answer.body.get("invalidStaffIdList"):
        return Refused("no member of this staff id")
    return by_status(answer, later)


def _shown(answer: Answer, later: timedelta) -> Outcome:
    """With status 200 a card may still not have been delivered. Where it is sure that it was not,
    there are other ways, which are not waited for."""
    if 400 <= answer.status < 500:
        return Refused(str(answer.body.get("code", answer.status)))
    result = answer.body.get("result")
    results = result.get("deliverResults", []) if isinstance(result, Mapping) else []
    delivered = answer.body.get("success") and all(one.get("success") for one in results)
    if answer.status == 200 and not delivered:
        return Refused("the card was not delivered")
    return by_status(answer, later)
