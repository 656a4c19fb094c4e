"""What happened since the server started, for Prometheus. No label holds a person's data."""

from __future__ import annotations

import os
import time
from typing import Protocol

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client import disable_created_metrics as leave_out_moments_of_creation
from prometheus_client.multiprocess import MultiProcessCollector

from bot.answered import Answered
from bot.delivery.outcome import Outcome
from bot.message import Message
from bot.platforms import tokens

leave_out_moments_of_creation()  # type: ignore[no-untyped-call]

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Platforms wait five seconds at the longest."""

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names a folder in which workers count together; read by the client when it is imported."""

_NOWHERE = "other"
"""The path of requests that no page or callback of ours is meant by."""


class TakesMessages(Protocol):
    """The desk."""

    async def take(self, message: Message) -> Answered: ...


class Counts:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(tokens.troubles)
        self._messages = Counter(
            "zhixing_messages",
            "Messages answered, repeats too, by the reply's kind.",
            ["channel", "kind"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "zhixing_answer_seconds",
            "From a message's arrival at the desk until its reply is stored.",
            ["channel"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failed = Counter(
            "zhixing_messages_failed",
            "Messages that could not be taken; their platform sends them again.",
            ["channel"],
            registry=self.registry,
        )
        self._requests = Counter(
            "zhixing_requests",
            "Requests by path and HTTP status; 403 at a callback is a refusal.",
            ["path", "status"],
            registry=self.registry,
        )
        self._sends = Counter(
            "zhixing_sends",
            "Attempts to send something out of the outbox, by what became of them.",
            ["channel", "outcome"],
            registry=self.registry,
        )

    def told(self) -> CollectorRegistry:
        """What there is to tell: of all workers of this address, where there are several."""
        if SHARED not in os.environ:
            return self.registry
        of_all = CollectorRegistry()
        MultiProcessCollector(of_all)  # type: ignore[no-untyped-call]
        return of_all

    def answered(self, channel: str, kind: str, seconds: float) -> None:
        self._messages.labels(channel, kind).inc()
        self._seconds.labels(channel).observe(seconds)

    def failed(self, channel: str) -> None:
        self._failed.labels(channel).inc()

    def sent(self, channel: str, outcome: Outcome) -> None:
        """As `bot.delivery.worker` tells it."""
        self._sends.labels(channel, type(outcome).__name__.lower()).inc()

    async def responded(self, request: web.Request, response: web.StreamResponse) -> None:
        """For `app.on_response_prepare`."""
        resource = request.match_info.route.resource
        path = resource.canonical if resource is not None else _NOWHERE
        self._requests.labels(path or "/", str(response.status)).inc()


class CountedDesk:
    """The desk, with each message counted that it is given."""

    def __init__(self, desk: TakesMessages, counts: Counts) -> None:
        self._desk = desk
        self._counts = counts

    async def take(self, message: Message) -> Answered:
        """As `Desk.take`."""
        channel, started = message.sender.channel, time.perf_counter()
        try:
            answered = await self._desk.take(message)
        except Exception:
            self._counts.failed(channel)
            raise
        self._counts.answered(channel, answered.reply.kind, time.perf_counter() - started)
        return answered
