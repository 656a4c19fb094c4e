"""The fields of a value that was read: as a form shows them, and what was typed into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from knowledge.fields import NAMES
from knowledge.late import late
from knowledge.model import Attachment, Contact, Deadline, Notice, Period, Precision, Target, Task
from knowledge.strict import Strict
from knowledge.yaml_editing import Value, with_value
from knowledge.yaml_source import Loc

Kind = Literal["text", "date", "list", "precision", "clause", "yesno", "number"]

PRECISION: Mapping[Precision, str] = {
    "day": "到日（5月25日）",
    "month-start": "月初（11月初）",
    "month-end": "月底（6月底前）",
    "year-end": "年底（年底前）",
    "event": "没有写日期",
}
assert set(PRECISION) == set(get_args(Precision))

_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "deadlines": ("what", "due", "time", "precision", "inferred", "words", "who", "to", "clause"),
    "periods": ("what", "start", "end", "precision", "inferred", "words", "who", "clause"),
    "contacts": ("org", "names", "phones", "emails", "clause"),
    "attachments": ("label", "title", "columns", "clause"),
    "tasks": ("no", "title", "departments"),
    "targets": ("what", "value", "by", "clause"),
}
_WHERE_GIVEN: Mapping[str, tuple[str, ...]] = {
    "deadlines": ("open", "via"),
    "contacts": ("address",),
    "attachments": ("basics", "rows", "note"),
    "tasks": ("section",),
}
_MODELS: Mapping[str, type[Strict]] = {
    "": Notice,
    "deadlines": Deadline,
    "periods": Period,
    "contacts": Contact,
    "attachments": Attachment,
    "tasks": Task,
    "targets": Target,
}
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("due", "start", "end", "issued"), "date"),
    **dict.fromkeys(
        ("names", "phones", "emails", "columns", "basics", "rows", "departments"), "list"
    ),
    **dict.fromkeys(("no", "year"), "number"),
    "precision": "precision",
    "clause": "clause",
    "inferred": "yesno",
}
_DAY = late(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Field:
    """`typed` is what stands in the form: of a list a line each. `problem` is empty where all is
    well. `path` leads from the item to the value."""

    name: str
    label: str
    kind: Kind
    typed: str
    path: tuple[str, ...] = ()
    problem: str = ""


def fields_of(loc: Loc, item: Any) -> tuple[Field, ...]:
    """Those of a family's item, or the one of the head; `item` is as the YAML has it."""
    if len(loc) == 1:
        return (_field(str(loc[0]), item, ()),)
    family = str(loc[0])
    names = [*_ALWAYS[family], *(n for n in _WHERE_GIVEN.get(family, ()) if n in item)]
    found = [_field(name, item.get(name), (name,)) for name in names]
    completion = item.get("completion")
    if isinstance(completion, dict):
        field = _field("completion", completion.get("words"), ("completion", "words"))
        found.append(field)
    return tuple(found)


def _field(name: str, value: Any, path: tuple[str, ...]) -> Field:
    kind = _KINDS.get(name, "text")
    if kind == "precision" and value is None:
        value = "day"
    return Field(name, NAMES[name], kind, _typed(value), path)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def typed_into(fields: Sequence[Field], form: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields with what was typed, and what is wrong with it by itself."""
    return tuple(_filled(field, form.get(field.name, "").strip()) for field in fields)


def _filled(field: Field, typed: str) -> Field:
    problem = ""
    if typed and field.kind == "date" and _day_of(typed) is None:
        problem = f"“{typed[:20]}”不是日期，请写成2024-05-25这样"
    elif typed and field.kind == "number" and not (typed.isascii() and typed.isdigit()):
        problem = f"“{typed[:20]}”不是数字"
    elif field.kind == "text":
        typed = " ".join(typed.split())
    return replace(field, typed=typed, problem=problem)


def _day_of(typed: str) -> date | None:
    found = _DAY.fullmatch(typed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def with_fields(text: str, loc: Loc, before: Sequence[Field], after: Sequence[Field]) -> str:
    """The YAML with what was typed in place of what stood there; the rest stays as it was.

    Raises KnowledgeError, NoPlace.
    """
    order = tuple(_MODELS[str(loc[0]) if len(loc) > 1 else ""].model_fields)
    for old, new in zip(before, after, strict=True):
        if old.typed.split() != new.typed.split():
            text = with_value(text, (*loc, *new.path), _value(new), order)
    return text


def _value(field: Field) -> Value:
    """None where nothing was typed."""
    if field.kind == "yesno":
        return True if field.typed else None
    if not field.typed:
        return None
    if field.kind == "date":
        return _day_of(field.typed)
    if field.kind == "number":
        return int(field.typed)
    if field.kind == "list":
        return [line.strip() for line in field.typed.split("\n") if line.strip()]
    return field.typed
