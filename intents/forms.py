"""The printed forms of the notices, as questions name them."""

from __future__ import annotations

import re

from knowledge.snapshot import KnowledgeBase


def part_of_a_form(kb: KnowledgeBase, part: str) -> re.Pattern[str]:
    """Finds `part` behind a form's name (需求清单第一部分): that is no section of a notice."""
    labels = {(n.id, a.label) for n in kb.notices for a in n.attachments if a.columns}
    names = {
        kb.canonical(clause.heading)
        for notice in kb.notices
        for clause in notice.clauses
        if (notice.id, clause.label) in labels and clause.heading
    }
    behind = [f"(?<={re.escape(name)})" for name in sorted(names)]
    forms = "|".join([*behind, r"(?<=附件\d)"])
    return re.compile(f"(?:{forms})(?:里|中)?的?{part}")
