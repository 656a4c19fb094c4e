"""A talk that goes to 微信客服's own servicers: into their queue, and back after they end it.

WeCom path/94669: states 0 new, 1 assistant, 2 queue, 3 with a person, 4 ended. While it is with
them, nothing that the customer says reaches the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.channels.kf.people import SESSIONS, Customer
from bot.delivery.courier import Parcel, Rate
from bot.delivery.letters import Letter, to_json
from bot.delivery.outcome import Outcome, Refused, backoff
from bot.platforms.calls import Answer
from bot.platforms.judging import KF, attempted, by_errcode
from bot.platforms.qyapi import QyApi
from intents.turn import Reply
from storage.outbox import OutboxRow

QUEUED, WITH_A_PERSON = 2, 3

_TRANS = "/cgi-bin/kf/service_state/trans"
_GET = "/cgi-bin/kf/service_state/get"
_NOT_FROM_HERE = 95016


def row(sender: str, at: datetime, key: str, region: str | None) -> OutboxRow:
    """Moves the sender's session into the queue, once what was said before has been sent. `key`
    names the message that asked for it."""
    return OutboxRow(
        key=f"queue:{key}",
        target=sender,
        payload=to_json(Letter(Reply("command", ""))),
        due=at,
        channel=SESSIONS,
        queue=sender,
        region=region,
    )


class SessionCourier:
    """Carries no words, so the platform's window does not count it."""

    channel = SESSIONS
    rates: tuple[Rate, ...] = ()
    windowed = False

    def __init__(self, api: QyApi, jitter: Callable[[], float]) -> None:
        self._api = api
        self._jitter = jitter

    async def deliver(self, parcel: Parcel) -> Outcome:
        customer = Customer.of_sender(parcel.target)
        if customer is None:
            return Refused("no customer of 微信客服")
        later = backoff(parcel.attempts, self._jitter)
        judge = partial(by_errcode, codes=KF, later=later)

        async def queued() -> Answer:
            answer = await self._api.call(_TRANS, {**_named(customer), "service_state": QUEUED})
            there = answer.errcode == _NOT_FROM_HERE and await with_a_person(self._api, customer)
            return Answer(200, {"errcode": 0}) if there else answer

        return await attempted(queued(), judge, later)


async def with_a_person(api: QyApi, customer: Customer) -> bool:
    """Whether servicers have the session, or will take it. Raises Unreachable, NoToken."""
    answer = await api.call(_GET, _named(customer))
    return answer.body.get("service_state") in (QUEUED, WITH_A_PERSON)


def _named(customer: Customer) -> dict[str, str]:
    return {"open_kfid": customer.account, "external_userid": customer.id}
