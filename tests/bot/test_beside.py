"""What takes long is reckoned beside the loop, and keeps no server from ending."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from bot.beside import beside

ENDS_AT_ONCE = """
import asyncio, threading
from bot.beside import beside
async def main():
    begun = threading.Event()
    asyncio.create_task(beside(lambda: (begun.set(), threading.Event().wait())))
    while not begun.is_set():
        await asyncio.sleep(0.01)
asyncio.run(main())
print("ended")
"""


async def test_what_was_found_or_went_wrong_is_told() -> None:
    assert await beside(lambda: 17) == 17
    with pytest.raises(ZeroDivisionError):
        await beside(lambda: 1 // 0)


async def test_whoever_is_answered_meanwhile_waits_for_short_turns_alone() -> None:
    before = sys.getswitchinterval()
    turns = await asyncio.gather(*(beside(sys.getswitchinterval) for _ in range(20)))
    assert max(turns) < 0.001
    assert sys.getswitchinterval() == before


async def test_nobody_is_told_who_waits_no_more() -> None:
    go_on = threading.Event()
    task = asyncio.create_task(beside(go_on.wait))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()


def test_a_program_ends_while_something_is_reckoned_for_ever() -> None:
    """It would wait for a thread of `asyncio.to_thread` without end."""
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE], capture_output=True, text=True, timeout=120
    )
    assert done.stdout == "ended\n", done.stderr
