"""How tasks are told: how many, a line each, for whom they are a duty, when they are done."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Duty, Notice, Task

MOST_WITH_SCOPES = 8


def count_tasks(count: int, what: str) -> str:
    return f"{what}共{count}项："


def task_line(t: Task) -> str:
    return f"{t.no}. {t.title}"


def task_line_with(t: Task, names: Sequence[str]) -> str:
    return f"{t.no}. {t.title}（{'、'.join(names)}）"


def task_line_for(t: Task, duty: Duty) -> str:
    """With those of whom it is asked, at which level."""
    whose = [f"{s.level}：{s.who}" for s in t.scopes if s.duty == duty]
    return f"{t.no}. {t.title}（{'；'.join(whose)}）" if whose else task_line(t)


def ending(words: str, other: bool) -> str:
    """Which of the tasks are told: those of a completion, or all others."""
    return f"（完成时间{'不是' if other else '为'}“{words}”的）"


def lacks_tasks(what: str) -> str:
    return f"没有{what}。"


def mention(notice: Notice, word: str) -> str:
    return f"{notice.short}里提到“{word}”的任务"


def said_by(by: str, sentence: str) -> str:
    """What a task says of the word by which it was found."""
    return f"{by}：{sentence}"


def nearest_table(notice: Notice) -> str:
    return f"最接近的是——{notice.short}，共{len(notice.tasks)}项任务。"


def ask_tasks(duty: str | None) -> str:
    return f"{duty or ''}重点任务有哪些"


# Duties, choices, and for whom they are.


def kinds_of(notice: Notice, whose: str, counts: Sequence[tuple[Duty, int]]) -> str:
    """How many are a duty, how many a choice; the lists follow."""
    told = "，".join(f"{duty}{f'{count}项' if count else '的没有'}" for duty, count in counts)
    return f"{notice.short}里{whose}的任务：{told}。" if whose else f"{notice.short}：{told}。"


def of_no_kind(notice: Notice) -> str:
    return f"{notice.short}里没有写必做还是选做的任务"


def not_this_duty(duty: Duty) -> str:
    """The question took the task for a duty that it is not, or for a choice."""
    return f"不是{duty}。"


def no_scopes(t: Task) -> str:
    """A task of which the table asks nothing of anybody below those who issued it."""
    whose = f"，由{'、'.join(t.departments)}负责" if t.departments else ""
    return f"任务{t.no}“{t.title}”没有写地方必做还是选做{whose}。"


def for_whom(notice: Notice, whom: str) -> str:
    return f"{notice.short}里写了“{whom}”要做的任务"


def of_issuer_alone(notice: Notice) -> str:
    return f"{notice.short}里只由发文单位自己做、没有写地方要做的任务"


def not_for(notice: Notice, whom: str) -> str:
    return f"{notice.short}里没有写{whom}要做的任务"


def no_such_duty(notice: Notice, who: str, duty: str) -> str:
    return f"{notice.short}里没有写{who}{duty}的任务。"


def levels(notice: Notice, names: Sequence[str]) -> str:
    if not names:
        return f"最接近的是——{notice.short}，各项任务没有分必做和选做。"
    return f"最接近的是——{notice.short}按{'、'.join(names)}写了必做、选做。"


# One task.


def completed(t: Task) -> str:
    """When a task is to be done, in the words of its table."""
    return f"任务{t.no}“{t.title}”的完成时间：{t.completion.words if t.completion else ''}。"


def not_so() -> str:
    return "不是。"
