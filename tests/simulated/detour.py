"""A way around for clients that have a platform's host written into them."""

from __future__ import annotations

from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter


class Detour(HTTPAdapter):
    """Requests for one host go to another address; nothing else about them changes."""

    def __init__(self, host: str, base: str) -> None:
        super().__init__()
        self._host, self._base = host, base

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        assert request.url is not None
        request.url = request.url.replace(self._host, self._base, 1)
        return super().send(request, *args, **kwargs)


def send_around(session: Session, host: str, base: str) -> None:
    session.trust_env = False
    session.mount(host, Detour(host, base))
