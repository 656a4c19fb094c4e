"""For whom a task of a table is a duty, a choice, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from intents.lists.subject import holds_most, spelled
from intents.query import Query
from knowledge.cues import Audience
from knowledge.late import late
from knowledge.model import Notice, Scope, Task
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_TO_DO = late("(?:才|就)?[要须需得]?(?:必须|必)?[做干办]的?|派活|派了?")
_MOST_OF_SCOPE = 0.6
_WORD = 3


def is_duty(unit: Unit, query: Query, kb: KnowledgeBase) -> bool:
    """Whether one of the task's scopes has the duty, at the level that the question names."""
    fact = unit.fact
    if not isinstance(fact, Task):
        return False
    scopes = [s for s in fact.scopes if query.duty in (None, s.duty)]
    if longest := _scope_named(query, kb):
        return any(longest in s.who for s in scopes)
    if part := _part_of_one(query, kb):
        return any(part in s.who or holds_most(s.who, [part]) for s in scopes)
    if not any(names_level(w, kb) for w in query.segments):
        return bool(scopes)
    if query.duty is None and _of_anybody(query.subject, kb):
        return any(not _issues(a.by, unit.notice) for a in fact.actions)
    acts = query.duty is None and _acts(fact, query.subject, kb)
    return acts or any(_is_for(query.subject, s, kb) for s in scopes)


def _audience(text: str, kb: KnowledgeBase) -> Audience | None:
    """For whom tasks are, as the text calls them."""
    return next((a for a in kb.lexicon.audiences if any(w in text for w in a.words)), None)


def _of_anybody(text: str, kb: KnowledgeBase) -> bool:
    audience = _audience(text, kb)
    return audience is not None and audience.anybody


def whose(query: Query, kb: KnowledgeBase) -> str:
    """Those whose duty is asked for, as the question calls them."""
    if longest := _scope_named(query, kb):
        return longest
    said = list(kb.lexicon.audience_words.finditer(query.subject))
    return query.subject[said[0].start() : said[-1].end()] if said else ""


def _scope_named(query: Query, kb: KnowledgeBase) -> str:
    """The longest of the scopes' own words that the question says."""
    return max((who for who in scopes_of(kb) if who in query.subject), key=len, default="")


def _acts(task: Task, text: str, kb: KnowledgeBase) -> bool:
    """Whether those whom the text names have a part of their own in the task: 有关地市."""
    said = kb.lexicon.audience_words.findall(text)
    return any(word in action.by for word in said for action in task.actions)


def _part_of_one(query: Query, kb: KnowledgeBase) -> str | None:
    """A word that stands in the scopes as it is said: 示范区 in 第一批、第二批示范区."""
    words = [_TO_DO.sub("", word) for word in query.segments]
    ends = [end for audience in kb.lexicon.audiences for end in audience.words]
    words += [w.removesuffix(end) for w in words for end in ends if w.endswith(end)]
    names = scopes_of(kb)
    held = (w for w in words if len(w) >= _WORD and any(w in who for who in names))
    if part := next(held, None):
        return part
    near = (w for w in words if len(w) > _WORD)
    return next((w for w in near if any(holds_most(who, [w]) for who in names)), None)


@lru_cache(maxsize=4)
def scopes_of(kb: KnowledgeBase) -> frozenset[str]:
    """For whom tasks are, in all notices."""
    return frozenset(s.who for n in kb.notices for t in n.tasks for s in t.scopes)


@lru_cache(maxsize=4)
def actors_of(kb: KnowledgeBase) -> frozenset[str]:
    """Who does something for a task, besides those who issued the notice."""
    return frozenset(
        a.by for n in kb.notices for t in n.tasks for a in t.actions if a.by != n.issuer
    )


def named_actor(query: Query, kb: KnowledgeBase) -> str | None:
    """Those of the tasks' own actors whom the question names word for word: 有条件的地区."""
    named = (by for by in actors_of(kb) if spelled(by, kb) in query.text)
    return max(named, key=len, default=None)


def of_actor(units: Sequence[Unit], actor: str) -> list[Unit]:
    """The tasks in which the actor has a part of its own."""
    return [
        u for u in units if isinstance(u.fact, Task) and any(a.by == actor for a in u.fact.actions)
    ]


def taken_wrongly(task: Task, query: Query, kb: KnowledgeBase) -> bool:
    """Whether the task is not the duty, or choice, that those whom the question names are
    believed to have in it."""
    named = bool(kb.lexicon.audience_words.search(query.text))
    mine = [s for s in task.scopes if _is_for(query.text, s, kb)] if named else task.scopes
    return query.duty not in {s.duty for s in mine}


def of_others(units: Sequence[Unit], query: Query, kb: KnowledgeBase) -> list[Unit]:
    """The tasks that are neither duty nor choice of those whom the question names."""
    return [
        u
        for u in units
        if isinstance(u.fact, Task)
        and not _acts(u.fact, query.text, kb)
        and not any(_is_for(query.text, s, kb) for s in u.fact.scopes)
    ]


def of_nobody_else(units: Sequence[Unit]) -> list[Unit]:
    """The tasks that ask nothing of anybody but those who issued the table."""
    return [
        u
        for u in units
        if isinstance(u.fact, Task)
        and not u.fact.scopes
        and u.fact.actions
        and all(_issues(a.by, u.notice) for a in u.fact.actions)
    ]


def _issues(who: str, notice: Notice) -> bool:
    """A table without an issuer of its own is of those who come first in its tasks."""
    first = notice.tasks[0].actions[:1] if notice.tasks else ()
    return who == notice.issuer or any(who == action.by for action in first)


def names_level(word: str, kb: KnowledgeBase) -> bool:
    """Whether the word says for whom tasks are, in the words of their scopes, and hardly more."""
    if not kb.lexicon.audience_words.search(word):
        return False
    bare = _TO_DO.sub("", kb.lexicon.noun("tasks").sub("", word))
    if len(kb.lexicon.audience_words.sub("", bare)) <= 2:
        return True
    whom = {pair for who in scopes_of(kb) for pair in pairs(who)}
    return sum(pair in whom for pair in pairs(bare)) >= _MOST_OF_SCOPE * (len(bare) - 1)


def _is_for(subject: str, scope: Scope, kb: KnowledgeBase) -> bool:
    """Whether the scope is for those whom the subject names."""
    audience = _audience(subject, kb)
    if audience is not None and audience.anybody:
        return True
    if audience is not None and not audience.is_open:
        part = audience.part is not None and audience.part in scope.who
        return part or scope.level == audience.level or scope.who == audience.who
    asked = set(pairs(subject))
    return scope.level[:1] in subject or bool(asked & set(pairs(scope.who)))
