"""A draft as a notice's YAML file: what the admin looks over and the bot then answers from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from knowledge.importer.clauses import ClauseDraft, clauses_of
from knowledge.importer.draft import Draft
from knowledge.importer.facts import (
    AttachmentFact,
    ContactFact,
    DeadlineFact,
    PeriodFact,
    TargetFact,
    TaskFact,
)
from knowledge.importer.marks import departments_of
from knowledge.importer.naming import aliases_of, id_of, short_of
from knowledge.importer.passage import passage
from knowledge.model import Completion, Precision

Plain = dict[str, Any]

_NATION = "全国"
_UNTITLED = "（未识别标题）"
_EMPTY = "（原文此处没有文字）"


class _Dumper(yaml.SafeDumper):
    """Long texts stand as blocks that one can read and edit."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def yaml_of(draft: Draft, stem: str) -> str:
    """The file's text; `stem` is the name of the file that was read, without its suffix."""
    head = f"# {draft.head.title or stem}：由导入程序生成的草稿，请核对后发布\n"
    data = notice_of(draft, stem)
    return head + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def notice_of(draft: Draft, stem: str) -> Plain:
    """The notice as plain values, in the order of the model; null and empty values left out."""
    head = draft.head
    clauses = clauses_of(draft)
    known = _labels(draft, clauses)
    return _given(
        id=id_of(draft, stem),
        title=head.title or _UNTITLED,
        short=short_of(draft, stem),
        aliases=list(aliases_of(draft)),
        issuer=head.issuer,
        doc_number=head.doc_number,
        kind=head.kind,
        region=head.region or _NATION,
        year=head.year,
        issued=head.issued,
        campaign=head.campaign,
        addressees=list(head.addressees),
        cites=[_given(title=c.title, doc_number=c.doc_number) for c in head.cites],
        clauses=[_clause(c) for c in clauses],
        deadlines=[_deadline(d, head.issuer, known) for d in draft.deadlines],
        periods=[_period(p, known) for p in draft.periods],
        contacts=[_contact(c, head.issuer, known) for c in draft.contacts],
        attachments=[_attachment(a, known) for a in draft.attachments],
        tasks=[_task(t, head.year) for t in draft.tasks],
        targets=[_target(t, known) for t in draft.targets],
        form=_form(draft),
    )


def _given(**fields: Any) -> Plain:
    return {name: value for name, value in fields.items() if value not in (None, [], (), "")}


def _labels(draft: Draft, clauses: Iterable[ClauseDraft]) -> frozenset[str]:
    """What a fact may be anchored to."""
    tasks = (t.clause for t in draft.tasks)
    attachments = (a.label for a in draft.attachments)
    return frozenset([*(c.label for c in clauses), *tasks, *attachments, "落款", "发文信息"])


def _anchor(label: str, known: frozenset[str]) -> str:
    """The label, or its nearest parent that is a clause."""
    while label not in known and label:
        label = label[:-1].rstrip(" （")
    return label or "发文信息"


def _clause(c: ClauseDraft) -> Plain:
    marks = departments_of(passage(c.text)) if c.text else ()
    contents = c.contents if not c.text else ""
    return _given(
        label=c.label,
        heading=c.heading,
        summary=contents or (None if c.text else _EMPTY),
        text=c.text,
        departments=list(marks),
    )


def _whole_name(name: str | None, issuer: str | None) -> str | None:
    """我局知识产权运用促进司 with the issuer's own name, which the head gives."""
    if name is None or issuer is None or "、" in issuer:
        return name
    for own in ("我局", "我厅", "我委", "我部", "我办", "我会"):
        if name.startswith(own):
            return issuer + name.removeprefix(own)
    return name


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text[:1].isdigit() else None


def _deadline(d: DeadlineFact, issuer: str | None, known: frozenset[str]) -> Plain:
    due = _day(d.due)
    return _given(
        clause=_anchor(d.clause, known),
        what=d.what,
        who=d.who,
        to=_whole_name(d.to, issuer),
        via=d.via,
        due=due,
        open=d.due if due is None else None,
        time=d.time,
        precision=d.precision if d.due else "event",
        inferred=d.inferred or None,
        words=d.words,
    )


def _period(p: PeriodFact, known: frozenset[str]) -> Plain:
    start, end = _day(p.start), _day(p.end)
    return _given(
        clause=_anchor(p.clause, known),
        what=p.what,
        who=p.who,
        start=start,
        end=end,
        precision=p.precision if start or end else "event",
        inferred=(p.inferred and bool(start or end)) or None,
        words=p.words,
    )


def _contact(c: ContactFact, issuer: str | None, known: frozenset[str]) -> Plain:
    return _given(
        clause=_anchor(c.clause, known),
        org=_whole_name(c.org, issuer),
        names=list(c.names),
        phones=list(c.phones),
        emails=list(c.emails),
        address=c.address,
    )


def _attachment(a: AttachmentFact, known: frozenset[str]) -> Plain:
    return _given(
        label=a.label,
        title=a.title,
        clause=_anchor(a.clause, known),
        basics=list(a.basics),
        columns=list(a.columns) if a.columns is not None else None,
        rows=list(a.rows),
        note=a.note,
    )


def _task(t: TaskFact, year: int | None) -> Plain:
    return _given(
        no=t.no,
        clause=t.clause,
        title=t.title,
        section=t.section or t.title,
        departments=list(t.departments),
        completion=_completion(t.completion, year) if t.completion else None,
        scopes=[{"level": s.level, "who": s.who, "duty": s.duty} for s in t.scopes],
        actions=[{"by": a.by, "summary": a.text} for a in t.actions],
    )


def _completion(words: str, year: int | None) -> Plain:
    """年底前完成 is the notice's year's last day; other words stay words."""
    due = date(year, 12, 31) if year and words.startswith("年底前") else None
    precision: Precision = "year-end" if due else "event"
    return _given(**Completion(words=words, due=due, precision=precision).model_dump())


def _target(t: TargetFact, known: frozenset[str]) -> Plain:
    return _given(clause=_anchor(t.clause, known), what=t.what, value=t.value, by=t.by)


def _form(draft: Draft) -> Plain | None:
    if draft.form is None:
        return None
    return draft.form.model_dump(exclude_defaults=True)
