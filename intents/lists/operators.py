"""What a question does with what it names: counts it, narrows it, reckons or compares.

A question is of a kind only if nothing is left over that its answer does not hold. `left` is what
remains once the names, the words of the kind and those that only ask are taken off.
"""

from __future__ import annotations

import re
from functools import lru_cache

from intents.blanking import GAP
from intents.lists.subject import says_little, spelled
from intents.query import Query
from knowledge.late import late
from knowledge.lexicon import Operator
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase

_RUN = late("[\u4e00-\u9fffa-z0-9.%]+")
_YEARS = late(r"(?:20)?\d\d年?(?![月日号天])")
_ONE = "一"
_PARTICLES = "的了是在要有和与跟同及从自给把被由这那里吗呢吧啊呀也又还就都来去一个"
# 全国 beside the name of a notice is a part of it.
OF_ALL = late(f"(?:全国|国家)(?:的|那[个次])?(?={GAP})|(?<={GAP})全国(?:的|那[个次])?")
_NEVER = late("(?!)")


class Reading:
    """A question's words, read for operators. Pure; made anew for each question."""

    def __init__(self, query: Query, kb: KnowledgeBase) -> None:
        self._kb = kb
        text = query.rest or query.text
        for department in sorted(query.departments, key=len, reverse=True):
            text = text.replace(spelled(department, kb), GAP)
        self.text = OF_ALL.sub(GAP, text)

    def expression(self, operator: Operator) -> re.Pattern[str]:
        cues = self._kb.lexicon.operators.get(operator)
        return cues.expression if cues else _NEVER

    def has(self, *operators: Operator) -> bool:
        """Whether the question has one of them."""
        return any(self.expression(operator).search(self.text) for operator in operators)

    def left(self, *operators: Operator, text: str | None = None) -> tuple[str, ...]:
        """What the question (or `text`, a part of it) says besides these operators."""
        rest = self.text if text is None else text
        for operator in (*operators, "asking"):
            rest = self.expression(operator).sub(GAP, rest)
        rest = self._kb.lexicon.fillers.sub(GAP, rest)
        runs = (self._trimmed(match[0]) for match in _RUN.finditer(rest.replace(GAP, "\n")))
        return tuple(run for run in runs if self._says(run))

    def _says(self, run: str) -> bool:
        """Whether it may be asked for: a word of the notices, or more than little."""
        if not says_little(run):
            return True
        known = (pair for pair in pairs(run) if not LITTLE.issuperset(pair))
        return any(self._kb.index.knows(pair) for pair in known)

    def _trimmed(self, run: str) -> str:
        """Without years and the particles at its edges, unless one begins a name (一带一路)."""
        bare = _YEARS.sub("", run)
        trimmed = bare.strip(_PARTICLES)
        begins = f"{_ONE}{trimmed[:1]}"
        named = trimmed and f"{_ONE}{trimmed}" in bare and self._kb.repair.is_name(begins)
        return f"{_ONE}{trimmed}" if named else trimmed


@lru_cache(maxsize=256)
def reading(query: Query, kb: KnowledgeBase) -> Reading:
    return Reading(query, kb)
