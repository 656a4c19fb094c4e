"""How things stand now: looked at when somebody asks, and told to Prometheus as gauges."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.care.loops import Loops
from bot.current import Current
from storage import health, revisions
from storage.database import Database
from storage.health import Queue

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds: a database that takes longer for a few counts does not serve anybody in time."""


@dataclass(frozen=True, slots=True)
class State:
    """`newest` is the highest revision in the database; None where it could not be asked. `tasks`
    are those of the event loop."""

    notices: int
    revision: int
    newest: int | None
    loops: Mapping[str, bool]
    queues: Mapping[str, Queue] = field(default_factory=dict)
    tasks: int = 0

    @property
    def lacks(self) -> list[str]:
        """What keeps the process from doing all of its work, in short names; nobody's data."""
        stopped = [f"loop {name}" for name, alive in self.loops.items() if not alive]
        database = ["database"] if self.newest is None else []
        return database + (["knowledge"] if not self.notices else []) + stopped


class Looking:
    """`channels` are those that somebody here carries messages of; they may be filled later."""

    def __init__(
        self,
        db: Database,
        current: Current,
        clock: Callable[[], datetime],
        loops: Loops,
        channels: Collection[str],
    ) -> None:
        self._db = db
        self._current = current
        self._clock = clock
        self._loops = loops
        self._channels = channels

    async def look(self) -> State:
        newest, queues = await self._asked()
        notices, revision = len(self._current.kb.notices), self._current.revision
        tasks = len(asyncio.all_tasks())
        return State(notices, revision, newest, self._loops.alive(), queues, tasks)

    async def _asked(self) -> tuple[int | None, Mapping[str, Queue]]:
        try:
            async with asyncio.timeout(PATIENCE), self._db.snapshot() as conn:
                newest = await revisions.newest(conn)
                return newest, await health.queues(conn, sorted(self._channels), self._clock())
        except Exception as error:  # border: whatever ails the database is what is asked for
            log.warning("the database cannot be asked: %s", type(error).__name__)
            return None, {}


class Gauges(Collector):
    """One look, as metrics."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = self._state
        reached = state.newest is not None
        yield _gauge("zhixing_database_up", "Whether the database answers.", reached)
        yield _gauge("zhixing_knowledge_notices", "Notices that are served.", state.notices)
        yield _gauge("zhixing_knowledge_revision", "The revision served.", state.revision)
        if state.newest is not None:
            told = "The newest revision published; another one is served where it is broken."
            yield _gauge("zhixing_knowledge_newest", told, state.newest)
        yield _gauge("zhixing_tasks", "Tasks of the event loop.", state.tasks)
        yield _by("zhixing_loop_alive", "Whether a background loop runs.", "loop", state.loops)
        yield from self._outbox()

    def _outbox(self) -> Iterator[GaugeMetricFamily]:
        told: dict[str, tuple[str, Callable[[Queue], float]]] = {
            "waiting": ("Messages that wait to be sent.", lambda queue: queue.waiting),
            "struggling": ("Those that failed several times.", lambda queue: queue.struggling),
            "dead": ("Messages that were given up.", lambda queue: queue.dead),
            "overdue_seconds": (
                "How long the first message that waits has been due.",
                lambda queue: queue.overdue.total_seconds(),
            ),
        }
        for name, (text, value) in told.items():
            values = {channel: value(queue) for channel, queue in self._state.queues.items()}
            yield _by(f"zhixing_outbox_{name}", text, "channel", values)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _by(name: str, text: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label])
    for of, value in values.items():
        family.add_metric([of], value)
    return family
