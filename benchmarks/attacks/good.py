"""People who write at a modest rate all the while, and how long they wait for their answers."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import ClientSession

from benchmarks.attacks.platforms import Keys
from benchmarks.kills.words import QUESTIONS
from tests.platform.posting import Answer, post
from tests.platform.wecom import Callback

RATE = 10.0
"""Messages a second, of all together."""

PEOPLE = 60


@dataclass
class Waits:
    """`seconds` of each answer that was right; `lost`: what else came, or nothing."""

    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def p99(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] if ordered else 0.0


async def write(http: ClientSession, url: str, keys: Keys, over: asyncio.Event) -> Waits:
    """Until it is over, and everything that was sent has its answer."""
    waits = Waits()
    async with asyncio.TaskGroup() as group:
        for number in itertools.count():
            if over.is_set():
                return waits
            group.create_task(_one(http, url, keys, number, waits))
            await asyncio.sleep(1 / RATE)
    return waits


async def _one(http: ClientSession, url: str, keys: Keys, number: int, waits: Waits) -> None:
    user, text = f"good{number % PEOPLE:02}", QUESTIONS[number % len(QUESTIONS)]
    now = int(time.time())
    ways: tuple[tuple[str, Callback, Callable[[Answer], str]], ...] = (
        (
            "/wecom",
            keys.corp.text(text, now, user),
            lambda answer: keys.corp.read(answer.body)["Content"],
        ),
        (
            "/wechat",
            keys.account.message(user, now, "text", Content=text),
            lambda answer: keys.account.shown([answer]) or "",
        ),
    )
    path, sent, shown = ways[number // len(QUESTIONS) % len(ways)]
    begun = time.perf_counter()
    answer = await post(http, url + path, sent, patience=5)
    took = time.perf_counter() - begun
    if answer.taken and answer.body and shown(answer):
        waits.seconds.append(took)
    else:
        waits.lost.append(f"{path}: status {answer.status}, {len(answer.body)} bytes")
