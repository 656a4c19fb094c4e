"""What would become of a knowledge base: what it contradicts, says otherwise, answers otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.asking import Ask, golden_reply, once
from bot.console.drafts.problems import Problem, missed, problem_of
from bot.revisions.answers import AnswerChange, answer_changes
from bot.revisions.checking import Judged, judged
from bot.revisions.served import Revision, if_it_loads, knowledge_in
from bot.settings import Settings, SettingsError
from bot.start import loaded_of
from knowledge.changes import Change, changes
from knowledge.load import KnowledgeError, file_of
from knowledge.snapshot import KnowledgeBase

Stage = Literal["words", "questions", "answers", "over"]
"""Which is being worked out: differences in words, golden questions, changed answers; none."""

_MOST = 200
"""Lines of a list that a page shows."""


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` keep it from being loaded, `errors` and `wrong` from being published, the last
    unless somebody wants it all the same. `moved` questions are answered by what is new, `before`
    counts those that fell already. `form` is the notice whose form is in use then, where another's
    was. `changed` is in words, by notice. Cut to what a page shows; `more` counts the answers that
    are left away."""

    stage: Stage
    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    hints: tuple[Problem, ...] = ()
    wrong: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    before: int = 0
    form: str = ""
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    more: int = 0
    notices: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether it may be published at all, if need be in spite of its golden questions."""
        return self.stage not in ("words", "questions") and not (self.problems or self.errors)


_ADAPTER = TypeAdapter(Report)


def as_json(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = _ADAPTER.dump_python(report, mode="json")
    return told


def from_json(told: Mapping[str, Any]) -> Report:
    return _ADAPTER.validate_python(told)


@dataclass(frozen=True, slots=True)
class Check:
    """Whether the bureau's files `texts` may take the place of what is in force."""

    settings: Settings
    texts: Mapping[str, str]
    in_force: Revision
    now: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two revisions."""

    settings: Settings
    old: Revision
    new: Revision
    now: datetime


Order = Check | Comparison


def reported(order: Order) -> Iterator[Report]:
    """What is found out, more of it each time. Takes minutes."""
    return _checked(order) if isinstance(order, Check) else _compared(order)


def _checked(order: Check) -> Iterator[Report]:
    settings, report = order.settings, Report("words")
    try:
        loaded = loaded_of(settings, [file_of(name, text) for name, text in order.texts.items()])
    except KnowledgeError as error:
        yield replace(report, stage="over", problems=tuple(map(problem_of, error.problems)))
        return
    except SettingsError as error:
        yield replace(report, stage="over", problems=(problem_of(str(error)),))
        return
    before = if_it_loads(settings, order.in_force)
    told = changes(before, loaded.kb) if before else []
    report = replace(
        report, stage="questions", changed=_grouped(told), notices=len(loaded.kb.notices)
    )
    yield report
    ask = once()
    report = _with(report, judged(loaded, before, order.now, ask))
    yield report
    yield _ended(report, before, loaded.kb, order.now, ask)


def _compared(order: Comparison) -> Iterator[Report]:
    settings, both = order.settings, (order.old, order.new)
    if order.old.texts == order.new.texts:
        yield Report("over")
        return
    try:
        was, becomes = (knowledge_in(settings, one, golden=True) for one in both)
    except (KnowledgeError, SettingsError) as error:
        yield Report("over", problems=tuple(map(problem_of, str(error).splitlines())))
        return
    report = Report("answers", changed=_grouped(changes(was, becomes)))
    yield report
    yield _ended(report, was, becomes, order.now, golden_reply)


def _with(report: Report, verdict: Judged) -> Report:
    found, fell = verdict.found, verdict.fell
    return replace(
        report,
        stage="answers",
        errors=tuple(map(problem_of, found.errors)),
        hints=tuple(map(problem_of, found.hints)),
        wrong=tuple(map(missed, fell.wrong)),
        moved=tuple(map(missed, fell.moved[:_MOST])),
        before=fell.before,
        form=verdict.form.short if verdict.form else "",
    )


def _ended(
    report: Report, old: KnowledgeBase | None, new: KnowledgeBase, now: datetime, ask: Ask
) -> Report:
    answers = answer_changes(old, new, now, ask) if old else []
    return replace(
        report, stage="over", answers=tuple(answers[:_MOST]), more=max(len(answers) - _MOST, 0)
    )


def _grouped(told: Iterable[Change]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (home, tuple(change.words for change in same))
        for home, same in groupby(told, key=lambda change: change.home)
    )
