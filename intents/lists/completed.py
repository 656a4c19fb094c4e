"""When the tasks that are asked for are to be done, in the words of their table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_LAST = 3  # characters by which 年底前 and 年底前完成 are the same


@dataclass(frozen=True, slots=True)
class Completion:
    """`words` as the question says them; `other`: those that end otherwise are asked for (不是
    阶段性成果的). `rest` is the question without them, and without what it sets aside."""

    words: str
    other: bool
    rest: str

    def meets(self, unit: Unit) -> bool:
        """Whether the task is to be done so."""
        fact = unit.fact
        if not isinstance(fact, Task) or fact.completion is None:
            return False
        said = fact.completion.words
        return (self.words[-_LAST:] in said or self.words in said) != self.other


def completion_in(text: str, kb: KnowledgeBase) -> Completion | None:
    """年底前完成, 不是阶段性成果那种: what is set aside counts only where nothing else is said."""
    said = kb.lexicon.completions.expression
    apart = _set_aside(said.pattern)
    bare = apart.sub("\n", text)
    if match := said.search(bare):
        return Completion(match[0], False, said.sub("\n", bare))
    if match := apart.search(text):
        inner = said.search(match[0])
        assert inner is not None
        return Completion(inner[0], True, bare)
    return None


@lru_cache(maxsize=4)
def _set_aside(said: str) -> re.Pattern[str]:
    """What is ``said`` not to be meant."""
    return re.compile(
        f"(?:而|并)?(?:不是|不算|不含|不要|不包括|除了|除开|除去|非)(?:那种|只是|只|写|要求|的)*(?:{said})"
        "(?:的)?(?:那|这)?(?:[些种类个项])?(?:以外|之外|外)?"
    )
