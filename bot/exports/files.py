"""Files of exports: under their names whole or not at all, for the account alone that runs this."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from bot.exports.order import CannotExport
from intents.wording import exports as wording

log = logging.getLogger(__name__)

_ABANDONED = 24 * 60 * 60  # seconds
_FLAGS = os.O_WRONLY | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Written:
    """All of it lies in `part`, and under its own `path` when it is kept."""

    part: Path
    path: Path

    def keep(self) -> None:
        try:
            self.part.replace(self.path)
        except OSError as problem:  # somebody has moved the folder meanwhile
            log.error("an export could not be kept: %s", problem.strerror)

    def undo(self) -> None:
        with suppress(OSError):
            self.part.unlink()


def write(path: Path, content: bytes) -> Written:
    """`path`, or the like of it where two were made in one second. Raises CannotExport."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(path.parent)
        written, file = _begun(path)
        try:
            _fill(file, content)
        except OSError:
            written.undo()
            raise
    except OSError as problem:
        raise _cannot(problem) from None
    return written


def put(path: Path, content: bytes) -> None:
    """Over what is at `path`. Raises CannotExport."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _fill(os.open(path, _FLAGS | os.O_TRUNC, 0o600), content)
    except OSError as problem:
        raise _cannot(problem) from None


def _begun(path: Path) -> tuple[Written, int]:
    """The first name that is free, and stays so: whoever has its part has the name."""
    for one in _likes(path):
        part = one.with_name(f".{one.name}.part")
        with suppress(FileExistsError):
            file = os.open(part, _FLAGS | os.O_EXCL, 0o600)
            if not one.exists():
                return Written(part, one), file
            os.close(file)
            part.unlink()
    raise AssertionError("endless")


def _sweep(folder: Path) -> None:
    """Rids `folder` of what was left by who was killed before it was on record."""
    for part in folder.glob(".*.part"):
        with suppress(FileNotFoundError):
            if part.stat().st_mtime < time.time() - _ABANDONED:
                part.unlink()


def _likes(path: Path) -> Iterator[Path]:
    return chain([path], (path.with_stem(f"{path.stem}-{number}") for number in count(2)))


def _fill(file: int, content: bytes) -> None:
    with os.fdopen(file, "wb") as opened:
        opened.write(content)


def _cannot(problem: OSError) -> CannotExport:
    return CannotExport(wording.cannot_write(problem.strerror or ""))
