"""Starts the workers, replaces those that die, and on SIGHUP all of them, one after the other.

The supervisor listens and never accepts: all workers accept from its one socket, so that nobody
who connects while one of them ends is turned away. It opens no database and loads no knowledge.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.workers.notifying import ear, ready

log = logging.getLogger(__name__)

START = 60.0
"""Seconds in which a worker is ready, or is given up."""
END = 5.0
"""Seconds after SIGTERM; a worker needs three."""
_SHORTEST, _LONGEST = 1.0, 30.0
"""Seconds between the death of a worker and its successor's start, while they go on dying."""
_WELL = 60.0
"""A worker that lived for so many seconds died for a reason of its own."""


class NotReady(Exception):
    """The worker ended before it was ready, with `status`, or took too long (None)."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class Supervisor:
    """`command` runs one worker, given `--socket FD`; it stops when its stdin ends."""

    def __init__(
        self, count: int, listening: socket.socket, command: Sequence[str], env: Mapping[str, str]
    ) -> None:
        self._count = count
        self._listening = listening
        self._command = command
        self._env = env
        self._workers: dict[int, Process] = {}
        self._watches: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._again = asyncio.Event()

    async def start(self) -> None:
        """The first one alone, so that it brings the database up to date for all.

        Raises NotReady where one cannot start; then none is left.
        """
        try:
            self._watch(0, await self._begun())
            async with asyncio.TaskGroup() as group:
                for number in range(1, self._count):
                    group.create_task(self._begin(number))
        except* NotReady as problems:
            await self._end_all()
            raise next(iter(problems.exceptions)) from None
        ready()

    async def _begin(self, number: int) -> None:
        self._watch(number, await self._begun())

    async def run(self) -> None:
        """Until SIGTERM or SIGINT; ends with no worker left."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._again.set)
        replacing = asyncio.create_task(self._replace_when_told())
        await self._stop.wait()
        replacing.cancel()
        with suppress(asyncio.CancelledError):
            await replacing
        await self._end_all()

    async def _replace_when_told(self) -> None:
        while True:
            await self._again.wait()
            self._again.clear()
            for number in range(self._count):
                try:
                    await self._replace(number)
                except NotReady as problem:
                    log.error("the new worker %d did not start (%s)", number + 1, problem.status)
                    break  # the old ones go on

    async def _replace(self, number: int) -> None:
        """The old one goes on until the new one is ready. Raises NotReady."""
        new, old = await self._begun(), self._workers.get(number)
        self._watch(number, new)
        if old is not None:
            await _ended(old)

    async def _begun(self) -> Process:
        """A worker that is ready. Raises NotReady."""
        fd = self._listening.fileno()
        with ear() as heard:
            process = await asyncio.create_subprocess_exec(
                *(*self._command, "--socket", str(fd)),
                pass_fds=[fd],
                stdin=PIPE,  # ends with this process, however that ends
                env={**self._env, **heard.environment},
                process_group=0,  # Ctrl-C in a terminal is for the supervisor
            )
            waiting = [
                asyncio.ensure_future(heard.heard_ready()),
                asyncio.ensure_future(process.wait()),
            ]
            try:
                await asyncio.wait(waiting, timeout=START, return_when=asyncio.FIRST_COMPLETED)
                if not waiting[0].done():
                    raise NotReady(process.returncode)
            except BaseException:
                await _ended(process)
                raise
            finally:
                for one in waiting:
                    one.cancel()
        log.info("worker %d is ready", process.pid)
        return process

    def _watch(self, number: int, process: Process) -> None:
        self._workers[number] = process
        task = asyncio.create_task(self._watched(number, process))
        self._watches.add(task)
        task.add_done_callback(self._watches.discard)

    async def _watched(self, number: int, process: Process) -> None:
        """Returns once the worker was replaced, by this or by another."""
        loop, wait = asyncio.get_running_loop(), _SHORTEST / 2
        while True:
            begun = loop.time()
            status = await process.wait()
            if self._stop.is_set() or self._workers.get(number) is not process:
                return
            wait = _SHORTEST if loop.time() - begun > _WELL else min(2 * wait, _LONGEST)
            log.error("worker %d died (%d); another one in %.0f s", process.pid, status, wait)
            await asyncio.sleep(wait)
            if self._workers.get(number) is not process:
                return
            try:
                new = await self._begun()
            except NotReady as problem:
                log.error("no worker could be started (%s)", problem.status)
                continue
            if self._workers.get(number) is not process:
                await _ended(new)
                return
            self._workers[number] = process = new

    async def _end_all(self) -> None:
        self._stop.set()
        watches = list(self._watches)
        for task in watches:
            task.cancel()
        await asyncio.gather(*watches, return_exceptions=True)
        await asyncio.gather(*(_ended(process) for process in self._workers.values()))


async def _ended(process: Process) -> None:
    """SIGTERM, and SIGKILL for who does not heed it."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(END):
            await process.wait()
    except TimeoutError:
        log.error("worker %d did not end in time", process.pid)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def command_of(argv: Sequence[str]) -> list[str]:
    """How this program is run once more, with other arguments."""
    return [sys.executable, "-P", "-m", "bot", *argv]
