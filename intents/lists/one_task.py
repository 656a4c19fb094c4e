"""One task of a table that a question names: whose it is, and for whom it is a duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intents.claims import confirms
from intents.lists.completed import completion_in
from intents.lists.duties import names_level, taken_wrongly
from intents.lists.operators import reading
from intents.lists.subject import rest_of
from intents.lists.tables import tasks_of, told
from intents.query import Query
from intents.result import Answer
from intents.select import in_order, meets
from intents.telling import tell
from intents.understand import duties_in
from intents.wording import answers as say
from intents.wording import tasks as of_tasks
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.model import Task
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_HELD = 0.75
_WHOLE: tuple[tuple[Aspect, ...], ...] = (("content",), ("list",))
_SINGLED = late(
    "[那这]一?[项条件块](?!任务)|(?:哪些|哪几个|什么|哪[几些]?类)(?:地方|省份?|地市|城市|市|地区)"
)


def duty_of_one(query: Query, kb: KnowledgeBase) -> Answer | None:
    """人才队伍建设是必做还是选做: None unless the words are those of one task, that says it."""
    if query.departments or ("list" in query.asks and not _singles_out(query)):
        return None
    words = _words(query, kb)
    units = [u for u in tasks_of(query, kb) if isinstance(u.fact, Task)]
    if not words or not units:
        return None
    first = in_order({u.notice for u in units}, query.scope, kb)[0]
    unit = _most_about([u for u in units if u.notice is first], words, kb)
    return _duties(unit, query, kb) if unit is not None else None


def believed_of_one(query: Query, kb: KnowledgeBase) -> Answer | None:
    """第20项是各省必做对吧: set right where it is not; None where nothing is believed."""
    if query.duty is None or query.departments or query.asks[:1] not in ((), *_WHOLE):
        return None
    units = [u for u in tasks_of(query, kb) if meets(u, query.scope, kb)]
    return _duties(units[0], query, kb) if len(units) == 1 else None


def completion_of_one(query: Query, kb: KnowledgeBase) -> Answer | None:
    """任务18是年底前完成吧: when it is to be done; set right where that is wrong."""
    done = completion_in(query.rest, kb)
    units = [u for u in tasks_of(query, kb) if meets(u, query.scope, kb)]
    if done is None or (query.scope.task is None and query.scope.item is None) or len(units) != 1:
        return None
    task = units[0].fact
    if not isinstance(task, Task) or task.completion is None:
        return None
    line = of_tasks.completed(task)
    if confirms(query.text) and not done.meets(units[0]):
        line = f"{of_tasks.not_so()}{line}"
    return told([line], units[0].notice, [units[0].label], query, kb)


def _duties(unit: Unit, query: Query, kb: KnowledgeBase) -> Answer | None:
    """Whose duty, or choice, the task is; that it is not what it was believed to be."""
    task = unit.fact
    if not isinstance(task, Task) or not any(t.scopes for t in unit.notice.tasks):
        return None
    line = say.departments(task.title, task.departments, task)
    if not task.scopes:
        line = of_tasks.no_scopes(task)
    believed = len(duties_in(query.text)) == 1 and confirms(query.text)
    if query.duty is not None and believed and taken_wrongly(task, query, kb):
        line = f"{of_tasks.not_this_duty(query.duty)}{line}"
    return told([line], unit.notice, [unit.label], query, kb)


def part_in_one(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """任务12有关地市要做啥: what those who are named do in the task that is pointed at."""
    if query.scope.task is None or query.departments or query.asks[:1] not in _WHOLE:
        return None
    units = [u for u in tasks_of(query, kb) if meets(u, query.scope, kb)]
    if len(units) != 1 or not isinstance(units[0].fact, Task):
        return None
    unit, read = units[0], reading(query, kb)
    text = read.text
    for by in {action.by for action in units[0].fact.actions}:
        text = text.replace(by, "\n")
    text = kb.lexicon.audience_words.sub("\n", text)
    if text == read.text or read.left("share", "mention", "overview", "documents", text=text):
        return None
    return told([tell(unit, "content", query, kb, today)], unit.notice, [unit.label], query, kb)


def _singles_out(query: Query) -> bool:
    """那项, 这项: the list that is asked for is of those whose duty it is."""
    return bool(_SINGLED.search(query.text))


def _words(query: Query, kb: KnowledgeBase) -> list[str]:
    """What names the task: without whose duty is asked for, and without what only asks."""
    read = reading(query, kb)
    said = rest_of(query, kb)
    bare = (w for word in said for w in read.left("mention", "count", text=word))
    return [word for word in bare if not names_level(word, kb)]


def _most_about(units: Sequence[Unit], words: Sequence[str], kb: KnowledgeBase) -> Unit | None:
    """The only task that holds more of the words than any other, and most of them."""
    asked = [pair for word in words for pair in pairs(word)]
    if not asked:
        return None
    shares = [_share(asked, kb.canonical(u.name)) for u in units]
    if max(shares) < _HELD:
        shares = [_share(asked, kb.text_of(u)) for u in units]
    best = max(shares)
    return units[shares.index(best)] if best >= _HELD and shares.count(best) == 1 else None


def _share(asked: Sequence[str], text: str) -> float:
    return sum(pair in text for pair in asked) / len(asked)
