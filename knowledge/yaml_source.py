"""YAML that knows where each value stands, so that an error can name file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]


class KnowledgeError(ValueError):
    """One or more problems, each a line `file:line:col: field: what is wrong`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


_TEXT, _MAP, _SEQ = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))


class _Loader(yaml.CSafeLoader):
    """YAML 1.1 less its surprises: dates stay text, `no` and `17:00` mean what they read."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """As the one of `yaml`, but at once for text that begins as nothing but text does."""
        if kind is yaml.ScalarNode and value and value[0] not in self.yaml_implicit_resolvers:
            return _TEXT
        tag: str = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        return tag


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class Source:
    """One parsed file: `data` as plain values, and the node tree of its text for positions."""

    path: Path
    data: Any
    text: str

    @cached_property
    def root(self) -> yaml.Node | None:
        """Made only where something is told of a place in the file: it is large."""
        loader = _Loader(self.text)
        try:
            root: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
        return root

    def at(self, loc: Loc) -> str:
        """`file:line:col` of the value at `loc`, or of its nearest parent that is there."""
        node = self.root
        for step in loc:
            found = child(node, step)
            if found is None:
                break
            node = found
        mark = node.start_mark if node is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return f"{_shown(self.path)}:{line}:{column}"

    def problem(self, loc: Loc, what: str) -> str:
        return f"{self.at(loc)}: {_field(loc)}: {what}" if loc else f"{self.at(loc)}: {what}"


def read_text(path: Path) -> str:
    """The file's text. Raises KnowledgeError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError([f"{_shown(path)}: {error.strerror or 'cannot be read'}"]) from None
    except UnicodeDecodeError:
        raise KnowledgeError([f"{_shown(path)}:1:1: not UTF-8 text"]) from None


def read_yaml(path: Path) -> Source:
    """Parse one file. Raises KnowledgeError as `read_text` and `parse_yaml` do."""
    return parse_yaml(read_text(path), path)


NOWHERE = Path("-")
"""Names a text that lies in no file."""


def parse_yaml(text: str, path: Path = NOWHERE) -> Source:
    """A text at hand; `path` only names it.

    Raises KnowledgeError where it is not YAML, or names a key twice.
    """
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = None if root is None else _plain(root, loader)
        twice = list(_keys_named_twice(root))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = error.problem or "not YAML"
        raise KnowledgeError([f"{_shown(path)}:{line}:{column}: {what}"]) from None
    except (yaml.YAMLError, TypeError, ValueError, RecursionError):
        raise KnowledgeError([f"{_shown(path)}:1:1: not YAML"]) from None
    finally:
        loader.dispose()
    source = Source(path, data, text)
    if twice:
        raise KnowledgeError([source.problem(loc, "this key is named twice") for loc in twice])
    return source


def validate(source: Source, model: type[Model], context: object = None) -> Model:
    """The file as a `model`, whose validators are told the `context`.

    Raises KnowledgeError with every problem, not the first only.
    """
    if not isinstance(source.data, dict):
        raise KnowledgeError([source.problem((), "a mapping of fields is expected here")])
    try:
        return model.model_validate(source.data, context=context)
    except ValidationError as error:
        raise KnowledgeError([source.problem(*one) for one in found_in(error)]) from None


def found_in(error: ValidationError) -> list[tuple[Loc, str]]:
    """Where something is wrong, and what, in the words of the file."""
    return [(tuple(one["loc"]), _say(one)) for one in error.errors(include_url=False)]


def _say(detail: ErrorDetails) -> str:
    kind, value = detail["type"], detail["input"]
    shown = str(value) if len(str(value)) <= 40 else f"{str(value)[:40]}…"
    if kind.startswith("date"):
        return f'"{shown}" is not a date'
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "no such field here"
    if kind == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    if kind == "string_type":
        return f'"{shown}" must be text: put it in quotes'
    return f'"{shown}": {detail["msg"]}'


def _field(loc: Loc) -> str:
    """`('deadlines', 2, 'due')` -> `deadlines[2].due`."""
    out = ""
    for step in loc:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else str(step)
    return out


def _shown(path: Path) -> str:
    """The path as an admin would type it: relative to where the command runs, if below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    """What stands there in a mapping or list; None where nothing does."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _plain(node: yaml.Node, loader: _Loader) -> Any:
    """The node's value. Raises as `construct_object`, and TypeError for a key that is none."""
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _TEXT else loader.construct_object(node)
    if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
        return {_plain(key, loader): _plain(value, loader) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
        return [_plain(value, loader) for value in node.value]
    return loader.construct_object(node, deep=True)


def _keys_named_twice(node: yaml.Node | None) -> Iterator[Loc]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield (key.value,)
            seen.add(key.value)
            if not isinstance(value, yaml.ScalarNode):
                yield from ((key.value, *rest) for rest in _keys_named_twice(value))
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            if not isinstance(value, yaml.ScalarNode):
                yield from ((i, *rest) for rest in _keys_named_twice(value))
