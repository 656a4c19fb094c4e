"""The evaluation for scripts: the same as the report, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.evaluating.asking import Outcome, traced
from bot.evaluating.table import MEASURES, Column, confusions
from knowledge.snapshot import KnowledgeBase


def targets() -> dict[str, float]:
    """By the measure's name: points at least, or of what is counted the most."""
    return {m.name.strip(): m.target for m in MEASURES if m.target is not None}


def columns(found: Iterable[Column]) -> dict[str, Any]:
    return {
        one.name: {
            "measures": {
                measure.name.strip(): {"right": share.right, "of": share.of}
                for measure, share in zip(MEASURES, one.shares, strict=True)
            },
            "longest": one.longest,
            "longest_list": one.longest_list,
            "p50": round(one.p50, 3),
            "p99": round(one.p99, 3),
        }
        for one in found
    }


def confused(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {"expected": expected, "got": got, "times": times}
        for (expected, got), times in confusions(outcomes).most_common()
    ]


def missed(outcome: Outcome, typed: str, kb: KnowledgeBase, now: datetime) -> dict[str, Any]:
    golden, reply = outcome.case.golden, outcome.reply
    return {
        "id": outcome.case.id,
        "as": typed,
        "q": golden.q,
        "asked": outcome.asked,
        "context": list(golden.context),
        "expected": {"kind": golden.kind, "clauses": golden.clauses, "facts": golden.facts},
        "got": {
            "kind": reply.kind,
            "text": reply.plain,
            "citations": [asdict(citation) for citation in reply.citations],
        },
        "reasons": outcome.reasons,
        "wrong": outcome.wrong,
        "trace": asdict(traced(kb, outcome, now)),
    }
