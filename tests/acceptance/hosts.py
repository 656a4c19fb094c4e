"""Two hosts on one machine: network namespaces, each with a link to this one and nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

_CLONE_NEWNET = 0x40000000
_NET = 0x0A000000 + (os.getpid() % 0x3FFF << 8)
"""10.x.y.0, so that several runs do not meet."""


@dataclass(frozen=True, slots=True)
class Host:
    """`address` is where we reach it, `gateway` where it reaches us."""

    name: str
    address: str
    gateway: str

    @property
    def under(self) -> tuple[str, ...]:
        """What runs a command there."""
        return ("ip", "netns", "exec", self.name)

    def listening(self, address: str, port: int) -> socket.socket:
        """A socket there, used from here."""
        with ThreadPoolExecutor(1) as apart:  # a namespace belongs to a thread
            return apart.submit(self._listening, address, port).result()

    def _listening(self, address: str, port: int) -> socket.socket:
        with Path(f"/run/netns/{self.name}").open("rb") as namespace:
            if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        return socket.create_server((address, port))


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """Skips the test where none can be made, except in CI."""
    with ExitStack() as opened:
        try:
            made = [opened.enter_context(_host(number)) for number in range(count)]
        except (OSError, subprocess.CalledProcessError) as problem:
            why = f"no network namespace can be made: {getattr(problem, 'stderr', '') or problem}"
            if os.environ.get("CI"):
                pytest.fail(why)
            pytest.skip(why)
        yield made


@contextmanager
def _host(number: int) -> Iterator[Host]:
    name, link = f"zhixing{os.getpid()}-{number}", f"zx{os.getpid() % 1_000_000}-{number}"
    host = Host(name, _address(4 * number + 2), _address(4 * number + 1))
    _ip("netns", "add", name)
    try:
        _ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("address", "add", f"{host.gateway}/30", "dev", link)
        _ip("link", "set", link, "up")
        _ip("-n", name, "address", "add", f"{host.address}/30", "dev", "eth0")
        for one in ("lo", "eth0"):
            _ip("-n", name, "link", "set", one, "up")
        yield host
    finally:
        _ip("netns", "delete", name)  # and the link with it


def _address(last: int) -> str:
    return socket.inet_ntoa((_NET + last).to_bytes(4, "big"))


def _ip(*args: str) -> None:
    subprocess.run(["ip", *args], check=True, capture_output=True, encoding="utf-8")


@asynccontextmanager
async def forwarded(listening: socket.socket, address: str, port: int) -> AsyncIterator[None]:
    """Who connects to `listening` talks with what is at `port` of `address` here."""

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there = await asyncio.open_connection(address, port)
            await asyncio.gather(_carried(reader, there), _carried(there_reader, writer))
        except OSError:
            writer.close()

    server = await asyncio.start_server(joined, sock=listening)
    try:
        yield
    finally:
        server.close()


async def _carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
