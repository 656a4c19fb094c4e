"""How long to wait before trying again what does not work."""

from __future__ import annotations

from collections.abc import Callable


class Patience:
    """Seconds: `first`, twice that, … `longest`, each less by chance, up to half.

    `jitter` is in [0, 1).
    """

    def __init__(
        self, jitter: Callable[[], float], first: float = 1.0, longest: float = 60.0
    ) -> None:
        self._jitter = jitter
        self._first = first
        self._longest = longest
        self._next = first

    def wait(self) -> float:
        """The next pause."""
        pause, self._next = self._next, min(self._next * 2, self._longest)
        return pause * (1 - self._jitter() / 2)

    def reset(self) -> None:
        """It worked."""
        self._next = self._first
