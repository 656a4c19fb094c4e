"""A service tells whoever started it that it is ready, as sd_notify(3) has it.

Datagrams to the Unix socket that NOTIFY_SOCKET names; an `@` in front stands for the abstract
namespace. systemd hears them, and so does the supervisor of our workers.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex

READY = b"READY=1"
_VARIABLE = "NOTIFY_SOCKET"


def ready() -> None:
    """Nothing where nobody listens."""
    address = os.environ.get(_VARIABLE)
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as teller, suppress(OSError):
            teller.sendto(READY, _native(address))


class Ear:
    """Hears one service; `environment` is what the service must be given."""

    def __init__(self, listening: socket.socket, address: str) -> None:
        self._listening = listening
        self.environment = {_VARIABLE: address}

    async def heard_ready(self) -> None:
        loop = asyncio.get_running_loop()
        while READY not in (await loop.sock_recv(self._listening, 4096)).splitlines():
            pass


@contextmanager
def ear() -> Iterator[Ear]:
    address = f"@zhixing-{os.getpid()}-{token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.setblocking(False)
        listening.bind(_native(address))
        yield Ear(listening, address)


def _native(address: str) -> str:
    return f"\0{address[1:]}" if address.startswith("@") else address
