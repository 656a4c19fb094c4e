"""A server that can be told to die between two steps of its storage, and is born quickly.

`arm`: the signal SIGRTMIN + n kills the process by SIGKILL at its n-th step from then: before a
statement, before a commit, or after one, when nobody was told yet. `quick_births`: the supervisor
forks its workers, which have all loaded already, rather than begin each from nothing. `hurry`: a
few kills are played through sooner.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NoReturn

from sqlalchemy import Engine, Pool, event

from bot.cli import main
from bot.delivery import worker
from bot.workers import supervisor

STEPS = signal.SIGRTMAX - signal.SIGRTMIN
"""The most steps that a death can be put off."""

_BETWEEN_BIRTHS = 0.2
"""Seconds: here a worker dies far more often than in life."""

_SOON = timedelta(seconds=10)

_FDS = 4096


def arm() -> None:
    left = -1

    def told(number: int, _frame: object) -> None:
        nonlocal left
        left = number - signal.SIGRTMIN

    def step(*_: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    for number in range(signal.SIGRTMIN, signal.SIGRTMAX + 1):
        signal.signal(number, told)
    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    event.listen(Pool, "checkin", step)


def quick_births() -> None:
    """For this process, which becomes a supervisor or one worker alone."""
    setattr(asyncio, "create_subprocess_exec", _born)  # noqa: B010
    setattr(supervisor, "_SHORTEST", _BETWEEN_BIRTHS)  # noqa: B010
    setattr(supervisor, "_LONGEST", _BETWEEN_BIRTHS)  # noqa: B010


def hurry() -> None:
    """What a dead process had in hand is another's after seconds, not after a minute."""
    setattr(worker, "LEASE", _SOON)  # noqa: B010


async def _born(
    *command: str,
    pass_fds: Sequence[int],
    stdin: int,
    env: Mapping[str, str],
    process_group: int,
) -> _Forked:
    """`asyncio.create_subprocess_exec` as the supervisor calls it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _live(command, reading, pass_fds[0], env)
    os.close(reading)
    return _Forked(pid, writing)


def _live(command: Sequence[str], stdin: int, socket: int, env: Mapping[str, str]) -> NoReturn:
    """Never returns: what the supervisor's loop holds is neither used nor given back."""
    gc.freeze()
    os.setpgid(0, 0)
    asyncio.events._set_running_loop(None)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(stdin, 0)
    os.closerange(3, socket)
    os.closerange(socket + 1, _FDS)
    os.environ.clear()
    os.environ.update(env)
    run(command[command.index("bot") + 1 :])


def run(argv: Sequence[str]) -> NoReturn:
    """`zhixing ARGV` until the end of this process."""
    status = 1
    try:
        status = main(list(argv))
    except BaseException:  # the border of a process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class _Forked:
    """As much of an `asyncio.subprocess.Process` as the supervisor needs."""

    def __init__(self, pid: int, stdin: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._stdin = stdin
        self._watched = os.pidfd_open(pid)
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._watched, self._reap)

    def _reap(self) -> None:
        asyncio.get_running_loop().remove_reader(self._watched)
        self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._watched)
        os.close(self._stdin)
        self._ended.set()

    async def wait(self) -> int | None:
        await self._ended.wait()
        return self.returncode

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)
