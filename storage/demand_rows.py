"""A demand as it is handed in and as it is stored; its fields lie sealed, personal or not.

What a person wrote into any field may name somebody, so no field is left in clear.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping

from storage.life import Status
from storage.schema import demands
from storage.sealing import Keyring

Fields = dict[str, str | bool | None]
Key = tuple[str, int]
"""A sender and the number of the demand among the sender's own."""

Clean = Callable[[str, Collection[str]], str]
"""A text without the personal data in it, of which some are known: their values."""

FIELDS = "demands.fields"


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What the sender has told so far. `personal` names the fields that are personal data.

    `bureau` is the id of the bureau that serves `region`; `national`: the national office's
    support is asked for.
    """

    sender: str
    number: int
    notice: str
    campaign: str | None
    region: str | None
    channel: str
    status: Literal["draft", "submitted"]
    fields: Fields
    at: datetime
    personal: tuple[str, ...] = ()
    bureau: str | None = None
    national: bool = False

    @property
    def key(self) -> Key:
        return self.sender, self.number


@dataclass(frozen=True, slots=True)
class StoredDemand:
    """`moved` is when the demand came to its status, `updated` when anything in it changed."""

    id: int
    sender: str
    number: int
    notice: str
    campaign: str | None
    region: str | None
    channel: str
    status: Status
    fields: Fields
    created: datetime
    updated: datetime
    moved: datetime
    bureau: str | None = None
    national: bool = False
    personal: tuple[str, ...] = ()


COLUMNS = [demands.c[name] for name in StoredDemand.__dataclass_fields__]


def opened(row: RowMapping, keys: Keyring) -> StoredDemand:
    """A row of `COLUMNS`. Raises SealError."""
    values = dict(row)
    values["fields"] = keys.open_json(values["fields"], FIELDS)
    values["personal"] = tuple(values["personal"])
    return StoredDemand(**values)


def emptied(demand: StoredDemand, clean: Clean | None = None) -> Fields:
    """Its fields without the personal ones; the other texts as `clean` leaves them."""
    kept = {name: None if name in demand.personal else v for name, v in demand.fields.items()}
    if clean is None:
        return kept
    values = (demand.fields.get(name) for name in demand.personal)
    told = [value for value in values if isinstance(value, str)]
    return {n: clean(v, told) if isinstance(v, str) else v for n, v in kept.items()}
