"""The loops that run beside the requests: which there are, and whether they still run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Context = Callable[[web.Application], AsyncIterator[None]]


class Loops:
    def __init__(self) -> None:
        self._tasks: dict[str, set[asyncio.Task[object]]] = {}

    def watched(self, name: str, context: Context) -> Context:
        """`context` for `app.cleanup_ctx`; the tasks that it starts are the loops of that name."""

        async def watching(app: web.Application) -> AsyncIterator[None]:
            before = asyncio.all_tasks()
            async with asynccontextmanager(context)(app):
                self._tasks[name] = asyncio.all_tasks() - before
                yield

        return watching

    def alive(self) -> dict[str, bool]:
        """Of each name that has loops, whether all of them run."""
        return {
            name: not any(task.done() for task in tasks)
            for name, tasks in self._tasks.items()
            if tasks
        }
