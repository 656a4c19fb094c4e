"""What the log needs of structlog, without the library for colours that it would bring with it.

structlog imports rich wherever it is installed, to show errors in colours: a hundred modules and
five megabytes, for a log that has none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _absent(name: str) -> Iterator[None]:
    """None among the modules is Python's way of saying that there is none of this name."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


with _absent("rich"):
    from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars
    from structlog.processors import TimeStamper
    from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
    from structlog.typing import EventDict, Processor

__all__ = [
    "EventDict",
    "Processor",
    "ProcessorFormatter",
    "TimeStamper",
    "add_log_level",
    "add_logger_name",
    "bind_contextvars",
    "clear_contextvars",
    "merge_contextvars",
]
