"""What staff do meanwhile, with the commands that they have, and whether it had its effect."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from aiohttp import ClientError, ClientSession
from openpyxl import load_workbook

from benchmarks.kills.town import ON_DUTY
from benchmarks.soak.sampling import revision_of
from knowledge.load import shipped_dir
from tests.platform.arrivals import Arrivals

PUSHED, EXPORTED, PUBLISHED = "推送简报", "导出需求清单", "发布通知"
DIGEST = "知行简报"
_ALL = (PUSHED, EXPORTED, PUBLISHED)

_EFFECT = 30.0
"""Seconds in which a push has arrived, and a revision is served."""
_LOOK_AGAIN = 0.25
_POLITE = ("nice", "-n", "10")
"""These commands run beside what measures the answers, and must not be what it measures."""


class NoEffect(Exception):
    """The command failed, or nothing came of it; `str` says what."""


@dataclass(frozen=True, slots=True)
class Done:
    """`seconds` of the command, then `effect` until what it is for was there; `count`: the
    messages that staff got, the rows of the list, the revision that is served."""

    seconds: float
    effect: float
    count: int


@dataclass
class Chores:
    """In `directory`, with the server's environment. `filed` says how many demands there are."""

    directory: Path
    env: Mapping[str, str]
    http: ClientSession
    url: str
    arrived: Arrivals
    filed: Callable[[], int]
    done: dict[str, list[Done]] = field(default_factory=lambda: {name: [] for name in _ALL})
    failed: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Of all that was done so far."""
        return sum(map(len, self.done.values()))

    @property
    def well(self) -> bool:
        """Whether all of them happened, and none failed."""
        return all(self.done.values()) and not self.failed

    async def go_on(self, pause: float) -> None:
        """All of them in turn, without end, with a pause after each."""
        for name in ("one", "other"):
            shutil.copytree(shipped_dir(), self.directory / name, dirs_exist_ok=True)
        some = self.directory / "other" / "notices" / "cnipa-2021-51.yaml"
        some.write_text(f"{some.read_text('utf-8')}# another text\n", "utf-8")
        ways = {PUSHED: self._push, EXPORTED: self._export, PUBLISHED: self._publish}
        while True:
            for name, way in ways.items():
                try:
                    self.done[name].append(await way())
                except NoEffect as problem:
                    self.failed.append(f"{name}: {problem}")
                await asyncio.sleep(pause)

    async def _push(self) -> Done:
        before = len(self._digests)
        seconds = await self._run("digest", "push", "--for", f"wecom:{ON_DUTY}")
        effect = await _until(lambda: len(self._digests) > before, "no digest arrived")
        return Done(seconds, effect, len(self._digests) - before)

    @property
    def _digests(self) -> list[str]:
        """That arrived so far, in parts."""
        return [text for text in self.arrived.texts(ON_DUTY) if DIGEST in text]

    async def _export(self) -> Done:
        out, least = self.directory / "list.xlsx", self.filed()
        form = ("--form", "附件1", "--format", "xlsx")
        seconds = await self._run("demand", "export", *form, "--out", str(out))
        rows = await asyncio.to_thread(_rows, out)
        if rows < least:
            raise NoEffect(f"{rows} rows, and {least} demands were there before")
        return Done(seconds, 0.0, rows)

    async def _publish(self) -> Done:
        number = len(self.done[PUBLISHED]) + 1
        folder = str(self.directory / ("one" if number % 2 else "other"))
        seconds = await self._run("kb", "publish", folder, "--note", f"soak {number}", "--anyway")
        begun = time.perf_counter()
        while await self._served() < number:
            if time.perf_counter() - begun > _EFFECT:
                raise NoEffect(f"revision {number} is not served")
            await asyncio.sleep(_LOOK_AGAIN)
        return Done(seconds, time.perf_counter() - begun, number)

    async def _served(self) -> int:
        try:
            async with self.http.get(f"{self.url}/metrics") as response:
                return revision_of(await response.text())
        except ClientError:
            return 0

    async def _run(self, *command: str) -> float:
        """Seconds that it took. Raises NoEffect."""
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(*_POLITE, sys.executable, "-m", "bot", *command),
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
        if process.returncode:
            raise NoEffect(errors.decode()[-300:].strip())
        return time.perf_counter() - begun


async def _until(there: Callable[[], bool], otherwise: str) -> float:
    """Seconds that it took. Raises NoEffect."""
    begun = time.perf_counter()
    while not there():
        if time.perf_counter() - begun > _EFFECT:
            raise NoEffect(otherwise)
        await asyncio.sleep(_LOOK_AGAIN)
    return time.perf_counter() - begun


def _rows(file: Path) -> int:
    """Of the demand list; its first column counts them."""
    book = load_workbook(file, read_only=True)
    try:
        return sum(
            str(row[0]).isdecimal()
            for sheet in book.worksheets
            for row in sheet.iter_rows(values_only=True, max_col=1)
        )
    finally:
        book.close()


def told(chores: Chores) -> Iterator[str]:
    """A table of all that was done."""
    yield "| 做了什么 | 次数 | 命令用时 s（中位，最长） | 到见效 s（中位，最长） | 最后一次 |"
    yield "|---|---:|---:|---:|---|"
    last = {PUSHED: "{} 条送到", EXPORTED: "{} 件需求", PUBLISHED: "版本 {} 在用"}
    for name, done in chores.done.items():
        count = last[name].format(done[-1].count) if done else "没有做成"
        took, effect = _spread([one.seconds for one in done]), _spread([one.effect for one in done])
        yield f"| {name} | {len(done)} | {took} | {effect} | {count} |"
    yield from (f"failed: {problem}" for problem in chores.failed)


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.1f}，{max(seconds):.1f}" if seconds else ""
