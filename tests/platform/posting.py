"""How platforms post to us: again until we take it, up to three times (W90238, OA-passive).

Whether a repeat is sealed anew is not documented: the same bytes come again, unless `anew` makes
others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.platform.wecom import Callback

PATIENCE = 5.0
"""Seconds that WeCom and the Official Account wait for an answer."""

TRIES = 3


@dataclass(frozen=True)
class Answer:
    """What came back from one try; `status` 0: nothing in time, or no connection."""

    status: int
    body: bytes = b""

    @property
    def taken(self) -> bool:
        return self.status == 200


async def post(http: ClientSession, url: str, sent: Callback, patience: float) -> Answer:
    """One try."""
    timeout = ClientTimeout(total=patience)
    headers = {"Content-Type": "text/xml", **sent.headers}
    try:
        async with http.post(
            url, params=sent.query, data=sent.body, headers=headers, timeout=timeout
        ) as response:
            return Answer(response.status, await response.read())
    except (TimeoutError, ClientError, ConnectionError):
        return Answer(0)


async def deliver(
    http: ClientSession,
    url: str,
    sent: Callback,
    *,
    tries: int = TRIES,
    patience: float = PATIENCE,
    anew: Callable[[], Callback] | None = None,
) -> list[Answer]:
    """All tries, the last of which was taken unless there were `tries` of them."""
    answers = [await post(http, url, sent, patience)]
    while not answers[-1].taken and len(answers) < tries:
        answers.append(await post(http, url, anew() if anew else sent, patience))
    return answers
