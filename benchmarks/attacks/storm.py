"""Fires at the server from many addresses of loopback, and keeps count of what comes back.

In a process of its own, so that who measures good traffic does not wait for it.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from benchmarks.attacks.forging import Forger
from benchmarks.attacks.platforms import Keys, Platforms
from benchmarks.attacks.shots import Shot

ADDRESSES = 200
"""Of which the first few send most."""

AT_ONCE = 12
SLOW_AT_ONCE = 100

PATIENCE = 8.0
"""Seconds for an answer; the server gives a body five."""

CUT_SECONDS = 90.0
"""Seconds in which who is slow must have been cut."""

_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")
_REQUEST = re.compile(rb" HTTP/1\.1\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    port: int
    seed: int
    number: int
    keys: Keys


@dataclass
class Tally:
    """`answers` by kind and status: a number of HTTP, or `cut` (closed without one), `silent`
    (nothing in time), `left` (who did not wait), `no connection`. `slow`: the longest until a slow
    one was cut."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    slow: float = 0.0
    seconds: float = 0.0


def storm(job: Job) -> Tally:
    return asyncio.run(_storm(job))


async def _storm(job: Job) -> Tally:
    rng = Random(job.seed)
    forger, tally = Forger(Platforms(job.keys), rng), Tally()
    room, slow_room = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(SLOW_AT_ONCE)
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(job.number):
            shot = forger.shot()
            own = slow_room if shot.manner == "slow" else room
            await own.acquire()
            address = f"127.0.1.{1 + int(ADDRESSES * rng.random() ** 2)}"
            group.create_task(_fired(job.port, address, shot, tally, own))
    tally.seconds = time.perf_counter() - begun
    return tally


async def _fired(
    port: int, address: str, shot: Shot, tally: Tally, room: asyncio.Semaphore
) -> None:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    except OSError:
        tally.answers[shot.kind, "no connection"] += 1
        room.release()
        return
    try:
        for status in await _answered(shot, reader, writer, tally):
            tally.answers[shot.kind, status] += 1
    except OSError:
        tally.answers[shot.kind, "cut"] += 1
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        room.release()


async def _answered(
    shot: Shot, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tally: Tally
) -> list[str]:
    writer.write(shot.data)
    match shot.manner:
        case "slow":
            return [await _dripping(reader, writer, tally)]
        case "gone":
            return ["left"]
        case "reset":
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return ["left"]
        case "deaf":
            await asyncio.sleep(1)
            return ["left"]
        case _:
            return await _read(reader, max(1, len(_REQUEST.findall(shot.data))))


async def _read(reader: asyncio.StreamReader, most: int) -> list[str]:
    """The statuses of up to `most` answers."""
    received = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while _whole(received) < most and (more := await reader.read(65_536)):
                received += more
    except TimeoutError:
        return [*_statuses(received), "silent"]
    return _statuses(received) or ["cut"]


def _statuses(received: bytes) -> list[str]:
    return [status.decode() for status in _STATUS.findall(received)]


def _whole(received: bytes) -> int:
    """How many answers are there to the end."""
    number = 0
    while True:
        head, end, rest = received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n")
        size = int(length[1]) if length else 0
        if not end or len(rest) < size:
            return number
        number, received = number + 1, rest[size:]


async def _dripping(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tally: Tally
) -> str:
    """A byte now and then, until the server has had enough."""
    begun = time.perf_counter()
    answer = asyncio.ensure_future(reader.read())
    try:
        while not answer.done() and time.perf_counter() - begun < CUT_SECONDS:
            await asyncio.wait({answer}, timeout=0.5)
            writer.write(b"a")
        tally.slow = max(tally.slow, time.perf_counter() - begun)
        if not answer.done():
            return "silent"
        return (_statuses(answer.result()) or ["cut"])[0]
    finally:
        answer.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await answer
