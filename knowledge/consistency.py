"""What sound files say against each other: contradictions, and what is worth a second look.

A contradiction is an error: the bot could only give both answers, or the wrong one. What may be
meant as it stands is a hint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from re import findall
from typing import Generic, NamedTuple, TypeVar

from knowledge.golden import placed
from knowledge.model import Deadline, Notice, Period
from knowledge.normalise import normalise
from knowledge.question import Golden
from knowledge.regions import NATION
from knowledge.resources import FOLDER
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import Loc

Item = TypeVar("Item")

SENT_ON = 31
"""Days by which a notice that is sent on may come after its own deadline."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`loc` is the place in the file; `grave` findings are errors, the others hints."""

    file: str
    loc: Loc
    what: str
    grave: bool = True


def findings(kb: KnowledgeBase) -> list[Finding]:
    """All of them: each notice's own, then what stands between notices, then the rest."""
    own = [finding for notice in kb.notices for finding in _of_notice(notice)]
    regions = _regions(kb)
    return [*own, *_between(kb.notices), *regions, *_resources(kb), *_golden(kb)]


class _Pair(NamedTuple, Generic[Item]):
    """Two of a list, and where each stands in it."""

    i: int
    one: Item
    j: int
    other: Item


class _Said(NamedTuple):
    loc: Loc
    what: str
    grave: bool = True


def _of_notice(notice: Notice) -> Iterator[Finding]:
    for check in _OF_A_NOTICE:
        for loc, what, grave in check(notice):
            yield Finding(_file(notice), loc, what, grave)


def _deadlines(notice: Notice) -> Iterator[_Said]:
    """The same thing due from the same people to the same place, on different days."""
    for i, one, j, other in _pairs(notice.deadlines, _duty):
        loc: Loc = ("deadlines", j, "due")
        if one.due is None or other.due is None:
            continue
        if one.due == other.due:
            if one.time != other.time and one.time and other.time:
                yield _Said(loc[:-1], f"{other.what}: {other.time} here, {_at(one, i)} {one.time}")
            elif one.clause == other.clause:
                yield _Said(loc[:-1], f"{other.what}: told twice, {_at(one, i)} too", False)
        elif _covers(one, other.due) or _covers(other, one.due):
            told = f"{other.what}: {other.due} here, less exactly {one.due} {_at(one, i)}"
            yield _Said(loc, told, False)
        else:
            yield _Said(loc, f"{other.what}: {other.due} here, but {one.due} {_at(one, i)}")


def _periods(notice: Notice) -> Iterator[_Said]:
    for i, one, j, other in _pairs(notice.periods, _occasion):
        if (one.start, one.end) != (other.start, other.end):
            told = f"{other.what}: {_span(other)} here, but {_span(one)} {_at(one, i)}"
            yield _Said(("periods", j), told, _apart(one, other))
        elif one.clause == other.clause:
            yield _Said(("periods", j), f"{other.what}: told twice, {_at(one, i)} too", False)


def _before_issue(notice: Notice) -> Iterator[_Said]:
    if notice.issued is None:
        return
    for i, deadline in enumerate(notice.deadlines):
        if deadline.due is not None and deadline.due < notice.issued:
            late = (notice.issued - deadline.due).days
            told = f"{deadline.due} is before the notice was issued, {notice.issued}"
            yield _Said(("deadlines", i, "due"), told, late > SENT_ON)


def _words(notice: Notice) -> Iterator[_Said]:
    """A day that was changed while the words that it was read from were not."""
    for i, deadline in enumerate(notice.deadlines):
        days = findall(r"(\d{1,2})月(\d{1,2})[日号]", deadline.words)
        if deadline.due is None or deadline.precision != "day" or len(days) != 1:
            continue
        if (deadline.due.month, deadline.due.day) != tuple(map(int, days[0])):
            told = f'{deadline.due}, but the words are "{deadline.words}"'
            yield _Said(("deadlines", i, "due"), told, False)


def _effective(notice: Notice) -> Iterator[_Said]:
    start, end = notice.effective_from, notice.effective_to
    if start and end and start > end:
        yield _Said(("effective_to",), f"{end} is before effective_from, {start}")


def _year(notice: Notice) -> Iterator[_Said]:
    if notice.year and notice.issued and abs(notice.year - notice.issued.year) > 1:
        yield _Said(("year",), f"{notice.year}, but issued {notice.issued}", False)


def _key_tasks(notice: Notice) -> Iterator[_Said]:
    """Key tasks of the form that point to no clause."""
    labels = {clause.label for clause in notice.clauses} | {t.clause for t in notice.tasks}
    for i, key in enumerate(notice.form.key_tasks if notice.form else ()):
        if key.clause is not None and key.clause not in labels:
            yield _Said(("form", "key_tasks", i, "clause"), f"no clause {key.clause!r} here")


_OF_A_NOTICE: tuple[Callable[[Notice], Iterator[_Said]], ...] = (
    _deadlines,
    _periods,
    _before_issue,
    _words,
    _effective,
    _year,
    _key_tasks,
)


def _between(notices: Sequence[Notice]) -> Iterator[Finding]:
    """Documents that are there twice."""
    for group in _groups(notices, lambda notice: notice.doc_number):
        for other in group[1:]:
            told = f"{other.doc_number} is {group[0].id} too"
            yield Finding(_file(other), ("doc_number",), told)
    for group in _groups(notices, lambda notice: (notice.title, notice.issued)):
        for other in group[1:]:
            told = f"the title and date of {group[0].id} too"
            yield Finding(_file(other), ("title",), told, grave=False)
    for group in _groups(notices, lambda notice: notice.short):
        for other in group[1:]:
            told = f'"{other.short}" is {group[0].id} too'
            yield Finding(_file(other), ("short",), told, grave=False)
    yield from _superseded(notices)


def _superseded(notices: Sequence[Notice]) -> Iterator[Finding]:
    after = {notice.id: notice.superseded_by for notice in notices}
    by_id = {notice.id: notice for notice in notices}
    for notice in notices:
        chain = _chain(notice.id, after)
        if chain[-1] == notice.id and len(chain) > 1:
            told = f"goes round in a circle: {' → '.join(chain)}"
            yield Finding(_file(notice), ("superseded_by",), told)
        newer = by_id.get(notice.superseded_by or "")
        if newer and newer.issued and notice.issued and newer.issued < notice.issued:
            told = f"{newer.id} was issued earlier, {newer.issued}"
            yield Finding(_file(notice), ("superseded_by",), told, grave=False)


def _chain(start: str, after: dict[str, str | None]) -> list[str]:
    """From one notice to what superseded it, and on, as far as nothing comes a second time."""
    chain = [start]
    while (following := after.get(chain[-1])) is not None:
        seen = following in chain
        chain.append(following)
        if seen:
            break
    return chain


def _regions(kb: KnowledgeBase) -> Iterator[Finding]:
    for notice in kb.notices:
        known = notice.region == NATION or kb.charted.find(notice.region) == notice.region
        if not known:
            told = f"{notice.region!r} is no division that users can name"
            yield Finding(_file(notice), ("region",), told, grave=False)


def _resources(kb: KnowledgeBase) -> Iterator[Finding]:
    """Key tasks of resources that are none, or several, of the form in use."""
    form = kb.form_notice().form if kb.has_form else None
    names = [key.name for key in form.key_tasks] if form else []
    for resource in kb.resources:
        for task in resource.tasks:
            fitting = [name for name in names if task in name]
            if names and len(fitting) != 1:
                what = f"stands for several key tasks: {'、'.join(fitting)}"
                told = f'"{resource.id}": {task} {what if fitting else "is no key task"}'
                yield Finding(FOLDER, (), told, grave=False)


def _golden(kb: KnowledgeBase) -> Iterator[Finding]:
    """Golden questions that expect what is not there, or two things at once."""
    labels = {notice.id: _labels(notice) for notice in kb.notices}
    tasks = {key.name for notice in kb.notices if notice.form for key in notice.form.key_tasks}
    first: dict[tuple[object, ...], Golden] = {}
    for place in placed(kb):
        golden, file, loc = place.golden, place.file, ("golden", place.index)
        for i, expected in enumerate(golden.clauses):
            notice, _, label = expected.rpartition("#")
            if label not in labels.get(notice or place.home or "", set()):
                told = f"{expected!r} names no clause of a notice"
                yield Finding(file, (*loc, "clauses", i), told)
        for task in golden.task.split("|") if golden.task else ():
            if task not in tasks:
                yield Finding(file, (*loc, "task"), f"{task!r} is no key task of a form")
        asked = (normalise(golden.q), golden.context, golden.today)
        if _expects(first.setdefault(asked, golden)) != _expects(golden):
            told = f"{golden.q!r} expects something else elsewhere"
            yield Finding(file, (*loc, "q"), told)


def _expects(golden: Golden) -> tuple[object, ...]:
    return golden.kinds, golden.task, golden.intent


def _labels(notice: Notice) -> set[str]:
    labels = {clause.label for clause in notice.clauses} | {a.label for a in notice.attachments}
    return labels | {task.clause for task in notice.tasks} | {"发文信息", "落款"}


def _groups(items: Iterable[Item], key: Callable[[Item], Hashable]) -> Iterator[list[Item]]:
    """Items with one key, where there is more than one; a key of None has no kin."""
    kin: defaultdict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        if (of := key(item)) is not None:
            kin[of].append(item)
    return (group for group in kin.values() if len(group) > 1)


def _pairs(facts: Sequence[Item], key: Callable[[Item], Hashable]) -> Iterator[_Pair[Item]]:
    """Each two facts of one key, with their places in the list."""
    for group in _groups(enumerate(facts), lambda placed: key(placed[1])):
        for (i, one), (j, other) in combinations(group, 2):
            yield _Pair(i, one, j, other)


def _duty(deadline: Deadline) -> Hashable:
    who_does_what = (deadline.what, deadline.who or "", deadline.to or "", deadline.via or "")
    return tuple(map(normalise, who_does_what))


def _occasion(period: Period) -> Hashable:
    return normalise(period.what), normalise(period.who or "")


def _covers(loose: Deadline, day: date) -> bool:
    """Whether the day is what a less exact deadline (6月底前, 年底前) may mean."""
    assert loose.due is not None
    if loose.precision == "year-end":
        return day.year == loose.due.year
    within = loose.precision in ("month-start", "month-end")
    return within and (day.year, day.month) == (loose.due.year, loose.due.month)


def _apart(one: Period, other: Period) -> bool:
    """Whether they cannot both be right: neither only leaves out what the other tells."""
    starts = one.start and other.start and one.start != other.start
    ends = one.end and other.end and one.end != other.end
    return bool(starts or ends)


def _span(period: Period) -> str:
    return f"{period.start or '?'} to {period.end or '?'}"


def _at(fact: Deadline | Period, number: int) -> str:
    """Where the other one stands, in the words of the messages."""
    family = "deadlines" if isinstance(fact, Deadline) else "periods"
    return f"in {family}[{number}]"


def _file(notice: Notice) -> str:
    return f"{notice.id}.yaml"
