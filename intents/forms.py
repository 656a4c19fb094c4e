"""The numbers that are printed in notices and on their forms, as questions name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

_CLAUSE = re.compile(
    "第[(（]([一二三四五六七八九十]{1,3})[)）]条|(?<![一二三四五六七八九十])[(（]([一二三四五六七八九十]{1,3})[)）]"
)
_TABLE = re.compile("清单|任务")


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


def clause_numbered(text: str, notices: Sequence[Notice]) -> str | None:
    """The label of the clause that is called by its number (第（六）条) in a notice that has a
    table of tasks as well; None where that is meant, or several sections have the number."""
    match = _CLAUSE.search(text)
    if match is None or len(notices) != 1 or not notices[0].tasks or _TABLE.search(text):
        return None
    number = match[1] or match[2]
    found = [c.label for c in notices[0].clauses if c.label.endswith(f"（{number}）")]
    return found[0] if len(found) == 1 else None
