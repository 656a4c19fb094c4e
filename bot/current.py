"""The knowledge base that is being served."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.snapshot import KnowledgeBase


@dataclass(slots=True)
class Current:
    """A reload builds a new snapshot and assigns it here; who has begun keeps the one it read.

    `revision` is the number of what was published; 0 is the settings' directory as it was found.
    """

    kb: KnowledgeBase
    revision: int = 0
