"""Cues for key tasks that were given none, read out of their names and clauses.

A notice that was only imported says of a key task what its clause says, and nothing of how
enterprises speak. What stands in one task's words and in no other's points to that task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from intents.slots.choice import ReadTask, is_catch_all
from knowledge.late import late
from knowledge.lexicon import Lexicon
from knowledge.model import DemandForm, KeyTask, Notice
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase

_LONGEST = 8
_RUN = late("[\u4e00-\u9fffA-Za-z]+")


@lru_cache(maxsize=64)
def form_of(notice: Notice, kb: KnowledgeBase) -> DemandForm | None:
    """The notice's demand form, every key task but the one for all else with cues."""
    form = notice.form
    if form is None or all(task.cues or is_catch_all(task.name) for task in form.key_tasks):
        return form
    said = {task.name: _said(task, notice) for task in form.key_tasks}
    tasks = tuple(t if t.cues else _with_cues(t, said, kb.lexicon) for t in form.key_tasks)
    return form.model_copy(update={"key_tasks": tasks})


def _said(task: KeyTask, notice: Notice) -> str:
    """What the notice says of the task: its name, and the clause that it names or that is so
    headed, with the words that its summary leaves out."""
    told = [task.name, *task.cues]
    for clause in notice.clauses:
        if clause.label == task.clause or _core(task.name) in _core(clause.heading):
            told += [clause.heading, clause.body, *clause.keywords]
    return "\n".join(told)


def _core(name: str) -> str:
    return re.sub(r"[“”\"《》\s]|^开展|行动$", "", name)


def _with_cues(task: KeyTask, said: Mapping[str, str], lexicon: Lexicon) -> KeyTask:
    if is_catch_all(task.name):
        return task
    others = "\n".join(text for name, text in said.items() if name != task.name)
    between = lexicon.words_of_any_task.sub(" ", said[task.name])
    cues = dict.fromkeys(word for word in _words(between) if word not in others)
    return ReadTask(name=task.name, clause=task.clause, cues=tuple(cues))


def _words(text: str) -> Iterable[str]:
    """Every stretch that could be a word or a few."""
    for run in _RUN.findall(text):
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                if LITTLE.isdisjoint(run[start:end]):
                    yield run[start:end]
