"""aiohttp, without authorities for connections that verify nobody.

When it is imported it reads the system's certificates twice: once for connections that verify, and
once for such as do not, which can have no use for them, and which nobody here makes.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager


def _where_verified(context: ssl.SSLContext) -> None:
    if context.verify_mode != ssl.CERT_NONE:
        super(ssl.SSLContext, context).set_default_verify_paths()


@contextmanager
def _read_once() -> Iterator[None]:
    ssl.SSLContext.set_default_verify_paths = _where_verified  # type: ignore[assignment]
    try:
        yield
    finally:
        del ssl.SSLContext.set_default_verify_paths  # the one of its base is there again


with _read_once():
    import aiohttp

__all__ = ["aiohttp"]
