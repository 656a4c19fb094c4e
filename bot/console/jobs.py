"""Long reckonings for a page: one at a time, each in a thread, the last of them held."""

from __future__ import annotations

import logging
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

log = logging.getLogger(__name__)

Found = TypeVar("Found")
_KEPT = 24


class Job(Generic[Found]):
    """`found` is what is known so far; None at first. `failed`: there will be no more of it."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.failed = False
        self._over = threading.Event()

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def wait(self) -> None:
        self._over.wait()

    def run(self, steps: Callable[[], Iterator[Found]]) -> None:
        try:
            for found in steps():
                self.found = found
        except Exception as error:  # border: a page tells it
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s in a job of the console\n%s", type(error).__name__, frames)
            self.failed = True
        finally:
            self._over.set()


class Jobs:
    """Of this process alone: another worker that is asked reckons anew.

    The threads are daemons, so that a server which is told to end does not wait for them.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._one = threading.Lock()

    def of(
        self, key: Hashable, steps: Callable[[], Iterator[Found]], *, anew: bool = False
    ) -> Job[Found]:
        """The job of that key; begun unless there is one, or `anew` where that one failed. Each
        thing that `steps` gives stands for the ones before."""
        job: Job[Found] | None = self._held.get(key)
        if job is None or (anew and job.failed):
            job = self._held[key] = Job()
            threading.Thread(target=self._in_turn, args=(job, steps), daemon=True).start()
        self._held.move_to_end(key)
        for old in [key for key, one in self._held.items() if one.is_over][:-_KEPT]:
            del self._held[old]
        return job

    def held(self, key: Hashable) -> Job[Any] | None:
        return self._held.get(key)

    def wait(self) -> None:
        """Until all that were begun are over."""
        for job in list(self._held.values()):
            job.wait()

    def _in_turn(self, job: Job[Found], steps: Callable[[], Iterator[Found]]) -> None:
        with self._one:
            job.run(steps)
