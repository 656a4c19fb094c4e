"""One run: rounds that measure everything in turn, so that a slow minute slows all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from benchmarks import latency, load, starting, storing
from benchmarks.floor import REPLY
from benchmarks.latency import Latencies
from benchmarks.load import Job, Outcome
from benchmarks.machine import LOAD_CORE, SERVER_CORE, pin
from benchmarks.questions import Asked, repeating, shipped_replies, unlike
from benchmarks.servers import Server, environment, running
from benchmarks.starting import Started
from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from tests.platform.wecom import WeComPlatform

SEED = 20210520
WAITING = (1, 8, 32)

Name = Literal["floor", "repeating", "unlike"]


@dataclass(frozen=True, slots=True)
class Plan:
    """`messages` go to each server in each round; `questions` None: all golden ones."""

    rounds: int
    messages: int
    warm_up: int
    connections: int
    stored: int
    questions: int | None


FULL = Plan(rounds=15, messages=1_200, warm_up=1_500, connections=32, stored=1_200, questions=None)
QUICK = Plan(rounds=1, messages=100, warm_up=20, connections=4, stored=64, questions=20)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One server under load in one round; `cpu_ms` is its processor time a message."""

    outcome: Outcome
    cpu_ms: float

    @property
    def per_second(self) -> float:
        return len(self.outcome.latencies) / self.outcome.seconds


@dataclass(frozen=True, slots=True)
class Round:
    loaded: dict[Name, Loaded]
    latencies: Latencies
    stored: dict[int, float]
    started: Started


@dataclass(frozen=True, slots=True)
class Figures:
    """`resident_mb`: of each server, after the load."""

    plan: Plan
    rounds: Sequence[Round]
    resident_mb: dict[Name, float]


@dataclass(frozen=True, slots=True)
class Target:
    """A server, what it is asked, and by which process."""

    server: Server
    asked: Asked
    platform: WeComPlatform
    generator: ProcessPoolExecutor

    def load(self, messages: int, connections: int) -> Loaded:
        """Raises LoadError."""
        utterances = self.asked.take(messages)
        job = Job(self.server.port, self.platform, utterances, connections)
        before = self.server.cpu_seconds
        outcome = self.generator.submit(load.run, job).result()
        return Loaded(outcome, (self.server.cpu_seconds - before) * 1000 / messages)


def run(plan: Plan, directory: Path, progress: Callable[[str], None]) -> Figures:
    """Raises ServerError, LoadError."""
    with ExitStack() as stack:
        targets = _targets(stack, directory)
        for target in targets.values():
            target.load(plan.warm_up, plan.connections)
        rounds = []
        for number in range(1, plan.rounds + 1):
            progress(f"round {number} of {plan.rounds}")
            rounds.append(_round(plan, targets, directory))
        resident = {name: target.server.resident_mb for name, target in targets.items()}
        return Figures(plan, rounds, resident)


def _targets(stack: ExitStack, directory: Path) -> dict[Name, Target]:
    settings = Settings()
    kb, platform = knowledge_of(settings, golden=True), WeComPlatform()
    ours = shipped_replies(kb, clock_of(settings))
    asked: dict[Name, Asked] = {
        "floor": repeating(kb, lambda _: frozenset({REPLY}), SEED),
        "repeating": repeating(kb, ours, SEED),
        "unlike": unlike(kb, ours, SEED),
    }
    generator = stack.enter_context(_process(LOAD_CORE))
    targets: dict[Name, Target] = {}
    for name, questions in asked.items():
        place = directory / name
        command = ["benchmarks.floor"] if name == "floor" else ["bot", "serve"]
        started = running(*command, directory=place, env=environment(place, platform))
        server = stack.enter_context(started)
        targets[name] = Target(server, questions, platform, generator)
    return targets


def _round(plan: Plan, targets: dict[Name, Target], directory: Path) -> Round:
    loaded = {name: t.load(plan.messages, plan.connections) for name, t in targets.items()}
    with _process(SERVER_CORE) as fresh:
        latencies = fresh.submit(latency.measure, plan.questions).result()
        stored = fresh.submit(storing.measure, WAITING, plan.stored).result()
    env = environment(directory, targets["floor"].platform)
    return Round(loaded, latencies, stored, starting.measure(directory, env))


@contextmanager
def _process(core: int) -> Iterator[ProcessPoolExecutor]:
    """A fresh Python process on one core."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=pin, initargs=(core,)) as process:
        yield process
