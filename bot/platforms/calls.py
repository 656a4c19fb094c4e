"""One call of a platform's HTTP API: JSON or a file there, JSON back.

Tokens, keys and tickets travel in addresses and headers: neither address, header nor text of an
exception of the HTTP library is ever logged or shown, only an exception's type.
"""

from __future__ import annotations

import json
from asyncio import IncompleteReadError
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, FormData

_TIMEOUT = ClientTimeout(total=8)
_UPLOAD_TIMEOUT = ClientTimeout(total=30)
"""For 20 MB by an office's line."""

_ANSWER_BYTES = 4 << 20
"""Of an answer as much is read: a page of messages of 微信客服 is the longest."""

Json = Mapping[str, Any]


class Unreachable(Exception):
    """No answer came. It may have taken effect all the same."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the JSON object that came; empty where there was none to read."""

    status: int
    body: Json = field(default_factory=dict, repr=False)

    @property
    def errcode(self) -> int | None:
        """WeCom's, 公众号's and old DingTalk's verdict, which stands beside HTTP status 200."""
        code = self.body.get("errcode")
        return code if isinstance(code, int) else None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a multipart field `media`, as all three platforms take it."""

    name: str
    content: bytes = field(repr=False)


async def call(
    session: ClientSession,
    method: str,
    url: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Json | Upload | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request, which may take eight seconds and leads nowhere else. Raises Unreachable."""
    data, kind = _data(body)
    try:
        async with session.request(
            method,
            url,
            params=query,
            data=data,
            headers={**(headers or {}), **kind},
            timeout=_UPLOAD_TIMEOUT if isinstance(body, Upload) else _TIMEOUT,
            allow_redirects=False,
        ) as response:
            return Answer(response.status, await _object(response))
    except (ClientError, TimeoutError, OSError) as error:
        raise Unreachable(type(error).__name__) from None


def encoded(body: Json) -> bytes:
    """Words as they are: 公众号 shows people an escaped character as its escape."""
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


def _data(body: Json | Upload | None) -> tuple[bytes | FormData | None, Mapping[str, str]]:
    if body is None:
        return None, {}
    if isinstance(body, Upload):
        # The name as it is, as in HTML forms: names in percent signs are shown as they stand.
        form = FormData(quote_fields=False)
        form.add_field(
            "media",
            body.content,
            filename=body.name,
            content_type="application/octet-stream",
        )
        return form, {}
    return encoded(body), _JSON


_JSON = {"Content-Type": "application/json"}


async def _object(response: ClientResponse) -> Json:
    try:
        raw = await response.content.readexactly(_ANSWER_BYTES)
    except IncompleteReadError as end:
        raw = end.partial
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
