"""Values of a YAML text exchanged where they stand: all else stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml

from knowledge.yaml_source import Loc, child, parse_yaml

Value = str | int | bool | date | Sequence[str] | None

_DEEPER = 2
_NOWHERE = Path("-")


class NoPlace(LookupError):
    """There is no list or mapping in the text that the value could stand in."""


def with_value(text: str, loc: Loc, value: Value, order: Sequence[str] = ()) -> str:
    """`text` with `value` at `loc`; None, and a list of nothing, take the field away.

    A field that is not there yet goes behind the last one that stands before it in `order`.
    Raises KnowledgeError where `text` is no YAML, NoPlace where what holds `loc` is not there.
    """
    *above, field = loc
    holder = _node(text, tuple(above))
    if not isinstance(holder, yaml.MappingNode) or not isinstance(field, str):
        raise NoPlace(loc)
    known = child(holder, field)
    if value is None or (isinstance(value, Sequence) and not value):
        return text if known is None else _without_field(text, holder, field)
    if known is None:
        return _with_field(text, holder, field, value, order)
    start, end = _ends(text, known)
    block = isinstance(known, yaml.CollectionNode) and not known.flow_style
    if not block:
        return text[:start] + _written(value) + text[end:]
    if not _is_list(value):
        raise NoPlace(loc)
    return text[:start] + _listed(value, known.start_mark.column) + text[end:]


def without(text: str, loc: Loc) -> str:
    """`text` without the item of a list; the list goes with its last one.

    Raises KnowledgeError where `text` is no YAML, NoPlace where there is no such item.
    """
    *above, place = loc
    holder = _node(text, tuple(above))
    if not isinstance(holder, yaml.SequenceNode) or not isinstance(place, int):
        raise NoPlace(loc)
    if not 0 <= place < len(holder.value):
        raise NoPlace(loc)
    if len(holder.value) == 1:
        return with_value(text, tuple(above), None)
    starts = [_dashed(text, node, holder) for node in holder.value]
    if place + 1 < len(starts):
        return text[: starts[place]] + text[starts[place + 1] :]
    _, before = _ends(text, holder.value[place - 1])
    _, end = _ends(text, holder.value[place])
    return text[:before] + text[end:]


def _node(text: str, loc: Loc) -> yaml.Node | None:
    node = parse_yaml(text, _NOWHERE).root
    for step in loc:
        node = child(node, step)
    return node


def _ends(text: str, node: yaml.Node) -> tuple[int, int]:
    """Where the node begins and ends, without the blanks and line ends behind it."""
    last = node
    while not getattr(last, "flow_style", True) and last.value:
        end = last.value[-1]
        last = end[1] if isinstance(last, yaml.MappingNode) else end
    start, end = node.start_mark.index, last.end_mark.index
    return start, start + len(text[start:end].rstrip())


def _without_field(text: str, holder: yaml.MappingNode, field: str) -> str:
    places = [key.value for key, _ in holder.value]
    at = places.index(field)
    key, value = holder.value[at]
    if at + 1 < len(places):
        return text[: key.start_mark.index] + text[holder.value[at + 1][0].start_mark.index :]
    if at == 0:
        raise NoPlace((field,))
    _, before = _ends(text, holder.value[at - 1][1])
    _, end = _ends(text, value)
    return text[:before] + text[max(end, key.end_mark.index + 1) :]


def _with_field(
    text: str, holder: yaml.MappingNode, field: str, value: Value, order: Sequence[str]
) -> str:
    behind = _behind(holder, field, order)
    _, end = _ends(text, behind)
    if holder.flow_style:
        return f"{text[:end]}, {field}: {_written(value)}{text[end:]}"
    line = text.find("\n", end)
    end = len(text) if line < 0 else line
    column = holder.start_mark.column
    deeper = column + _DEEPER
    many = _is_list(value)
    told = f"\n{' ' * deeper}{_listed(value, deeper)}" if many else f" {_written(value)}"
    return f"{text[:end]}\n{' ' * column}{field}:{told}{text[end:]}"


def _behind(holder: yaml.MappingNode, field: str, order: Sequence[str]) -> yaml.Node:
    """The value that the new field follows. Raises NoPlace in a mapping of nothing."""
    if not holder.value:
        raise NoPlace((field,))
    before = list(order[: order.index(field)]) if field in order else []
    found = [value for key, value in holder.value if key.value in before]
    last: yaml.Node = found[-1] if found else holder.value[-1][1]
    return last


def _dashed(text: str, node: yaml.Node, holder: yaml.SequenceNode) -> int:
    """Where an item begins, its dash included."""
    at: int = node.start_mark.index
    return at if holder.flow_style else text.rindex("-", 0, at)


def _is_list(value: Value) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _listed(value: Value, column: int) -> str:
    assert isinstance(value, Sequence)
    return f"\n{' ' * column}".join(f"- {_written(one)}" for one in value)


def _written(value: Value) -> str:
    """On one line."""
    plain = list(value) if _is_list(value) and isinstance(value, Sequence) else value
    told = yaml.safe_dump(
        plain, allow_unicode=True, default_flow_style=True, width=float("inf"), sort_keys=False
    )
    return re.sub(r"\n(?:\.\.\.\n)?$", "", told)
