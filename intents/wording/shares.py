"""Who has which tasks, alone and with others."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Duty, Notice


def share_of(notice: Notice, who: str) -> str:
    return f"{notice.short}里{who}负责的任务"


def share_of_duty(notice: Notice, who: str, duty: Duty, whose: str = "") -> str:
    return f"{notice.short}里{who}负责的{whose}{duty}任务"


def share_in_short(notice: Notice, who: str, numbers: Sequence[int]) -> str:
    """By the tasks' numbers alone."""
    return f"{share_of(notice, who)}共{len(numbers)}项：{'、'.join(f'任务{n}' for n in numbers)}。"


def has_more(who: str, count: int) -> str:
    return f"{who}多{count}项。" if count else "两者一样多。"


def share_alone(notice: Notice, who: str) -> str:
    return f"{notice.short}里只由{who}负责的任务"


def share_together(notice: Notice, who: str) -> str:
    return f"{notice.short}里{who}共同负责的任务"


def share_with_others(notice: Notice, who: str) -> str:
    return f"{notice.short}里{who}与其他部门共同负责的任务"


def alone_among() -> str:
    return "只由它负责的"


def together_among(others: str) -> str:
    return f"与{others}共同负责的" if others else "与其他部门共同负责的"


def among_them(what: str, numbers: Sequence[int]) -> str:
    """Of the tasks that were just listed, those of these numbers."""
    if not numbers:
        return f"其中没有{what}任务。"
    return f"其中{what}共{len(numbers)}项：{'、'.join(f'任务{n}' for n in numbers)}。"


def ask_share(who: str) -> str:
    return f"{who}负责哪些任务"


# By how many departments share a task, and how many tasks one has.


def by_one(notice: Notice) -> str:
    return f"{notice.short}里只由一个部门负责的任务"


def by_several(notice: Notice) -> str:
    return f"{notice.short}里由几个部门共同负责的任务"


def by_so_many(notice: Notice, words: str) -> str:
    return f"{notice.short}里责任部门{words}的任务"


def by_most(notice: Notice) -> str:
    return f"{notice.short}里责任部门最多的任务"


def has_most(notice: Notice, names: Sequence[str], count: int) -> str:
    return f"{notice.short}里，任务最多的是{'、'.join(names)}，共{count}项："


def then(others: Sequence[tuple[str, int]]) -> str:
    return f"其次：{'、'.join(f'{name}（{count}项）' for name, count in others)}。"


def departments_of(notice: Notice, count: int) -> str:
    return f"{notice.short}共有{count}个责任部门："


def department_line(name: str, count: int) -> str:
    return f"· {name}：{count}项"
