"""What goes on meanwhile: messages at a steady rate, publishing, digests, exports."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession

from benchmarks.kills.town import ON_DUTY
from benchmarks.load import Utterance
from benchmarks.questions import Asked
from knowledge.load import shipped_dir
from tests.platform.posting import post
from tests.platform.wecom import WeComPlatform, right_now

PATIENCE = 5.0
"""Seconds that WeCom waits."""

MOST_WAITING = 500


@dataclass
class Talking:
    """Sends at its rate whatever comes back, as people do. `seconds` and `wrong` are since the
    last look; `late`: messages that could not even be sent, so many were waiting."""

    http: ClientSession
    url: str
    platform: WeComPlatform
    asked: Asked
    rate: float
    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    late: int = 0
    waiting: set[asyncio.Task[None]] = field(default_factory=set)

    async def talk(self, until: float) -> None:
        """Until that moment of `time.perf_counter`."""
        following = time.perf_counter()
        while (now := time.perf_counter()) < until:
            if now < following:
                await asyncio.sleep(following - now)
            following += 1 / self.rate
            if len(self.waiting) >= MOST_WAITING:
                self.late += 1
                continue
            task = asyncio.create_task(self._say(*self.asked.take(1)))
            self.waiting.add(task)
            task.add_done_callback(self.waiting.discard)
        await asyncio.gather(*self.waiting)

    async def _say(self, said: Utterance) -> None:
        sent = self.platform.text(said.text, right_now(), said.user)
        begun = time.perf_counter()
        answer = await post(self.http, f"{self.url}/wecom", sent, PATIENCE)
        self.seconds.append(time.perf_counter() - begun)
        if answer.status != 200 or not answer.body:
            self.wrong += 1


@dataclass
class Chores:
    """What staff do, with the commands that they have; `done` and `failed` by command."""

    directory: Path
    env: Mapping[str, str]
    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    async def go_on(self, pause: float) -> None:
        """All of them in turn, without end, with a pause after each."""
        for name in ("one", "other"):
            shutil.copytree(shipped_dir(), self.directory / name, dirs_exist_ok=True)
        some = next((self.directory / "other").rglob("cnipa-2021-51.yaml"))
        some.write_text(f"{some.read_text('utf-8')}# another text\n", "utf-8")
        number = 0
        while True:
            for command in self._commands(number):
                await self._run(command)
                await asyncio.sleep(pause)
            number += 1

    def _commands(self, number: int) -> Sequence[Sequence[str]]:
        folder = str(self.directory / ("other" if number % 2 else "one"))
        out = str(self.directory / "list.xlsx")
        return (
            ("digest", "push", "--for", f"wecom:{ON_DUTY}"),
            ("demand", "export", "--form", "附件1", "--format", "xlsx", "--out", out),
            ("kb", "publish", folder, "--note", f"soak {number}", "--anyway"),
        )

    async def _run(self, command: Sequence[str]) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command,
            cwd=self.directory,
            env=dict(self.env),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, errors = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        name = " ".join(command[:2])
        if process.returncode:
            self.failed[name] = errors.decode()[-300:].strip()
        else:
            self.done[name] = self.done.get(name, 0) + 1
