"""What the importer understood: typed facts, each with the spans of its values.

`sure` is 0 to 1; below `LOOK` the admin is asked to look first. `look` says at what, in Chinese.
`spans` names each value by its field (`due`, `who`, `phones`); a value without a span is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from knowledge.importer.passage import Span
from knowledge.model import Duty, Kind, Precision

LOOK = 0.8
_NOWHERE: Mapping[str, Span] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`clause` is the label of the place that it stands in; `span` covers all that it says."""

    clause: str
    span: Span
    spans: Mapping[str, Span] = field(default_factory=lambda: _NOWHERE)
    sure: float = 1.0
    look: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact(Fact):
    """`due` is an ISO date, `--07-31` where the year stays open, `P3D` for a term counted from
    an event (working days too), None where the text gives no date. `words` are the text's own for
    the date, `quote` is the sentence."""

    what: str
    who: str | None = None
    to: str | None = None
    via: str | None = None
    due: str | None = None
    time: str | None = None
    precision: Precision = "day"
    inferred: bool = False
    words: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFact(Fact):
    """`start` and `end` are written as `DeadlineFact.due`."""

    what: str
    who: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision = "day"
    inferred: bool = False
    words: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFact(Fact):
    """Phones keep the text's digits, with `-` between area code, number and extension."""

    org: str | None = None
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFact(Fact):
    """`clause` is where the notice asks for it. `columns` is None where the form is not in the
    text; `basics` are the fields of its block of basic information, `rows` its printed rows."""

    label: str
    title: str
    basics: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    rows: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeFact:
    level: str
    who: str
    duty: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    """What one actor (国家知识产权局, 各地区, …) does, as the text words it."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact(Fact):
    """A row of a task table; `clause` is `附件 任务8`. `completion` are the table's words."""

    no: int
    title: str
    section: str
    departments: tuple[str, ...] = ()
    completion: str | None = None
    scopes: tuple[ScopeFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFact(Fact):
    """A figure to be reached: `what` 发明专利审查周期, `value` 18.5个月, `by` 2021年底."""

    what: str
    value: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFact:
    title: str
    doc_number: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Who issued what, when, to whom. `spans` and `sure` are by field; what the text does not
    hold is None."""

    title: str | None
    issuer: str | None
    doc_number: str | None
    kind: Kind
    issued: date | None
    issued_month: str | None = None
    """`2023-04` where the sign-off gives only year and month."""
    region: str | None = None
    year: int | None = None
    campaign: str | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[CitedFact, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=lambda: _NOWHERE)
    sure: Mapping[str, float] = field(default_factory=dict)
    look: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The notice's own time, from which a left-out year is inferred. `year` without `issued`
    comes from the number, the title or the first whole date of the text, in this order."""

    issued: date | None
    year: int | None
