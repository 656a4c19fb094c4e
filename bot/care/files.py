"""Backups as files: packed lines that nobody else may read, there whole or not at all."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gzip import GzipFile
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

_LEVEL = 5
"""Of packing: what is sealed hardly gets smaller, however hard one tries."""


class FileProblem(Exception):
    """The file cannot be written or read; `str` is one line that names it."""


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A new file of lines, readable by its owner alone, under its name only once it is whole.

    Raises FileProblem; an older file is never overwritten.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists():
            raise FileProblem(f"{path}: is there already; a backup overwrites nothing")
        with _draft(draft) as raw:
            with TextIOWrapper(GzipFile("", "wb", _LEVEL, raw), "utf-8", newline="\n") as lines:
                yield lines
            raw.flush()
            os.fsync(raw.fileno())
        os.link(draft, path)
    except OSError as problem:
        raise FileProblem(f"{path}: {problem.strerror or type(problem).__name__}") from None
    finally:
        with suppress(OSError):
            draft.unlink()


@contextmanager
def _draft(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        yield raw


def lines_of(path: Path) -> Iterator[str]:
    """The lines of such a file. Raises FileProblem, also where it is no such file or damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    except FileNotFoundError:
        raise FileProblem(f"{path}: no such file") from None
    except (gzip.BadGzipFile, zlib.error, UnicodeDecodeError):
        raise FileProblem(f"{path}: is no backup, or is damaged") from None
    except EOFError:
        raise FileProblem(f"{path}: was cut off") from None
    except OSError as problem:
        raise FileProblem(f"{path}: {problem.strerror or type(problem).__name__}") from None
