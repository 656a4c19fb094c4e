"""People at a steady rate: most ask, some file a demand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from aiohttp import ClientSession

from benchmarks.kills.words import confirmed, demand
from benchmarks.load import Utterance
from benchmarks.measure import SEED
from benchmarks.questions import repeating
from intents.conversation import FRESH
from intents.respond import respond
from intents.turn import HandOff, OpenQuestion, Said
from knowledge.snapshot import KnowledgeBase
from tests.platform.posting import post
from tests.platform.wecom import WeComPlatform, right_now

PATIENCE = 5.0
"""Seconds that WeCom waits."""

MOST_WAITING = 500

_AT_ONCE = 100
_REFUSED_EVERY = 10
_FILED_EVERY = 500
"""Of so many messages one begins a demand, which takes two more."""


@dataclass
class Talking:
    """Sends at its rate whatever comes back, as people do. `seconds` and `wrong` are since the
    last look; `filed`: demands whose submission was confirmed; `late`: messages that could not
    even be sent, so many were waiting."""

    http: ClientSession
    url: str
    platform: WeComPlatform
    questions: Iterator[Utterance]
    rate: float
    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    filed: int = 0
    late: int = 0
    waiting: set[asyncio.Task[None]] = field(default_factory=set)

    async def talk(self, until: float) -> None:
        """Until that moment of `time.perf_counter`."""
        following = time.perf_counter()
        for number in count():
            if (now := time.perf_counter()) >= until:
                break
            if now < following:
                await asyncio.sleep(following - now)
            following += 1 / self.rate
            if len(self.waiting) >= MOST_WAITING:
                self.late += 1
                continue
            filing = number % _FILED_EVERY == 0
            doing = self._file(number) if filing else self._ask(next(self.questions))
            task = asyncio.create_task(doing)
            self.waiting.add(task)
            task.add_done_callback(self.waiting.discard)
        await asyncio.gather(*self.waiting)

    async def _ask(self, asked: Utterance) -> None:
        await self._say(asked.user, asked.text)

    async def _file(self, number: int) -> None:
        answers = [await self._say(f"firm{number}", text) for text in demand(1, number)]
        self.filed += len(confirmed(answers))

    async def _say(self, user: str, text: str) -> str:
        """What is answered; empty where nothing is."""
        sent = self.platform.text(text, right_now(), user)
        begun = time.perf_counter()
        answer = await post(self.http, f"{self.url}/wecom", sent, PATIENCE)
        self.seconds.append(time.perf_counter() - begun)
        if answer.status != 200 or not answer.body:
            self.wrong += 1
            return ""
        return self.platform.read(answer.body)["Content"]


def questions(kb: KnowledgeBase, now: datetime) -> Iterator[Utterance]:
    """Without end. A third of the golden ones are to be refused, and some call for a person; of
    these, one in ten is asked, by somebody who does not come back: else most of the town would soon
    wait for the one who is on duty."""
    asked, refused = repeating(kb, lambda _: frozenset(), SEED), dict[str, bool]()
    turns = count()
    while True:
        for said in asked.take(_AT_ONCE):
            if said.text not in refused:
                effects = respond(FRESH, Said(said.text), kb, now).effects
                refused[said.text] = any(isinstance(one, OpenQuestion | HandOff) for one in effects)
            if not refused[said.text]:
                yield said
            elif (turn := next(turns)) % _REFUSED_EVERY == 0:
                yield replace(said, user=f"once{turn}")
