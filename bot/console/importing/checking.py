"""What is wrong with a notice's file, value by value, in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.model import Notice
from knowledge.yaml_source import Loc, parse_yaml

_EMPTY = frozenset(("missing", "string_too_short", "too_short"))
_SAID = {
    "due or open must be given, unless precision is event": "没有日期时，精度要选“没有写日期”；"
    "有日期时不能选它",
    "due and open: one of them, not both": "有了日期，就不要再填未定年份的日期",
}


def data_of(text: str, name: str) -> Any:
    """The file as plain values. Raises KnowledgeError where it is no YAML."""
    return parse_yaml(text, Path(name)).data


def problems_of(data: Any) -> list[tuple[Loc, str]]:
    """Where something is wrong, and what; none where the notice is sound by itself."""
    try:
        notice = Notice.model_validate(data)
    except ValidationError as error:
        return [(tuple(one["loc"]), _told(one)) for one in error.errors(include_url=False)]
    return [(loc, _unsound(what)) for loc, what in notice.unsound()]


def _told(one: ErrorDetails) -> str:
    kind, shown = one["type"], str(one["input"])[:20]
    if kind in _EMPTY:
        return "不能空着"
    if kind.startswith("date"):
        return f"“{shown}”不是日期"
    if kind == "extra_forbidden":
        return "没有这个栏目"
    if kind == "value_error":
        said = one["msg"].removeprefix("Value error, ")
        return _SAID.get(said) or ("开始日期在结束日期之后" if " is after end " in said else said)
    return f"“{shown}”不合要求"


def _unsound(what: str) -> str:
    return "没有这个条款" if what.startswith("no clause") else what
