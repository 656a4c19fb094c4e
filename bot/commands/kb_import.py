"""`zhixing kb import FILE…`: published notices to draft YAML, or to JSON, for looking over."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.settings import Settings
from knowledge.importer.draft import Draft, draft_of
from knowledge.importer.facts import LOOK
from knowledge.importer.notice import yaml_of
from knowledge.importer.page import ReadingError
from knowledge.importer.reading import SUFFIXES, read_file
from knowledge.importer.review import Row, rows_of, to_look_at
from knowledge.importer.told import as_json
from knowledge.load import KnowledgeError, load_regions
from knowledge.model import Notice
from knowledge.regions import Regions
from knowledge.yaml_source import parse_yaml, validate

_SHOWN = 46
_MANY = 3
"""So many files get the closing table alone; of fewer each value is shown."""


class ImportProblem(Exception):
    """`str` is one line."""


BAD_INPUT = (ImportProblem, KnowledgeError)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file's outcome: what was read of it and where it was written, or what went wrong."""

    file: Path
    draft: Draft | None = None
    written: Path | None = None
    problem: str = ""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """0 where every file was read, 1 where some failed. Raises ImportProblem where none can be."""
    files = _files(args.files)
    regions = load_regions()
    if args.json:
        return _as_json(files, regions)
    out: Path = args.out or settings.knowledge or Path("knowledge")
    target = out / "notices" if (out / "notices").is_dir() else out
    _make(target)
    console = Console(width=None if sys.stdout.isatty() else 160)
    with Progress(console=console, transient=True, disable=len(files) < _MANY) as progress:
        steps = progress.track(files, description="导入通知")
        done = [_imported(file, target, regions, args.force) for file in steps]
    if len(files) <= _MANY:
        for read in done:
            if read.draft is not None:
                console.print(_review(read, rows_of(read.draft)))
    console.print(_summary(done))
    return 1 if any(read.problem for read in done) else 0


def _files(given: Sequence[Path]) -> list[Path]:
    """The files themselves, and those of the folders. Raises ImportProblem."""
    missing = [str(path) for path in given if not path.exists()]
    if missing:
        raise ImportProblem(f"kb import: {', '.join(missing)}: no such file or directory")
    found = [file for path in given for file in _within(path)]
    if not found:
        raise ImportProblem(f"kb import: no {', '.join(SUFFIXES)} files there")
    return list(dict.fromkeys(found))


def _within(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.suffix.lower() in SUFFIXES:
            yield file


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImportProblem(f"kb import: {directory}: {error.strerror}") from None


def _as_json(files: Sequence[Path], regions: Regions) -> int:
    """One object a file on stdout; what cannot be read is told on stderr, and the rest goes on."""
    status = 0
    for file in files:
        try:
            told = as_json(draft_of(read_file(file), regions), str(file))
        except ReadingError as error:
            print(error, file=sys.stderr)
            status = 2 if len(files) == 1 else 1
            continue
        print(json.dumps(told, ensure_ascii=False))
    return status


def _imported(file: Path, target: Path, regions: Regions, force: bool) -> _Read:
    try:
        draft = draft_of(read_file(file), regions)
    except ReadingError as error:
        return _Read(file, problem=str(error).removeprefix(f"{file}: "))
    if not draft.outline.places:
        return _Read(file, problem="没有读到正文")
    text = yaml_of(draft, file.stem)
    source = parse_yaml(text, target / f"{file.stem}.yaml")
    try:
        notice = validate(source, Notice)
    except KnowledgeError as error:
        return _Read(file, draft, problem=error.problems[0])
    written = target / f"{notice.id}.yaml"
    if written.exists() and not force:
        return _Read(file, draft, problem=f"{written} 已存在；要覆盖请加 --force")
    written.write_text(text, encoding="utf-8")
    return _Read(file, draft, written)


def _review(read: _Read, rows: Sequence[Row]) -> Table:
    table = Table(title=f"{read.file}：请逐项核对（最没把握的在最前）", title_justify="left")
    for name in ("项目", "读到的值", "条款", "原文", "把握", "请留意"):
        table.add_column(name, overflow="fold")
    for row in rows:
        style = "yellow" if row.sure < LOOK or row.look else None
        told = (row.field, row.value, row.clause, _cut(row.sentence), f"{row.sure:.0%}", row.look)
        table.add_row(*told, style=style)
    return table


def _summary(done: Sequence[_Read]) -> Table:
    good = sum(not read.problem for read in done)
    table = Table(title=f"读入{good}份，失败{len(done) - good}份", title_justify="left")
    for name in ("文件", "标题", "条款", "截止", "时间", "联系", "附件", "任务", "请核对", "结果"):
        table.add_column(name, overflow="fold")
    for read in done:
        table.add_row(*_line(read), style="red" if read.problem else None)
    return table


def _line(read: _Read) -> tuple[str, ...]:
    draft = read.draft
    if draft is None:
        return (read.file.name, *[""] * 8, read.problem)
    counts = (
        len(draft.outline.places),
        len(draft.deadlines),
        len(draft.periods),
        len(draft.contacts),
        len(draft.attachments),
        len(draft.tasks),
        to_look_at(rows_of(draft)),
    )
    title = draft.head.title or ""
    return (read.file.name, title, *map(str, counts), read.problem or str(read.written))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
