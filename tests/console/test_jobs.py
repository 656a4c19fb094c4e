"""Long reckonings for a page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.console.jobs import Job


async def test_jobs_of_a_page_run_one_at_a_time() -> None:
    turn, at_once, most = asyncio.Lock(), 0, 0

    async def steps() -> AsyncIterator[int]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        yield 1
        at_once -= 1
        yield 2

    jobs = [Job[int]() for _ in range(40)]
    await asyncio.gather(*(job.run(steps(), turn) for job in jobs))
    assert {(job.found, job.failed, job.is_over) for job in jobs} == {(2, False, True)}
    assert most == 1
