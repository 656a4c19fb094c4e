"""A process of its own for what would hold the server, whatever it is given to read or reckon."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_LONGEST_LINE = 64 * 1024 * 1024


@asynccontextmanager
async def process(module: str, *arguments: str, given: bytes = b"") -> AsyncIterator[Process]:
    """`python -m module`, told `given`; gone at the end. Its stdin ends with this process, however
    that ends. Keys and passwords of the server's environment are none of its."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=_LONGEST_LINE,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    try:
        assert child.stdin is not None
        child.stdin.write(given)
        yield child
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()


def end_with_stdin() -> None:
    """For the process itself, once it has read what it was told."""
    threading.Thread(target=_ended, daemon=True).start()


def _ended() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)
