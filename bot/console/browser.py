"""What a browser shows and is given: its token, the proof of its own pages, where it is."""

from __future__ import annotations

import hmac
import secrets
from ipaddress import ip_address

from aiohttp import web

from knowledge.late import late

COOKIE = "zhixing_console"
PATH = "/console"

_TOKEN = late(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_of(request: web.Request) -> str | None:
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def proof_of(token: str) -> str:
    """What stands in each form of the browser with this token: other sites cannot know it."""
    return hmac.digest(token.encode(), b"zhixing console form", "sha256").hex()


def is_proved(token: str | None, proof: object) -> bool:
    return (
        token is not None
        and isinstance(proof, str)
        and hmac.compare_digest(proof_of(token).encode(), proof.encode("utf-8", "replace"))
    )


def give(response: web.StreamResponse, token: str, *, secure: bool) -> None:
    """For as long as the browser runs: how long it is worth anything, the database says."""
    response.set_cookie(COOKIE, token, path=PATH, httponly=True, samesite="Lax", secure=secure)


def is_secure(request: web.Request) -> bool:
    """Whether the browser came by TLS; of what a proxy says, only one on this machine counts."""
    forwarded = request.headers.get("X-Forwarded-Proto", "")
    return request.secure or (_is_near(request.remote) and forwarded.lower() == "https")


def _is_near(remote: str | None) -> bool:
    try:
        return ip_address(remote or "").is_loopback
    except ValueError:
        return False
