"""A process that does nothing until it is ended: `python -m tests.console.sleeping_child`."""

from __future__ import annotations

import time

from bot.console.process import end_with_stdin

if __name__ == "__main__":
    end_with_stdin()
    print("awake", flush=True)  # noqa: T201
    time.sleep(600)
