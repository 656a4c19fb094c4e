"""Who is at the browser, and whether their own page sent the request."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.message import Sender
from knowledge.late import late

CHANNEL = "web"
COOKIE = "zhixing"
COOKIE_SECONDS = 180 * 24 * 3600

_TOKEN = late(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser, known by a random cookie."""

    token: str

    @property
    def sender(self) -> Sender:
        """The token's hash: whoever reads the sender in a list cannot speak in their name."""
        return Sender(CHANNEL, hashlib.sha256(self.token.encode()).hexdigest()[:24])


def visitor(request: web.Request) -> Visitor:
    """The browser that sent the request; a new one where it shows no cookie of ours."""
    token = request.cookies.get(COOKIE, "")
    return Visitor(token if _TOKEN.fullmatch(token) else secrets.token_urlsafe(24))


def remember(response: web.StreamResponse, visitor: Visitor, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE,
        visitor.token,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def from_own_page(request: web.Request) -> bool:
    """Whether a POST comes from our page (or from no browser at all), not from another site's.

    Browsers set Sec-Fetch-Site and Origin themselves; a page cannot forge them.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
