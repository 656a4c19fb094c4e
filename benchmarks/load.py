"""The load: requests that lie ready as bytes, over raw sockets that are kept alive.

Sealing comes before the clock starts and reading the replies after it has stopped, so that in
between generating costs next to nothing.
"""

from __future__ import annotations

import gc
import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.platform.wecom import WeComPlatform, right_now

PATIENCE = 30.0
"""Seconds without any reply after which the server counts as dead."""

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)


class LoadError(Exception):
    """The server hung up, or does not speak HTTP as expected."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one user says. `expected`: the texts of which the reply must be one; empty: any."""

    user: str
    text: str
    expected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    port: int
    platform: WeComPlatform
    utterances: tuple[Utterance, ...]
    connections: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`latencies` in seconds, one a message; `wrong` says of each bad reply what is bad."""

    seconds: float
    latencies: tuple[float, ...]
    compared: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    number: int = -1
    begun: float = 0.0
    buffer: bytearray = field(default_factory=bytearray)

    def send(self, number: int, request: bytes) -> None:
        self.number, self.begun = number, time.perf_counter()
        self.buffer.clear()
        self.socket.sendall(request)

    def receive(self) -> _Reply | None:
        """The reply, once it is whole."""
        received = self.socket.recv(65536)
        if not received:
            raise LoadError("the server closed a connection")
        self.buffer += received
        return _whole(bytes(self.buffer))


class _Load:
    """What is left to send, the connections, and what came back: one of each a request."""

    def __init__(self, port: int, requests: Sequence[bytes]) -> None:
        self.replies = [_Reply(0, b"")] * len(requests)
        self.latencies = [0.0] * len(requests)
        self._port = port
        self._waiting = iter(enumerate(requests))
        self._selector = selectors.DefaultSelector()

    def run(self, connections: int) -> None:
        try:
            for _ in range(connections):
                self._open()
            while keys := self._selector.get_map():
                ready = self._selector.select(PATIENCE)
                if not ready:
                    raise LoadError(f"{len(keys)} requests got no reply for {PATIENCE:.0f} s")
                for key, _ in ready:
                    self._receive(key.data)
        finally:
            for key in list(self._selector.get_map().values()):
                self._close(key.data)
            self._selector.close()

    def _open(self) -> None:
        """One more connection, if there is anything left to send."""
        following = next(self._waiting, None)
        if following is None:
            return
        connected = socket.create_connection(("127.0.0.1", self._port), PATIENCE)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = _Connection(connected)
        self._selector.register(connected, selectors.EVENT_READ, connection)
        connection.send(*following)

    def _close(self, connection: _Connection) -> None:
        self._selector.unregister(connection.socket)
        connection.socket.close()

    def _receive(self, connection: _Connection) -> None:
        reply = connection.receive()
        if reply is None:
            return
        self.replies[connection.number] = reply
        self.latencies[connection.number] = time.perf_counter() - connection.begun
        if reply.status != 200:  # servers end the connection after a refusal
            self._close(connection)
            self._open()
        elif following := next(self._waiting, None):
            connection.send(*following)
        else:
            self._close(connection)


def run(job: Job) -> Outcome:
    """Seals all messages, sends them, and checks every reply. Raises LoadError."""
    requests = [_request(job, utterance) for utterance in job.utterances]
    gc.collect()
    gc.disable()
    try:
        load = _Load(job.port, requests)
        begun = time.perf_counter()
        load.run(job.connections)
        seconds = time.perf_counter() - begun
    finally:
        gc.enable()
    wrong = list(_wrong(job, load.replies))
    compared = sum(bool(utterance.expected) for utterance in job.utterances)
    return Outcome(seconds, tuple(load.latencies), compared, tuple(wrong))


def _request(job: Job, utterance: Utterance) -> bytes:
    callback = job.platform.text(utterance.text, right_now(), utterance.user)
    head = (
        f"POST {callback.at('/wecom')} HTTP/1.1\r\nHost: 127.0.0.1:{job.port}\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(callback.body)}\r\n\r\n"
    )
    return head.encode() + callback.body


def _whole(received: bytes) -> _Reply | None:
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return None
    length = _LENGTH.search(head + b"\r\n")
    if not head.startswith(b"HTTP/1.1 ") or length is None:
        raise LoadError(f"no HTTP reply with a length: {head[:200]!r}")
    return _Reply(int(head[9:12]), body) if len(body) >= int(length[1]) else None


def _wrong(job: Job, replies: Sequence[_Reply]) -> Iterator[str]:
    """The status and the presence of every reply; the text of those that are expected."""
    for utterance, reply in zip(job.utterances, replies, strict=True):
        if reply.status != 200 or not reply.body:
            yield f"{utterance.text}: status {reply.status}, {len(reply.body)} bytes"
        elif utterance.expected:
            text = job.platform.read(reply.body).get("Content", "")
            if text not in utterance.expected:
                yield f"{utterance.text}: {text!r}"


def exchange(port: int, requests: Sequence[bytes], connections: int) -> tuple[float, list[bytes]]:
    """Seconds, and the body of each reply; empty where it was refused. Raises LoadError."""
    load = _Load(port, requests)
    begun = time.perf_counter()
    load.run(connections)
    seconds = time.perf_counter() - begun
    return seconds, [one.body if one.status == 200 else b"" for one in load.replies]
