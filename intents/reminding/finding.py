"""Which deadlines are meant: those that an answer tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intents.due import holds
from intents.moment import Moment
from intents.result import Answer
from intents.turn import Citation
from intents.wording import answers
from knowledge.late import late
from knowledge.model import Deadline, Notice

Told = tuple[Notice, Deadline]

_DATED = late("时间|期限|日期|截止|到期|几号|什么时候|哪天|多久")


def of_words(what: str, moment: Moment) -> list[Told]:
    """Those that are told when the words are asked for."""
    question = what if _DATED.search(what) else f"{what}什么时候截止"
    return _told_in(moment.saying(question, moment.conversation).answer, moment)


def of_topic(moment: Moment) -> list[Told]:
    """Those that were told last."""
    topic = moment.conversation.topic
    if topic is None:
        return []
    before = replace(moment.conversation, topic=None, menu=())
    again = moment.saying(topic.question, before).answer
    places = [Citation(id_, None, label) for id_ in topic.notices[:1] for label in topic.labels]
    there = _at(places, moment)
    told = _told_in(again, moment)
    return [one for one in told if one in there] or there


def _told_in(answer: Answer, moment: Moment) -> list[Told]:
    """Of the places that the answer cites; where it tells some in full, those alone."""
    if answer.kind != "answer":
        return []
    there, text = _at(answer.citations, moment), "\n".join(answer.pages)
    return [one for one in there if _is_told(one[1], text)] or there


def _is_told(deadline: Deadline, text: str) -> bool:
    return deadline.what in text and (deadline.due is None or answers.due_words(deadline) in text)


def _at(places: Iterable[Citation], moment: Moment) -> list[Told]:
    """All deadlines at the places, of notices that still hold."""
    found: list[Told] = []
    for place in places:
        notice = moment.kb.get(place.notice)
        if notice is not None and holds(notice, moment.kb, moment.now.date()):
            there: Sequence[Deadline] = notice.deadlines
            found += [(notice, one) for one in there if one.clause == place.clause]
    return [one for n, one in enumerate(found) if one not in found[:n]]
