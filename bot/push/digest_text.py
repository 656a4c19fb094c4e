"""A digest as messages: numbers first, then what is to be done, with the words to send back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.push.dialects import Dialect
from bot.push.digest import Digest, Entry, Share, Waiting
from bot.push.packing import packed
from bot.staff.inert import inert
from intents.due import Due
from intents.wording import digest as say
from intents.wording.staff import unnamed

SOON = 7
MOST_PARTS = 3
MOST_ITEMS = 12
"""Of one list in a message."""
_Hint = Callable[[int, bool], str]
_ITEMS = (MOST_ITEMS, 9, 6, 4, 3, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the digest. `here`: an answer to it reaches the assistant. `scope`: to
    what it is narrowed, "" for nothing. `link`: where the assistant is, if that is known."""

    dialect: Dialect
    here: bool = False
    weekly: bool = False
    scope: str = ""
    link: str | None = None


def title(digest: Digest, *, weekly: bool = False) -> str:
    return say.weekly_title(digest.since, digest.at) if weekly else say.title(digest.at)


def render(digest: Digest, frame: Frame) -> list[str]:
    """`MOST_PARTS` messages at most: long lists are shown as far as all of it fits."""
    dialect = frame.dialect
    more = dialect.title.format(say.continued(title(digest, weekly=frame.weekly)))
    tries = (
        packed(_lines(digest, frame, items), dialect.limit, dialect.newline, more)
        for items in _ITEMS
    )
    return next(parts for parts in tries if len(parts) <= MOST_PARTS)


def _lines(digest: Digest, frame: Frame, items: int) -> list[str]:
    dialect, here = frame.dialect, frame.here
    appeals = digest.appeals
    others = [entry for entry in digest.entries if not entry.national]
    questions, handoffs = digest.questions, digest.handoffs
    due = [_due(one, digest, dialect) for one in digest.deadlines]
    waiting = say.OTHERS_TO_ACCEPT if appeals else say.TO_ACCEPT
    sections = [
        _head(digest, frame),
        _new(digest, dialect, items),
        _section(say.APPEALS, [_entry(e, dialect) for e in appeals], items, dialect)
        + _hint(say.to_accept, appeals, here),
        _section(waiting, [_entry(e, dialect) for e in others], items, dialect)
        + _hint(say.to_accept, [] if appeals else others, here),
        _section(
            say.QUESTIONS,
            [_question(q, dialect) for q in questions],
            items,
            dialect,
            digest.asked,
        )
        + _hint(say.to_answer, questions, here),
        _section(say.WAITING, [_handoff(h, dialect) for h in handoffs], items, dialect)
        + _hint(say.to_take, handoffs, here),
        _section(say.DEADLINES, due, items, dialect),
        [say.to_see_failed(here)] if digest.failed else [],
        [say.nothing()] if digest.empty else [],
        [dialect.link.format(say.open_here(), frame.link)] if frame.link else [],
    ]
    return [line for lines in sections for line in lines]


def _head(digest: Digest, frame: Frame) -> list[str]:
    dialect = frame.dialect
    counted = [
        (say.NEW, digest.new),
        (say.TO_ACCEPT, len(digest.entries)),
        (say.APPEALS, len(digest.appeals)),
        (say.QUESTIONS, digest.asked),
        (say.WAITING, len(digest.handoffs)),
        (say.DEADLINES, len(digest.deadlines)),
        *([(say.FAILED, digest.failed)] if digest.failed else []),
    ]
    numbers = [f"{what} {dialect.strong.format(n)} {unit}" for (what, unit), n in counted]
    done = say.done(digest.steps.items(), digest.answers)
    quiet = [say.period(digest.since, digest.at), *([frame.scope] if frame.scope else [])]
    return [
        dialect.title.format(say.headline(title(digest, weekly=frame.weekly), digest.at)),
        "，".join(numbers),
        *([done] if done else []),
        *(dialect.quiet.format(words) for words in quiet),
    ]


def _new(digest: Digest, dialect: Dialect, items: int) -> list[str]:
    if not digest.new:
        return []
    what, unit = say.NEW
    return [
        dialect.heading.format(f"{what} {digest.new} {unit}"),
        say.by_task(_share_list(digest.by_task, say.no_task(), items, dialect)),
        say.by_region(_share_list(digest.by_region, say.no_region(), items, dialect)),
    ]


def _share_list(shares: Sequence[Share], unnamed: str, items: int, dialect: Dialect) -> str:
    shown = [
        f"{inert(s.label or unnamed, 30)} {dialect.strong.format(s.number)}" for s in shares[:items]
    ]
    return "、".join(shown) + _cut(len(shares), items, say.NEW[1])


def _section(
    name: tuple[str, str],
    lines: Sequence[str],
    items: int,
    dialect: Dialect,
    number: int | None = None,
) -> list[str]:
    """`number`: of how many the lines are the first; None where they are all."""
    if not lines:
        return []
    what, unit = name
    number = len(lines) if number is None else number
    cut = _cut(number, min(items, len(lines)), unit)
    shown = [dialect.item.format(line) for line in lines[:items]]
    heading = dialect.heading.format(f"{what} {number} {unit}")
    return [heading, *shown, *([dialect.item.format(cut)] if cut else [])]


def _cut(all_of_them: int, items: int, unit: str) -> str:
    return say.cut(all_of_them, unit) if all_of_them > items else ""


def _hint(words: _Hint, rows: Sequence[Entry] | Sequence[Waiting], here: bool) -> list[str]:
    """By the example of the first one."""
    return [words(rows[0].id, here)] if rows else []


def _entry(entry: Entry, dialect: Dialect) -> str:
    told = ((entry.company or unnamed(), 30), (entry.region, 14), (entry.task, 30))
    return f"{_number(entry.id, entry.new, dialect)}　{'｜'.join(_parts(*told))}"


def _question(question: Waiting, dialect: Dialect) -> str:
    return f"{_number(question.id, question.new, dialect)}　{inert(question.text, 50)}"


def _handoff(handoff: Waiting, dialect: Dialect) -> str:
    where = inert(handoff.region or "", 14)
    return f"{_number(handoff.id, handoff.new, dialect)}　{say.waiting_since(where, handoff.at)}"


def _number(id_: int, new: bool, dialect: Dialect) -> str:
    mark = f"{dialect.strong.format(say.NEW_MARK)} " if new else ""
    return f"{mark}{say.numbered(id_)}"


def _due(due: Due, digest: Digest, dialect: Dialect) -> str:
    days = due.days(digest.at.date())
    left = dialect.urgent.format(say.left(days)) if days <= SOON else say.left(days)
    return f"{when(due)} {left}　{what(due)}　{source(due)}"


def when(due: Due) -> str:
    """The day, with the notice's own words where they only circumscribe it."""
    deadline = due.deadline
    words = "" if deadline.precision == "day" else f"（{inert(deadline.words, 16)}）"
    time = f" {inert(deadline.time, 5)}" if deadline.time else ""
    return f"{say.day(due.day)}{time}{words}"


def what(due: Due) -> str:
    return "：".join(_parts((due.deadline.who, 24), (due.deadline.what, 40)))


def source(due: Due) -> str:
    notice = due.notice
    told = ((notice.short, 30), (notice.doc_number, 30), (due.deadline.clause, 16))
    return " ".join(_parts(*told))


def _parts(*texts: tuple[str | None, int]) -> Iterable[str]:
    return [inert(text, limit) for text, limit in texts if text]
