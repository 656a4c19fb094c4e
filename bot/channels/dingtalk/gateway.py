"""Where a Stream connection may be opened: asked each time, by HTTP.

The ticket is good for 90 s and one connection. Whoever has it gets our messages: neither it nor the
address with it is ever logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.channels.dingtalk.frames import SUBSCRIPTIONS
from bot.platforms.calls import Unreachable, call

OPEN = "/v1.0/gateway/connections/open"
_OURS = frozenset({"127.0.0.1", "::1", "localhost"})


class NoDoor(Exception):
    """There is none now; the reason holds no secret."""


@dataclass(frozen=True, slots=True)
class Door:
    endpoint: str
    ticket: str = field(repr=False)


class Gateway:
    """`base` is where api.dingtalk.com is. `session` belongs to the caller."""

    def __init__(
        self, session: ClientSession, base: str, client_id: str, client_secret: str
    ) -> None:
        self._session = session
        self._base = base
        self._client_id = client_id
        self._client_secret = client_secret

    async def door(self) -> Door:
        """Raises NoDoor."""
        body = {
            "clientId": self._client_id,
            "clientSecret": self._client_secret,
            "subscriptions": SUBSCRIPTIONS,
            "ua": "zhixing/1.0",
        }
        try:
            answer = await call(self._session, "POST", self._base + OPEN, body=body)
        except Unreachable as error:
            raise NoDoor(error.reason) from None
        if answer.status in (400, 401, 403):
            raise NoDoor(f"HTTP {answer.status}: mend dingtalk: client_id, client_secret")
        endpoint, ticket = answer.body.get("endpoint"), answer.body.get("ticket")
        if not (isinstance(endpoint, str) and isinstance(ticket, str) and ticket):
            raise NoDoor(f"HTTP {answer.status}, no ticket")
        if not is_endpoint(endpoint, self._base):
            raise NoDoor("an endpoint that is not DingTalk's")
        return Door(endpoint, ticket)


def is_endpoint(url: str, base: str) -> bool:
    """Encrypted, at dingtalk.com; or on this machine, where `base` is on it too."""
    try:
        parts, own = urlsplit(url), urlsplit(base).hostname in _OURS
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.query or parts.fragment:
        return False
    if own:
        return parts.scheme in ("ws", "wss") and host in _OURS
    return parts.scheme == "wss" and host.endswith(".dingtalk.com") and port in (None, 443)
