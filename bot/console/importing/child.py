"""The process that reads one file: `python -m bot.console.importing.child FILE STEM SECONDS`.

It writes one JSON object: an `Imported`, or `{"problem": "…"}` in Chinese. Nothing of the server is
in it, so that a file made to do harm finds nothing to harm.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

from bot.console.importing.imported import Imported, Reading
from bot.console.process import end_with_stdin
from knowledge.importer.draft import Draft, draft_of
from knowledge.importer.notice import notice_of, yaml_of
from knowledge.importer.page import ReadingError
from knowledge.importer.passage import Span
from knowledge.importer.reading import read_file
from knowledge.importer.review import Row, all_rows
from knowledge.load import load_regions
from storage.keys import signs, storable

MEMORY = 1024 * 1024 * 1024
LONGEST = 400_000
"""Characters: many times the longest notice."""

_KINDS = ((b"%PDF-", ".pdf", "PDF"), (b"PK\x03\x04", ".docx", "Word文档（.docx）"))


def main(file: Path, stem: str, seconds: int) -> None:
    end_with_stdin()
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        told = _read(file, stem).as_json()
    except ReadingError as error:
        told = {"problem": str(error).removeprefix(f"{file}: ")}
    except (MemoryError, RecursionError):
        told = {"problem": "文件展开后太大或太复杂，没有读"}
    json.dump(told, sys.stdout)


def _read(file: Path, stem: str) -> Imported:
    """Raises ReadingError."""
    _check_kind(file)
    page = read_file(file)
    if len(page.text) > LONGEST:
        raise ReadingError(f"文字超过{LONGEST // 10_000}万字，不像一份通知")
    draft = draft_of(page, load_regions())
    if not draft.outline.places:
        raise ReadingError("没有读到正文")
    return _imported(draft, stem)


def _check_kind(file: Path) -> None:
    with file.open("rb") as opened:
        head = opened.read(8)
    suffix = file.suffix.lower()
    for magic, right, name in _KINDS:
        if head.startswith(magic) and suffix != right:
            raise ReadingError(f"文件名以{suffix}结尾，内容却像{name}，请核对后再上传")


def _imported(draft: Draft, stem: str) -> Imported:
    source, kept = _seen(draft.outline.page.text)
    notice = notice_of(draft, stem)
    readings = tuple(_reading(row, kept) for row in all_rows(draft))
    return Imported(notice["id"], notice["title"], yaml_of(draft, stem), source, readings)


def _seen(text: str) -> tuple[str, list[int]]:
    """The text as it is stored, and where each of its characters stood in `text`."""
    parts: list[str] = []
    kept: list[int] = []
    known = lru_cache(maxsize=None)(storable)
    at = 0
    for sign in signs(text):
        if sign != "\r" or not text.startswith("\n", at + 1):
            parts.append(held := known(sign))
            kept += range(at, at + len(held))
        at += len(sign)
    return "".join(parts), kept


def _reading(row: Row, kept: list[int]) -> Reading:
    spans = {name: _moved(span, kept) for name, span in row.spans.items()}
    spans = {name: (start, end) for name, (start, end) in spans.items() if start < end}
    return Reading(row.field, storable(row.sentence), row.sure, row.look, row.loc, spans)


def _moved(span: Span, kept: list[int]) -> tuple[int, int]:
    return bisect_left(kept, span.start), bisect_left(kept, span.end)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
