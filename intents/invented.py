"""What a reply says that the places it cites do not: the last check, made after the fact.

A day count may be worked out from today and a cited date or from two cited dates, the items of a
list may be counted, counts compared, and two cited figures of one unit; nothing else that is a
figure, a phone, a date or a title is the bot's own to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from intents.turn import Reply
from intents.wording.talk import SILENT
from knowledge.late import late
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

FIGURE = late(r"\d+(?:\.\d+)?")
TITLE = late("《([^《》]+)》")
_MORE = late(r"\n[^\n]*“更多”[^\n]*$")
_PHONE = late(r"(?<!\d)(?:0\d{2,3}-)?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)")
_DAY = late(r"\d{4}年\d{1,2}月\d{1,2}日")
_LEFT = late(r"(?:还剩|还有)(\d+)天")
_SINCE = late(r"(?:已过|已开始)(\d+)天")
_COUNTED = late(
    r"(?:共有?|分|各|必做|选做|[（：])(\d+)(?:项|栏|个附件|个部分|条|步|份|个责任部门|个(?=[。）]))"
)
_NOT_SO_MANY = late(r"不是\d+(?:项|条|个部分)")
_NOT_ON = late(r"不是\d+月(?:\d+日)?")
_APART = late(r"(?:相隔|共|[早长差])(\d+)天")
_WHOLE = late(r"合(\d+)个月")
_MORE_OF = late(r"多(\d+)[项个]")
_FIGURES_APART = late(r"相差(\d+(?:\.\d+)?)([^\d：]{1,3})：")
_VALUE = late(r"\D*(\d+(?:\.\d+)?)(\D{1,3})")
_ITEM = late(r"^(?:\d+\. |· |（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|附件\d* )")
_TASK = late(r"任务\d+")
_NUMBERED = late(r"^\d+\. ", re.MULTILINE)
_ASKED = late("关于“[^”]*”")
_SHORTEST_LIST = 3
_RECKONED = (
    _NUMBERED, _NOT_SO_MANY, _NOT_ON, _APART, _WHOLE, _MORE_OF, _FIGURES_APART, _LEFT, _SINCE,
    _COUNTED,
)  # fmt: skip
_FAMILIES = (
    "clauses", "deadlines", "periods", "contacts", "attachments", "tasks", "targets", "faq",
)  # fmt: skip


def invented(kb: KnowledgeBase, reply: Reply, today: date) -> list[str]:
    """What stands in no cited place; a question back may name anything of any notice."""
    text = _body(reply)
    places: dict[str, set[str]] = {}
    for citation in reply.citations:
        places.setdefault(citation.notice, set()).add(citation.clause)
    whole = reply.kind == "clarify"
    notices = [n for n in kb.notices if n.id in places or whole]
    parts = [n if whole else _at(n, places[n.id]) for n in notices]
    said = "\n".join(map(_held, parts))
    dates = {day for part in parts for day in days(part)}
    wrong = [n for n in _LEFT.findall(text) if not any((d - today).days == int(n) for d in dates)]
    wrong += [n for n in _SINCE.findall(text) if not any((today - d).days == int(n) for d in dates)]
    wrong += [day for day in _DAY.findall(text) if day not in said and day not in _written(dates)]
    wrong += [n for n in _COUNTED.findall(text) if not _is_count(int(n), text, notices)]
    wrong += [n for n in _APART.findall(text) if int(n) not in _spans(notices)]
    wrong += [n for n in _WHOLE.findall(text) if int(n) not in _months(notices)]
    wrong += [n for n in _MORE_OF.findall(text) if int(n) not in _differences(notices)]
    wrong += [
        figure
        for figure, unit in _FIGURES_APART.findall(text)
        if (Decimal(figure), unit) not in _between_targets(parts)
    ]
    wrong += [phone for phone in _PHONE.findall(text) if phone not in said]
    wrong += [title for title in TITLE.findall(text) if title not in said]
    known = {figure for part in parts for figure in _figures(part)}
    known |= set(FIGURE.findall("".join(label for at in places.values() for label in at)))
    rest = text
    for reckoned in _RECKONED:
        rest = reckoned.sub("", rest)
    return wrong + [figure for figure in FIGURE.findall(rest) if figure not in known]


def told(reply: Reply) -> str:
    """The text, less the hint that there is more."""
    return _MORE.sub("", reply.text)


def is_list(text: str) -> bool:
    """Whether the reply lists things: it may then be longer."""
    return _items(text) >= _SHORTEST_LIST


def days(notice: Notice) -> Iterator[date]:
    """Every date that the notice's head and facts give."""
    head = (notice.issued, notice.published, notice.effective_from, notice.effective_to)
    yield from (d for d in head if d)
    yield from (deadline.due for deadline in notice.deadlines if deadline.due)
    for period in notice.periods:
        yield from (d for d in (period.start, period.end) if d)


def _body(reply: Reply) -> str:
    """Without the asker's own words; of a refusal only what is offered as nearest."""
    text = told(reply)
    if reply.kind == "refuse":
        return _ASKED.sub("", text).partition("\n")[2]
    # What stays open beside the answer to another question is in the asker's own words.
    lines = (line for line in text.splitlines() if not line.startswith(SILENT))
    return _ASKED.sub("", "\n".join(lines))


def _at(notice: Notice, labels: Iterable[str]) -> Notice:
    """The notice's head, and of the rest what hangs on the clauses or on items of theirs."""
    kept: dict[str, tuple[object, ...]] = {
        family: tuple(
            fact
            for fact in getattr(notice, family)
            if any(
                _is_under(getattr(fact, name, None), label)
                for name in ("clause", "label")
                for label in labels
            )
        )
        for family in _FAMILIES
    }
    return notice.model_copy(update=kept)


def _is_under(place: str | None, label: str) -> bool:
    return place is not None and (place == label or place.startswith((f"{label}（", f"{label} ")))


def _held(notice: Notice) -> str:
    """All that the notice says, and what it is called."""
    return notice.model_dump_json(exclude={"golden", "form"})


def _figures(notice: Notice) -> set[str]:
    """What may be said in figures: as it is written, and as parts of its dates."""
    found = set(FIGURE.findall(_held(notice)))
    for day in days(notice):
        found |= {str(day.year), str(day.month), str(day.day)}
    return found


def _counts(notice: Notice) -> set[int]:
    """What may be said to be so many in all: its sections, items, tasks and attachments."""
    labels = [clause.label for clause in notice.clauses]
    sections = {task.section for task in notice.tasks}
    return {
        sum(re.fullmatch("[一二三四五六七八九十]+", label) is not None for label in labels),
        sum("（" in label for label in labels),
        *Counter(label.split("（", 1)[0] for label in labels if "（" in label).values(),
        len(notice.tasks),
        len(notice.attachments),
        len(sections),
        len(notice.targets),
        *(len(a.basics) for a in notice.attachments),
        *(len(a.columns or ()) for a in notice.attachments),
        *Counter(name for task in notice.tasks for name in task.departments).values(),
        len({name for task in notice.tasks for name in task.departments}),
        *Counter(task.section for task in notice.tasks).values(),
        *Counter(duty for t in notice.tasks for duty in {s.duty for s in t.scopes}).values(),
        sum(len(task.departments) > 1 for task in notice.tasks),
    }


def _spans(notices: Sequence[Notice]) -> set[int]:
    """Days between two dates of a notice, with and without the last; between the same month and
    day of two notices, and the days on which they were issued; and by how much one period, or one
    such stretch, is longer than another."""
    within = {abs((a - b).days) for n in notices for a in days(n) for b in days(n)}
    lengths = {(p.end - p.start).days for n in notices for p in n.periods if p.start and p.end}
    months = [[d.replace(year=2000) for d in days(n)] for n in notices]
    beside = {abs((a - b).days) for one in months for other in months for a in one for b in other}
    longer = {abs(a - b) for a in lengths for b in lengths}
    longer |= {abs(a - b) for a in within for b in within} if len(notices) > 1 else set()
    heads = [n.issued for n in notices if n.issued]
    issued = {abs((a - b).days) for a in heads for b in heads}
    return within | {n + 1 for n in within} | beside | longer | issued


def _months(notices: Sequence[Notice]) -> set[int]:
    """How many whole months periods last."""
    return {
        12 * (p.end.year - p.start.year) + p.end.month - p.start.month
        for n in notices
        for p in n.periods
        if p.start and p.end and p.start.day == p.end.day
    }


def _differences(notices: Sequence[Notice]) -> set[int]:
    counts = [_counts(notice) for notice in notices]
    return {abs(a - b) for one in counts for other in counts for a in one for b in other}


def _between_targets(notices: Sequence[Notice]) -> set[tuple[Decimal, str]]:
    """How far any two figures of one notice are apart, with the unit of both."""
    found: set[tuple[Decimal, str]] = set()
    for notice in notices:
        values = [m for t in notice.targets if (m := _VALUE.fullmatch(t.value))]
        found |= {
            (abs(Decimal(a[1]) - Decimal(b[1])), a[2])
            for a in values
            for b in values
            if a[2] == b[2]
        }
    return found


def _written(dates: set[date]) -> set[str]:
    return {f"{d.year}年{d.month}月{d.day}日" for d in dates}


def _items(text: str) -> int:
    return sum(_runs_of_items(text))


def _runs_of_items(text: str) -> list[int]:
    """How long each list in the text is."""
    marks = "".join("i" if _ITEM.match(line) else " " for line in text.splitlines())
    return [len(run) for run in marks.split()]


def _is_count(number: int, text: str, notices: Sequence[Notice]) -> bool:
    """Whether there are so many: lines of the list that is shown, or parts of the notice."""
    named = (len(_TASK.findall(line)) for line in text.splitlines())
    shown = (*_runs_of_items(text), _items(text), *named)
    return number in shown or any(number in _counts(notice) for notice in notices)
