"""A draft as the JSON object of `kb import --json` (contract: DESIGN.md section 5)."""

from __future__ import annotations

from typing import Any

from knowledge.importer.clauses import clauses_of
from knowledge.importer.draft import Draft
from knowledge.importer.facts import ContactFact, DeadlineFact, PeriodFact, TaskFact

Json = dict[str, Any]


def as_json(draft: Draft, file: str) -> Json:
    """What the text does not hold is null or an empty list. `span` counts characters of the text
    that was read."""
    head = draft.head
    return {
        "file": file,
        "issuer": head.issuer,
        "doc_number": head.doc_number,
        "title": head.title,
        "issued": head.issued.isoformat() if head.issued else head.issued_month,
        "region": head.region,
        "clauses": [
            {"label": c.label, "heading": c.heading, "text": c.text} for c in clauses_of(draft)
        ],
        "deadlines": [_deadline(d) for d in draft.deadlines],
        "periods": [_period(p) for p in draft.periods],
        "contacts": [_contact(c) for c in draft.contacts],
        "attachments": [
            {
                "label": a.label,
                "title": a.title,
                "columns": [*a.basics, *(a.columns or ())] or None,
                "span": a.span,
            }
            for a in draft.attachments
        ],
        "tasks": [_task(t) for t in draft.tasks],
    }


def _deadline(d: DeadlineFact) -> Json:
    return {
        "what": d.what,
        "due": d.due,
        "time": d.time,
        "precision": d.precision,
        "inferred": d.inferred,
        "who": d.who,
        "to": d.to,
        "clause": d.clause,
        "quote": d.quote,
        "span": d.span,
    }


def _period(p: PeriodFact) -> Json:
    return {
        "what": p.what,
        "start": p.start,
        "end": p.end,
        "precision": p.precision,
        "inferred": p.inferred,
        "clause": p.clause,
        "quote": p.quote,
        "span": p.span,
    }


def _contact(c: ContactFact) -> Json:
    return {
        "org": c.org,
        "name": "、".join(c.names) or None,
        "phones": c.phones,
        "emails": c.emails,
        "clause": c.clause,
        "span": c.span,
    }


def _task(t: TaskFact) -> Json:
    return {
        "no": t.no,
        "title": t.title,
        "departments": t.departments,
        "completion": t.completion,
        "scope": "；".join(f"{s.level}：{s.who}{s.duty}" for s in t.scopes) or None,
        "clause": t.clause,
        "span": t.span,
    }
