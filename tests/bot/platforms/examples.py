"""A request's body beside the platform's documented example: names, types and nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def strange(body: Any, example: Any, path: str = "") -> list[str]:
    """Where the body has what the example has not: fields, or values of another type."""
    return list(_strange(body, example, path))


def _strange(body: Any, example: Any, path: str) -> Iterator[str]:
    if type(body) is not type(example):
        yield f"{path}: {type(body).__name__}, not {type(example).__name__}"
    elif isinstance(body, dict):
        for name, value in body.items():
            if name not in example:
                yield f"{path}.{name}: not documented"
            else:
                yield from _strange(value, example[name], f"{path}.{name}")
    elif isinstance(body, list):
        for n, value in enumerate(body):
            yield from _strange(value, example[0], f"{path}[{n}]")
