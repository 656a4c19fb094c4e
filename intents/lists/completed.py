"""When the tasks that are asked for are to be done, in the words of their table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


@dataclass(frozen=True, slots=True)
class Completion:
    """`words` of the table that the question means; `other`: those that end otherwise are asked for
    (不是阶段性成果的). `rest` is the question without them, and without what it sets aside."""

    words: str
    other: bool
    rest: str

    def meets(self, unit: Unit) -> bool:
        """Whether the task is to be done so."""
        fact = unit.fact
        if not isinstance(fact, Task) or fact.completion is None:
            return False
        return (self.words in fact.completion.words) != self.other


def completion_in(text: str, kb: KnowledgeBase) -> Completion | None:
    """年底前完成, 不是阶段性成果那种: what is set aside counts only where nothing else is said."""
    said = kb.lexicon.completions
    bare = text
    for cues in said.values():
        bare = _set_aside(cues.expression.pattern).sub("\n", bare)
    for words, cues in said.items():
        if cues.expression.search(bare):
            return Completion(words, False, cues.expression.sub("\n", bare))
    for words, cues in said.items():
        if _set_aside(cues.expression.pattern).search(text):
            return Completion(words, True, bare)
    return None


@lru_cache(maxsize=16)
def _set_aside(said: str) -> re.Pattern[str]:
    """What is ``said`` not to be meant."""
    return re.compile(
        "(?:(?:而|并)?(?:不是|不算|不含|不要|不包括|除了|除开|除去|非)|(?:大?多数|大部分|其[余他]|别的|剩下的?))"
        rf"(?:那种|都是|都|只是|只|写|要求|的)*\W?(?:{said})\W?"
        "(?:的)?(?:那|这)?(?:[些种类个项])?(?:以外|之外|外)?"
    )
