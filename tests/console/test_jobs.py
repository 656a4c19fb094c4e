"""Long reckonings for a page."""

from __future__ import annotations

from collections.abc import Iterator

from bot.console.jobs import Jobs


async def test_jobs_of_a_page_run_one_at_a_time() -> None:
    jobs, at_once, most = Jobs(), 0, 0

    def steps() -> Iterator[int]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        yield 1
        at_once -= 1
        yield 2

    for job in [jobs.begin(steps) for _ in range(40)]:
        while not job.is_over:
            await job.moves(60)
        assert job.found == 2
    assert most == 1
