"""One hostile connection: what is written to it, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from tests.platform.wecom import Callback

Manner = Literal["whole", "slow", "gone", "reset", "deaf"]
"""Written at once, and the answers read | a few bytes a second | half of it, then closed | then
reset | written, and nothing read."""


@dataclass(frozen=True, slots=True)
class Shot:
    kind: str
    data: bytes
    manner: Manner = "whole"


def request(
    path: str,
    sent: Callback,
    *,
    method: bytes = b"POST",
    query: str | None = None,
    headers: bytes = b"",
    body: bytes | None = None,
    length: bytes | None = None,
    drop: Mapping[str, str] | frozenset[str] = frozenset(),
) -> bytes:
    """The bytes of a request; `length` is claimed, `query` and `body` take the callback's place.

    `drop`: headers of the callback that are left out.
    """
    body = sent.body if body is None else body
    query = urlencode(sent.query) if query is None else query
    claimed = b"%d" % len(body) if length is None else length
    own = "".join(
        f"{name}: {value}\r\n" for name, value in sent.headers.items() if name not in drop
    )
    target = path.encode() + (b"?" + query.encode("utf-8", "surrogateescape") if query else b"")
    head = method + b" " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n" + own.encode() + headers
    if claimed:
        head += b"Content-Length: " + claimed + b"\r\n"
    return head + b"\r\n" + body
