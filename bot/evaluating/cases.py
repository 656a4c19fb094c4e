"""Questions to evaluate, out of files of several formats, all brought to golden questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, ValidationError

from bot.jsonl import Line, LineError, rows
from knowledge.golden import placed
from knowledge.late import late
from knowledge.load import GoldenFile
from knowledge.question import Golden, GoldenKind
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import KnowledgeError, Loc, read_yaml, validate

_KINDS: tuple[str, ...] = get_args(GoldenKind)
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "oos": ("refuse",),
        "need": ("collect",),
        "smalltalk": ("smalltalk", "command"),
        "clarify-or-both": ("answer", "clarify"),
    }
)
"""Kinds of question files that are not kinds of replies; any other names a topic of answers."""
_BOTH = ("both", "clarify-or-both")
_LINE = late(r"line (\d+): ")


@dataclass(frozen=True, slots=True)
class Case:
    """A golden question to evaluate: `home` is the notice that it stands in, if any.

    `topic` is the file's own word for its kind. One that is `held` back counts in figures only.
    """

    id: str
    golden: Golden
    topic: str
    home: str | None = None
    held: bool = False


def own_cases(kb: KnowledgeBase) -> list[Case]:
    """The golden questions that the knowledge base was loaded with."""
    return [
        Case(f"{one.file.removesuffix('.yaml')}:{one.index + 1}", one.golden, one.golden.kind,
             one.home, one.held)
        for one in placed(kb)
    ]  # fmt: skip


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """All questions of the files. Raises KnowledgeError with every problem of every file, each a
    line `file:line: field: what`."""
    cases: list[Case] = []
    problems: list[str] = []
    for path in paths:
        try:
            cases += _reader(path)(path)
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return cases


def _reader(path: Path) -> Callable[[Path], list[Case]]:
    if path.suffix == ".jsonl":
        return _of_json_lines
    if path.suffix == ".yaml":
        return _of_yaml
    raise KnowledgeError([f"{path}: the name must end in .jsonl or .yaml"])


def _of_yaml(path: Path) -> list[Case]:
    source = read_yaml(path)
    asked = validate(source, GoldenFile).golden
    bare: list[Loc] = [
        ("golden", i, "clauses", j)
        for i, golden in enumerate(asked)
        for j, clause in enumerate(golden.clauses)
        if "#" not in clause
    ]
    if bare:
        raise KnowledgeError([source.problem(loc, "notice-id#label is expected") for loc in bare])
    return [Case(f"{path.stem}:{n}", golden, golden.kind) for n, golden in enumerate(asked, 1)]


def _several(value: object) -> object:
    """One alone, none, or a list: always a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(_several)]


class Row(Line):
    """A line of a question file. `notice` and `clause` go in pairs, or one notice with several
    clauses; `kind` is a reply's kind, one of `_ALSO`, or the topic of an answerable question."""

    id: Any = None
    q: str
    kind: str = "answer"
    tags: Strings = ()
    notice: Strings = ()
    clause: Strings = ()
    facts: Strings = ()
    context: Strings = ()
    today: date | None = None
    task: str | None = None
    intent: str | None = None
    voice: str | None = None
    near: bool = False
    both: bool = False


def _of_json_lines(path: Path) -> list[Case]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise KnowledgeError([f"{path}: {error.strerror or 'cannot be read'}"]) from None
    cases: list[Case] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            found = rows([line], Row)
            cases += [_case(row, f"{path.stem}:{number}") for row in found]
        except (LineError, ValueError) as error:
            problems.append(f"{path}:{number}: {_LINE.sub('', str(error), count=1)}")
    if problems:
        raise KnowledgeError(problems)
    return cases


def _case(row: Row, place: str) -> Case:
    """Raises ValueError, `field: what`."""
    kinds = _kinds(row)
    try:
        golden = Golden(
            q=row.q,
            kind=kinds,
            today=row.today,
            context=row.context,
            clauses=tuple(_clauses(row)),
            facts=row.facts,
            task=row.task,
            intent=row.intent,
            near=(row.near or "near" in row.tags) and "refuse" in kinds,
            both=row.both or row.kind in _BOTH or "both" in row.tags,
            voice=row.voice,
        )
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return Case(place if row.id is None else str(row.id), golden, row.kind)


def _kinds(row: Row) -> tuple[str, ...]:
    if row.kind in _ALSO:
        return _ALSO[row.kind]
    named = tuple(row.kind.split("|"))
    if set(named) <= set(_KINDS):
        return named
    if not (row.facts or row.clause):
        raise ValueError(f"kind: {row.kind!r} is no kind of reply, and no fact or clause is given")
    return ("answer",)


def _clauses(row: Row) -> Iterator[str]:
    """Each as `notice#label`."""
    bare = [clause for clause in row.clause if "#" not in clause]
    yield from (clause for clause in row.clause if "#" in clause)
    yield from (f"{notice}#{label}" for notice, label in _paired(row.notice, bare))


def _paired(notices: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    if labels and not notices:
        raise ValueError("notice: is missing, a clause is one of a notice")
    if len(notices) == len(labels):
        yield from zip(notices, labels, strict=True)
    else:
        yield from ((notice, label) for notice in notices for label in labels)
