"""An answer of staff's as a draft of a FAQ entry, put into the notice's YAML as it is written.

The file is added to, never dumped anew, so that its comments and its format stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.late import late
from knowledge.load import NOTICES, shipped_dir
from knowledge.model import Notice
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import KnowledgeError, parse_yaml, read_text, validate

_WIDE = str.maketrans("()", "（）")
_PLACE = late(r"(?:(?P<notice>[a-z0-9][a-z0-9-]{2,60})[#＃\s]+)?(?P<label>[^#＃\s].*)")
_FIGURES = late(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|\d+(?:\.\d+)?(?:%|万元|亿元|元|家|件|项|个工作日)"
)
_EMPTY = late(r"^(faq|golden):\s*(?:\[\s*\]|null|~)\s*(?:#.*)?$", re.MULTILINE)
_MOST_FACTS = 2


class NoDraft(Exception):
    """The draft cannot be made; one line says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer, of the clause `label` of `notice`; `variants` are the same
    question in other words."""

    question: str
    answer: str
    notice: str
    label: str
    variants: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        return f"{self.notice}#{self.label}"


def place_of(
    said: str, kb: KnowledgeBase, nearest: Mapping[str, Any] | None
) -> tuple[str, str] | None:
    """The notice and label that `cnipa-2021-51#三（三）` names; without words, those of `nearest`.

    A label alone is of the nearest notice. None where there is no such clause. `nearest` is the
    citation of an open question as it is stored.
    """
    near = (nearest or {}).get("notice", ""), (nearest or {}).get("clause", "")
    found = _PLACE.fullmatch(said.strip())
    notice_id = (found["notice"] if found else "") or near[0]
    label = found["label"].translate(_WIDE).strip() if found else near[1]
    try:
        notice = kb.notice(notice_id)
    except KeyError:
        return None
    return (notice_id, label) if label in labels_of(notice) else None


def labels_of(notice: Notice) -> list[str]:
    """The places on which an answer can rest: clauses, tasks and attachments, each once."""
    clauses = [clause.label for clause in notice.clauses]
    tasks = [task.clause for task in notice.tasks]
    attachments = [attachment.label for attachment in notice.attachments]
    return list(dict.fromkeys(clauses + tasks + attachments))


def add(entry: Entry, folder: Path, published: str | None = None) -> tuple[Path, bool]:
    """Writes the entry into the folder's file of its notice; (the file, whether it is new there).

    A notice that the folder does not have is copied there first: as `published`, else as shipped.
    Raises NoDraft, KnowledgeError; then nothing was written.
    """
    path = _file_in(folder, entry.notice)
    before = read_text(path) if path.exists() else published or shipped(entry.notice)
    after = added(before, entry, path)
    if after is None:
        return path, False
    _write(path, after)
    return path, True


def added(text: str, entry: Entry, path: Path) -> str | None:
    """`with_entry`, checked; None where the question is in its FAQ already. `path` is what
    messages call the file. Raises NoDraft, KnowledgeError."""
    known = _checked(text, path).faq
    if normalise(entry.question) in {normalise(faq.question) for faq in known}:
        return None
    after = with_entry(text, entry)
    if len(_checked(after, path).faq) != len(known) + 1:
        raise NoDraft(f"{path}: faq is not written as a list of one entry a line")
    return after


def with_entry(text: str, entry: Entry) -> str:
    """The notice's YAML with the entry at the end of its FAQ, and golden questions to it."""
    said = [f"question: {_quoted(entry.question)}", f"answer: {_quoted(entry.answer)}"]
    text = _appended(text, "faq", [*said, f"clause: {entry.label}"])
    facts = list(dict.fromkeys(_FIGURES.findall(entry.answer)))[:_MOST_FACTS]
    for question in dict.fromkeys((entry.question, *entry.variants)):
        golden = [f"q: {_quoted(question)}", f"clauses: [{_quoted(entry.clause)}]"]
        if facts:
            golden.append(f"facts: [{', '.join(map(_quoted, facts))}]")
        text = _appended(text, "golden", golden)
    return text


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)


def _appended(text: str, key: str, lines: Sequence[str]) -> str:
    """The text with one more item at the end of the list `key`, which is begun where it is not.

    Comments before the next key stay there.
    """
    text = _EMPTY.sub(lambda m: f"{m[1]}:" if m[1] == key else m[0], text)
    rows = text.rstrip().split("\n")
    head = next((n for n, row in enumerate(rows) if re.fullmatch(rf"{key}:\s*(#.*)?", row)), None)
    if head is None:
        head = len(rows)
        rows.append(f"{key}:")
    last = _last_of_block(rows, head)
    listed = (row for row in rows[head + 1 : last + 1] if row.lstrip().startswith("- "))
    first = next(listed, "  - ")
    indent = first[: len(first) - len(first.lstrip())]
    item = [f"{indent}{'  ' if n else '- '}{line}" for n, line in enumerate(lines)]
    return "\n".join([*rows[: last + 1], *item, *rows[last + 1 :], ""])


def _last_of_block(rows: Sequence[str], head: int) -> int:
    """The last row that belongs to the key in row `head`."""
    last = head
    for n, row in enumerate(rows[head + 1 :], head + 1):
        if row and row[0] not in " #-":
            break
        if row.strip() and not row.startswith("#"):
            last = n
    return last


def _checked(text: str, path: Path) -> Notice:
    """Raises KnowledgeError for what would not load."""
    source = parse_yaml(text, path)
    notice = validate(source, Notice)
    problems = [source.problem(loc, what) for loc, what in notice.unsound()]
    if problems:
        raise KnowledgeError(problems)
    return notice


def _file_in(folder: Path, notice: str) -> Path:
    """Where the folder has the notice, or would."""
    name = f"{notice}.yaml"
    if (folder / name).exists():
        return folder / name
    return (folder / NOTICES if (folder / NOTICES).is_dir() else folder) / name


def shipped(notice: str) -> str:
    """The text of the notice's shipped file. Raises NoDraft where there is none."""
    path = shipped_dir() / NOTICES / f"{notice}.yaml"
    if not path.exists():
        raise NoDraft(f"{notice}: its file is neither in the directory nor published")
    return read_text(path)


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise NoDraft(f"{path}: {error.strerror or type(error).__name__}") from None
