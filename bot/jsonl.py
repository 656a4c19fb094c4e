"""JSON lines in, checked; a bad line is named by its number, and what came before it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

Row = TypeVar("Row", bound="Line")


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class LineError(ValueError):
    """One line: which line is bad, in which field, and why."""


def rows(lines: Iterable[bytes], model: type[Row]) -> Iterator[Row]:
    """Each non-empty line as a `model`. Raises LineError at the first bad one."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(number, line, model)


def dumped(value: dict[str, Any]) -> str:
    """One line; half a character, which cannot be sent, as its escape."""
    line = json.dumps(value, ensure_ascii=False)
    return line if _can_be_sent(line) else json.dumps(value)


def dumped_list(values: Iterable[dict[str, Any]]) -> str:
    """A JSON list, one value a line."""
    return "[" + ",\n ".join(map(dumped, values)) + "]"


def _can_be_sent(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _row(number: int, line: bytes, model: type[Row]) -> Row:
    value = _parsed(number, line)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        where = f"line {number}: {field}" if field else f"line {number}"
        raise LineError(f"{where}: {first['msg']}") from None


def _parsed(number: int, line: bytes) -> Any:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        json.dumps(value, allow_nan=False)  # Python reads NaN and 1e999, which JSON does not have
    except UnicodeDecodeError:
        raise LineError(f"line {number}: not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise LineError(f"line {number}: not JSON") from None
    return value
