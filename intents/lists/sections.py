"""Where a notice's key tasks stand, when they stand as clauses under a heading of their own."""

from __future__ import annotations

from knowledge.model import Clause, Notice
from knowledge.snapshot import KnowledgeBase


def task_section(notice: Notice, kb: KnowledgeBase) -> Clause | None:
    """The section that is headed 重点任务, or in another way that the lexicon knows."""
    for heading in kb.lexicon.task_sections:
        found = next((c for c in notice.clauses if c.heading == heading), None)
        if found is not None:
            return found
    return None


def task_items(notice: Notice, kb: KnowledgeBase) -> list[str]:
    """The labels of its items, in their order."""
    section = task_section(notice, kb)
    if section is None:
        return []
    return [c.label for c in notice.clauses if c.label.startswith(f"{section.label}（")]
