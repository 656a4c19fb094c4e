"""Several needs in one message, told apart where the user counts or joins them: 一是…，二是…."""

from __future__ import annotations

import re
from dataclasses import replace

from intents.filling.heard import Heard
from intents.needs import read_need
from intents.slots import choice
from intents.slots.text import need_slot
from knowledge.late import late
from knowledge.model import DemandForm

_COUNTED = late(
    r"(?:^|(?<=[，,。；;：:！!\s、\n]))(?:"
    r"[一二三四](?:是|来|、|则)|第[一二三四](?:个|件|项|点|条)?(?:需求|事情?|问题)?(?:是|就是|呢)?|"
    r"首先|其次|再次|[另一]?一个(?:需求)?是|另一个(?:需求)?是|还有一个(?:需求)?是|"
    r"需求[一二三四1-4](?:是|、|：|:)?|[（(]?[1-4一二三四][、.．)）](?!\d)"
    r")[，,：: ]*"
)
# Between needs that are only joined: 专利被仿了，还有想招个懂专利的人.
_JOINED = late(
    r"(?:(?<=[，,。；;！!\s\n])|(?<=了))"
    r"(?:还有(?:就是|个事|一个)?|另外|此外|再有|再就是|再一个)(?:就?是)?[，,：: ]*"
    r"(?=(?:我们?|俺们?|咱们?|也|还|又|再){0,2}(?:想|要|需|求|招|找|缺))"
)
_HEAD = late(
    r".{0,12}?(?:有|提|报|登记|反映|需求)?[两二三四几2-4]个?[个项件点条](?:服务)?(?:需求|事情?|问题|诉求|"
    r"困难|想法)?.{0,6}|(?:我们?|公司|企业)*(?:的)?(?:主要)?(?:有|想要|需求|诉求)(?:如下|是|有)?"
)
_LATER = late(
    r"(?:(?:对了|哦|另外|此外|还有|还|再|顺便)[，, ]*)*"
    r"(?:(?:还|另外|再|又)?(?:有|想|要|登记|报|提|加|新增)+(?:另外|另)?(?:一|第二)?个?(?:新的?|别的|"
    r"其他的?)?(?:需求|诉求)|(?:另外?一|另|第二)个(?:新的?)?(?:需求|诉求)|(?:再|另外?)(?:登记|报|提)"
    r"一?[个份项])(?:是|就是|：|:|，|,| )+(?P<need>.{4,})",
    re.S,
)


def parts(text: str, form: DemandForm) -> tuple[str, ...]:
    """The needs of different key tasks that `text` counts up or joins; () where it is one need.

    What counts on within one key task stays together, as does what points to none for sure.
    """
    head, said = _counted(text) or ("", _JOINED.split(text))
    groups: list[tuple[str, str]] = []
    for part in filter(None, map(_trim, said)):
        task = _task(part, form)
        place = next((i for i, (known, _) in enumerate(groups) if task in (known, "")), None)
        if place is None:
            groups.append((task, part))
        else:
            groups[place] = (groups[place][0] or task, f"{groups[place][1]}；{part}")
    if len(groups) < 2 or not all(task for task, _ in groups):
        return ()
    first = groups[0][1] if _HEAD.fullmatch(head) or not head else f"{head}，{groups[0][1]}"
    return (first, *(part for _, part in groups[1:]))


def _counted(text: str) -> tuple[str, list[str]] | None:
    """What stands before the first number, and what stands behind each."""
    marks = list(_COUNTED.finditer(text))
    if len(marks) < 2:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    said = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return _trim(text[: marks[0].start()]), said


def one_of(heard: Heard, form: DemandForm, held: bool) -> tuple[Heard, tuple[str, ...]]:
    """What was heard with the first need only, and the others, each for a form of its own.

    `held`: the form has a need already; then all that is said adds to it.
    """
    need = need_slot(form)
    if need is None or held or need.name not in heard.values:
        return heard, ()
    told = parts(str(heard.values[need.name]), form)
    if not told:
        return heard, ()
    return replace(heard, values={**heard.values, need.name: told[0]}), told[1:]


def later(text: str, form: DemandForm) -> str | None:
    """The need that an open form is told of as another one: 还有一个需求，想招人 -> 想招人."""
    match = _LATER.fullmatch(text.strip())
    if match is None or read_need(match["need"], form) is None:
        return None
    return _trim(match["need"])


def _task(part: str, form: DemandForm) -> str:
    found = choice.suggest(part, form)
    return found.task if found and found.confident else ""


def _trim(text: str) -> str:
    return text.strip(" ，,；;、。：:\n")
