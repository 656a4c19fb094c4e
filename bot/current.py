"""The knowledge base that is being served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.snapshot import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Ready:
    """A snapshot that was built, and warmed, for what is about to be published; its files."""

    texts: Mapping[str, str]
    kb: KnowledgeBase


@dataclass(slots=True)
class Current:
    """A reload builds a new snapshot and assigns it here; who has begun keeps the one it read.

    `revision` is the number of what was published; 0 is the settings' directory as it was found.
    Where just what is `ready` is published, it is served, and not built again.
    """

    kb: KnowledgeBase
    revision: int = 0
    ready: Ready | None = None
