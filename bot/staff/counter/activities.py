"""记活动 质押融资 银企对接会 3次 56家 …: what a bureau did, kept for the summary form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.tasks import key_task
from intents.wording import staff_figures as say
from knowledge.late import late
from knowledge.normalise import number
from knowledge.snapshot import KnowledgeBase
from storage import activities
from storage.activities import ActivityRow

_N = r"(?<![\d.负-])(\d{1,7}|[一二三四五六七八九十百两]{1,5})"
_TIMES = late(rf"(?:共|举?办了?|开展了?)?\s*{_N}\s*[次场期](?!月)")
_REACHED = late(
    rf"(?:惠及|惠企|服务|参加|覆盖|参与)?(?:企业)?\s*{_N}\s*[多余]?(?:家次|家|户)(?:企业)?"
)
_MARKS = " 　,，、;；:：。|｜"
_LONGEST_TASK = 40
_PARTS = late(r"[\s,，、;；|｜]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells of an activity; empty or None where it does not."""

    task: str = ""
    form: str = ""
    times: int | None = None
    enterprises: int | None = None
    other: str = ""

    def lacks(self) -> list[str]:
        given = {
            say.ACTIVITY_TASK: self.task,
            say.ACTIVITY_FORM: self.form,
            say.ACTIVITY_TIMES: self.times,
            say.ACTIVITY_REACHED: self.enterprises is not None,
        }
        return [name for name, value in given.items() if not value]


def told_in(text: str, kb: KnowledgeBase) -> Told:
    """Task and form stand before the figures, other results behind them."""
    times, reached = _TIMES.search(text), _REACHED.search(text)
    figures = [found for found in (times, reached) if found]
    before = text[: min((found.start() for found in figures), default=len(text))].strip(_MARKS)
    other = text[max((found.end() for found in figures), default=len(text)) :].strip(_MARKS)
    task, form = _task_and_form(before, kb)
    return Told(task, form, _value(times), _value(reached), other)


def _value(found: re.Match[str] | None) -> int | None:
    return number(found[1]) if found else None


def _task_and_form(text: str, kb: KnowledgeBase) -> tuple[str, str]:
    """The task as the form in use prints it, where its words tell which; the rest is the form."""
    first, *rest = _PARTS.split(text, maxsplit=1) if text else [""]
    if rest:
        return key_task(first, kb) or first, rest[0].strip(_MARKS)
    for size in range(min(len(text), _LONGEST_TASK), 1, -1):
        if task := key_task(text[:size], kb):
            return task, text[size:].strip(_MARKS)
    return "", text


async def keep(at: Serving, command: Command) -> Outcome:
    told = told_in(" ".join(command.rest.split()), at.kb)
    if lacks := told.lacks():
        return Outcome(say.how_to_tell_activity(lacks if command.rest else ()))
    bureau = _bureau_of(at)
    row = ActivityRow(
        at.staff.sender,
        bureau,
        told.task,
        told.form,
        told.times or 0,
        told.enterprises or 0,
        told.other,
        at.now,
    )
    number = await activities.add(at.conn, row)
    text = say.activity_kept(number, row.task, row.form, row.times, row.enterprises, row.other)
    return Outcome(text)


def _bureau_of(at: Serving) -> str | None:
    """The bureau that serves the first of the regions for which the member of staff works."""
    serving = at.kb.bureaus.serving(at.staff.regions[0]) if at.staff.regions else None
    return serving.id if serving else None
