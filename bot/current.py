"""The knowledge base that is being served."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.snapshot import KnowledgeBase


@dataclass(slots=True)
class Current:
    """A reload builds a new snapshot and assigns it here; who has begun keeps the one it read."""

    kb: KnowledgeBase
