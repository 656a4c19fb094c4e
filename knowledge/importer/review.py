"""What an admin looks over: each value beside the sentence that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from knowledge.importer.draft import Draft
from knowledge.importer.facts import (
    LOOK,
    AttachmentFact,
    ContactFact,
    DeadlineFact,
    Fact,
    PeriodFact,
    TargetFact,
    TaskFact,
)
from knowledge.importer.passage import Span
from knowledge.yaml_source import Loc

_HEAD_FIELDS = {
    "title": "标题",
    "issuer": "发文单位",
    "doc_number": "文号",
    "issued": "发文日期",
    "region": "地区",
    "campaign": "活动",
    "year": "年份",
}
_FAMILIES = ("deadlines", "periods", "contacts", "attachments", "tasks", "targets")
_NONE = "（无）"


@dataclass(frozen=True, slots=True)
class Row:
    """`field` and `value` in Chinese as an admin reads them; `sentence` of the source, empty where
    the value stands nowhere; `look` what needs a look, empty where nothing does.

    `loc` is where it stands in the notice's YAML: `("issued",)`, `("deadlines", 2)`. `spans` says
    where its values were read, by the names of their fields there.
    """

    field: str
    value: str
    sentence: str
    sure: float
    look: str
    clause: str = ""
    loc: Loc = ()
    spans: Mapping[str, Span] = made(default_factory=dict)


def rows_of(draft: Draft) -> tuple[Row, ...]:
    """The least sure first; equals in reading order."""
    return tuple(sorted(all_rows(draft), key=lambda row: row.sure))


def all_rows(draft: Draft) -> Iterator[Row]:
    """In reading order: the head, then family by family."""
    yield from _head_rows(draft)
    for family in _FAMILIES:
        for place, fact in enumerate(getattr(draft, family)):
            yield _fact_row(fact, draft, (family, place))


def to_look_at(rows: tuple[Row, ...]) -> int:
    """How many values an admin should look at before the rest."""
    return sum(row.sure < LOOK or bool(row.look) for row in rows)


def _head_rows(draft: Draft) -> Iterator[Row]:
    head = draft.head
    for key, name in _HEAD_FIELDS.items():
        value = getattr(head, key)
        if key == "issued" and value is None:
            value = head.issued_month
        span = head.spans.get(key)
        yield Row(
            name,
            _NONE if value is None else str(value),
            _sentence(draft, span),
            head.sure.get(key, 1.0),
            head.look.get(key, ""),
            loc=(key,),
            spans={key: span} if span else {},
        )


def _fact_row(fact: Fact, draft: Draft, loc: Loc) -> Row:
    name, value = _told(fact)
    look = "；".join(fact.look)
    spans = fact.spans or {"": fact.span}
    return Row(name, value, _sentence(draft, fact.span), fact.sure, look, fact.clause, loc, spans)


def _sentence(draft: Draft, span: Span | None) -> str:
    return draft.outline.sentence_at(span) if span else ""


def _told(fact: Fact) -> tuple[str, str]:
    match fact:
        case DeadlineFact():
            when = " ".join(filter(None, (fact.due or fact.words, fact.time)))
            inferred = "（年份为推定）" if fact.inferred else ""
            return "截止时间", f"{when}{inferred} {fact.who or ''}{fact.what}{_to(fact.to)}"
        case PeriodFact():
            span = " 至 ".join(filter(None, (fact.start, fact.end))) or fact.words
            return "时间安排", f"{span} {fact.what}"
        case ContactFact():
            parts = (fact.org, "、".join(fact.names), *fact.phones, *fact.emails, fact.address)
            return "联系方式", " ".join(filter(None, parts))
        case AttachmentFact():
            columns = f"：{'、'.join(fact.columns)}" if fact.columns else ""
            return "附件", f"{fact.label} {fact.title}{columns}"
        case TaskFact():
            return "重点任务", f"{fact.no} {fact.title}"
        case TargetFact():
            return "目标", f"{fact.what} {fact.value}"
    raise TypeError(type(fact).__name__)


def _to(to: str | None) -> str:
    return f"（报送：{to}）" if to else ""
