"""Known questions judged without what is known of them: in folds, each by the others' askings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from knowledge.snapshot import KnowledgeBase

_FOLDS = 5


def apart(kb: KnowledgeBase, questions: Iterable[str]) -> dict[str, KnowledgeBase]:
    """For each question the snapshot to judge it by: one that knows neither it nor its fold."""
    known = frozenset(asking.question for asking in kb.askings.all)
    folds = [frozenset(q for q in known if _fold(q) == number) for number in range(_FOLDS)]
    without = [kb.without_askings(fold) if fold else kb for fold in folds]
    return {q: without[_fold(q)] if q in known else kb for q in questions}


def _fold(question: str) -> int:
    return int.from_bytes(hashlib.sha256(question.encode()).digest()[:8]) % _FOLDS
