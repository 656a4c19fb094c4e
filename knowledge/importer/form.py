"""Drafts the demand form of a notice that prints one: its slots, the key tasks to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.importer.facts import AttachmentFact, Head
from knowledge.importer.fields import catalogue
from knowledge.importer.page import Outline, Place
from knowledge.importer.tables import tidy
from knowledge.importer.themes import cues_of
from knowledge.importer.titles import bare
from knowledge.model import DemandForm, KeyTask, Slot

_DEMANDS = re.compile(
    r"(?:需求|诉求|难题|困难)[^，。；]{0,8}?(?:清单|表|台账|目录|问卷)|(?:清单|表)[^，。；]{0,4}需求"
)
_NOT_DEMANDS = re.compile(r"成效|总结|指南|说明|需求响应|供给|人才需求目录")
_GATHERS = re.compile(r"(?:征集|登记|调查|信息|摸排|填报)[^，。；]{0,4}表")
_ASKS = re.compile(
    r"(?:征集|调查|摸排|收集|梳理)[^，。；《》]{0,16}(?:需求|诉求|难题)|需求[^，。；]{0,6}征集"
)
_OTHER = re.compile(r"其[他它](?:工作|需求|任务|事项|方面)?(?:[（(].*[)）])?$")
_KEY_TASKS = re.compile(r"重点任务|主要任务|重点工作|服务内容|主要内容")
_CHILD = re.compile(r"（[一二三四五六七八九十]{1,3}）|\d{1,2}")
_REMARK = re.compile(r"[（(](?:如|请|含|可|注|例)[^（）()]*[)）]")
_END = "。；;，,：: "

_TASK, _NEED, _PHONE, _MOBILE = "重点任务", "服务需求事项", "联系电话", "手机"
_OTHER_NAME = "其他"


def form_of(
    head: Head, attachments: Sequence[AttachmentFact], outline: Outline
) -> DemandForm | None:
    """The first attachment that is a demand list with its fields in the text. None where there is
    none, or where it does not ask what is needed."""
    for attachment in attachments:
        if _is_demand_list(attachment, head.title or ""):
            slots = _slots((*attachment.basics, *(attachment.columns or ())))
            if any(slot.name == _NEED for slot in slots):
                return _form(attachment, slots, outline)
    return None


def _is_demand_list(attachment: AttachmentFact, about: str) -> bool:
    """By its own title, or as the 征集表 of a notice that asks for demands."""
    title = attachment.title
    if _NOT_DEMANDS.search(title):
        return False
    return bool(_DEMANDS.search(title) or (_GATHERS.search(title) and _ASKS.search(about)))


def _slots(wordings: Sequence[str]) -> list[Slot]:
    """In the order of the form, each once; somebody has to be reachable."""
    slots: dict[str, Slot] = {}
    for wording in wordings:
        for slot in catalogue().slots(wording):
            slots.setdefault(slot.name, slot)
    if _MOBILE not in slots and _PHONE in slots:
        slots[_PHONE] = slots[_PHONE].model_copy(update={"ask": True, "required": True})
    return list(slots.values())


def _form(attachment: AttachmentFact, slots: list[Slot], outline: Outline) -> DemandForm:
    tasks = tuple(_once(_key_tasks(attachment, outline)))
    if not tasks:
        slots = [_as_text(slot) for slot in slots]
    return DemandForm(
        attachment=attachment.label,
        title=attachment.title,
        slots=tuple(slots),
        key_tasks=tasks,
    )


def _as_text(slot: Slot) -> Slot:
    """Where the notice gives nothing to choose from, the answer is free."""
    return slot.model_copy(update={"kind": "text"}) if slot.kind == "choice" else slot


def _once(tasks: Iterator[KeyTask]) -> Iterator[KeyTask]:
    seen: set[str] = set()
    for task in tasks:
        if task.name not in seen:
            seen.add(task.name)
            yield task


def _key_tasks(attachment: AttachmentFact, outline: Outline) -> Iterator[KeyTask]:
    """The form's printed rows, where its first column is of tasks; else the notice's own."""
    clauses = [place for place in outline.places if place.heading is not None]
    first = (attachment.columns or ("",))[0]
    if attachment.rows and any(slot.name == _TASK for slot in catalogue().slots(first)):
        yield from (_printed(row, attachment.label, clauses) for row in attachment.rows)
    else:
        yield from _of_clauses(clauses)


def _printed(row: str, label: str, clauses: Sequence[Place]) -> KeyTask:
    if _OTHER.fullmatch(row):
        return KeyTask(name=_OTHER_NAME, clause=label)
    name = _REMARK.sub("", row).strip(_END)
    return KeyTask(name=name, clause=_clause_of(name, clauses), cues=cues_of(name))


def _clause_of(name: str, clauses: Sequence[Place]) -> str | None:
    """The clause with the task's name for its heading, or one that holds the other."""
    headings = [(place.label, bare(_heading(place))) for place in clauses if place.role != "annex"]
    wanted = bare(name)
    for label, heading in headings:
        if heading == wanted:
            return label
    for label, heading in headings:
        if len(heading) >= 4 and (heading in wanted or wanted in heading):
            return label
    return None


def _of_clauses(clauses: Sequence[Place]) -> Iterator[KeyTask]:
    parent = next((place for place in clauses if _KEY_TASKS.search(_heading(place))), None)
    for place in clauses:
        if parent is not None and _is_child(place.label, parent.label):
            name = _heading(place)
            yield KeyTask(name=name, clause=place.label, cues=cues_of(name))


def _is_child(label: str, parent: str) -> bool:
    return label.startswith(parent) and bool(_CHILD.fullmatch(label.removeprefix(parent)))


def _heading(place: Place) -> str:
    return tidy(place.heading.text).strip(_END) if place.heading is not None else ""
