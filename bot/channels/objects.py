"""Reading JSON that a platform wrote: what is not as documented is absent, or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.channels.envelope import Reason, Rejected, printable
from knowledge.late import late

Object = Mapping[str, Any]

_ID = late(r"[\x21-\x7e]{1,256}")


def json_object(raw: str | bytes) -> Object:
    """Raises Rejected unless it is one."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise Rejected(Reason.CONTENT) from None
    if not isinstance(value, dict):
        raise Rejected(Reason.CONTENT)
    return value


def object_of(data: Object, name: str) -> Object:
    """The object in that field, or an empty one."""
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def objects_of(data: Object, name: str) -> list[Object]:
    value = data.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(data: Object, name: str) -> str:
    """The text in that field without what XML and databases cannot hold, or none."""
    value = data.get(name)
    return printable(value).strip() if isinstance(value, str) else ""


def id_of(data: Object, name: str) -> str:
    """An id of the platform's. Raises Rejected where there is none."""
    value = data.get(name)
    if not (isinstance(value, str) and _ID.fullmatch(value)):
        raise Rejected(Reason.IDENTITY)
    return value


def storable(value: Any) -> Any:
    """The same JSON without the characters that no database holds."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {printable(name): storable(inside) for name, inside in value.items()}
        case list():
            return [storable(inside) for inside in value]
        case _:
            return value
