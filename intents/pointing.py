"""Which clause a message points at from the one told last: the next, the second, that very one."""

from __future__ import annotations

from intents.conversation import Topic
from intents.lists.sections import task_section
from intents.numbered import PART
from intents.proof import SIGNED
from intents.query import Query
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.model import Notice
from knowledge.normalise import number
from knowledge.snapshot import KnowledgeBase

_NEIGHBOUR = late("((?<!最)[上下前后])一?(?:条|项|个|款|步|阶段|环节)")
_OTHER = late("另(?:外)?[一那]?(?:个|张|份)(?!问题|事)")
NTH = late(r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:个|项|条|款|点|种|步|件|大)")
_LAST = late("最后(?:那)?一?(?:个|项|条|款|点|种|步|件)")
_THAT_VERY = late("^(?:那么?,?)?[这那该]一?[项条](?!通知|活动|文件|[一二三四五六七八九十几])")
_ITEM = late("(.+)（[一二三四五六七八九十]+）")
# Asked with no subject, these are about the very clause that was told.
_OF_THE_CLAUSE: tuple[Aspect, ...] = (
    "deadline", "period", "when", "over", "who", "where", "target", "columns", "list", "content",
)  # fmt: skip
_BARE_NUMBER = late(
    r"(?:那|那么)?,?第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:项|个|条)?(?:呢|嘞|咧)[?]?"
)
_WHICH = "的那这有关个些"
_DOES = late("上?(?:要|该|得|需要|应该)?(?:干|做|办|搞|弄)(?:点|些)?$")
_HARDLY = 6
_HANDED_IN = late("材料|东西")


def pointed_at(query: Query, topic: Topic, kb: KnowledgeBase) -> str | None:
    """The label of the clause, task or attachment that is meant; None where none is pointed at."""
    known = len(topic.notices) >= 1 and kb.get(topic.notices[0]) is not None
    if not known or query.values or query.outside:
        return None
    notice = kb.notice(topic.notices[0])
    if task := _task_counted(query, notice, topic):
        return task
    if _names(query):
        return None
    if part := _part_of_told(query, notice, topic, kb):
        return part
    if len(query.subject) <= _HARDLY and (found := _in_order(query.text, notice, topic, kb)):
        return found
    if len(query.subject) <= _HARDLY and _is_that_very_one(query, topic):
        return topic.label
    if query.segments or topic.label is None or query.scope.pointed or len(topic.notices) != 1:
        return None
    if query.asks[:1] == ("attachment",) and _HANDED_IN.search(query.text):
        return topic.label
    whole = topic.label in SIGNED  # what was told there is of the document as a whole
    same = bool(query.asks) and query.asks[0] in _OF_THE_CLAUSE and not topic.subject and not whole
    return topic.label if query.duty or same or _is_task_asked(query, topic) else None


def _task_counted(query: Query, notice: Notice, topic: Topic) -> str | None:
    """23呢, after task 22 of a table was told: its task 23, and no year."""
    match = _BARE_NUMBER.fullmatch(query.text)
    if match is None or topic.label is None or len(topic.notices) != 1:
        return None
    labels = [task.clause for task in notice.tasks]
    wanted = f"附件 任务{number(match[1])}"
    return wanted if topic.label in labels and wanted in labels else None


def _part_of_told(query: Query, notice: Notice, topic: Topic, kb: KnowledgeBase) -> str | None:
    """Asked for are those of whom a part of the task that was told is asked (地市呢), or a part of
    the form that was told (第二部分呢)."""
    if topic.label is None or len(topic.notices) != 1:
        return None
    if query.scope.labels and not query.segments and PART.search(query.text):
        return topic.label if topic.label in [a.label for a in notice.attachments] else None
    told = next((task for task in notice.tasks if task.clause == topic.label), None)
    if told is None or query.scope.pointed or query.asks not in ((), ("content",)):
        return None
    bare = (_DOES.sub("", segment.strip(_WHICH)) for segment in query.segments)
    said = [word for word in bare if word]
    whose = kb.lexicon.audience_words
    meant = [w for w in said if whose.fullmatch(w) or any(w in a.by for a in told.actions)]
    return topic.label if meant and len(meant) == len(said) else None


def sheet_of(topic: Topic, kb: KnowledgeBase) -> str:
    """The label of the one attachment that the place told last speaks of; else its own. A topic
    with a label is given."""
    own = topic.label or ""
    notice = kb.get(topic.notices[0])
    if notice is None:
        return own
    told = "\n".join(kb.text_of(unit) for unit in kb.units_of(notice) if unit.label == own)
    named = [sheet.label for sheet in notice.attachments if sheet.label in told]
    return named[0] if len(named) == 1 else own


def _names(query: Query) -> bool:
    scope = query.scope
    return bool(scope.notices or scope.years or scope.regions or scope.level or scope.campaign)


def _is_that_very_one(query: Query, topic: Topic) -> bool:
    """这项什么时候要有结果: asked of the one place that was told."""
    asked = query.asks[:1] and query.asks[0] in _OF_THE_CLAUSE
    told = topic.label is not None and len(topic.notices) == 1 and not query.scope.pointed
    return bool(told and asked and _THAT_VERY.search(query.text))


def _is_task_asked(query: Query, topic: Topic) -> bool:
    """A task says who must do it, and what: 哪些省要做, 那地方上要做什么, 它的指标是多少."""
    of_a_task = topic.label is not None and topic.label.startswith("附件 任务")
    return of_a_task and query.asks[:1] in (("list",), ("content",), ("target",))


def _in_order(text: str, notice: Notice, topic: Topic, kb: KnowledgeBase) -> str | None:
    if match := _NEIGHBOUR.search(text):
        step = -1 if match[1] in "上前" else 1
        return _neighbour(notice, topic.label, step)
    if _OTHER.search(text):
        return _the_other(notice, topic.label)
    if match := NTH.search(text):
        at = (number(match[1]) or 0) - 1
    elif _LAST.search(text):
        at = -1
    else:
        return None
    row = _row(notice, topic, kb)
    return row[at] if row and at < len(row) else None


def _neighbour(notice: Notice, label: str | None, step: int) -> str | None:
    labels = [clause.label for clause in notice.clauses] + [task.clause for task in notice.tasks]
    place = labels.index(label) + step if label in labels else -1
    return labels[place] if 0 <= place < len(labels) else None


def _the_other(notice: Notice, label: str | None) -> str | None:
    """Of two attachments the one that was not told."""
    labels = [attachment.label for attachment in notice.attachments]
    others = [other for other in labels if other != label]
    return others[0] if label in labels and len(others) == 1 else None


def _row(notice: Notice, topic: Topic, kb: KnowledgeBase) -> list[str]:
    """The row that the counting goes along: the list told last, or the one that it stands in."""
    labels = list(topic.labels)
    items = [label for label in labels if _ITEM.fullmatch(label) or " 任务" in label]
    if len(items) > 1:
        return items
    if notice.tasks and any(label.startswith("附件") for label in labels):
        return [task.clause for task in notice.tasks]
    attachments = [attachment.label for attachment in notice.attachments]
    if labels and all(label in attachments for label in labels):
        return attachments
    within = _ITEM.fullmatch(labels[0]) if len(labels) == 1 else None
    section = within[1] if within else (labels[0] if len(labels) == 1 else None)
    row = [c.label for c in notice.clauses if section and c.label.startswith(f"{section}（")]
    if row:
        return row
    heading = task_section(notice, kb)
    return [c.label for c in notice.clauses if heading and c.label.startswith(f"{heading.label}（")]
