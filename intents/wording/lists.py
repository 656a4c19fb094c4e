"""How lists are told: what is counted, a line an entry, and what an option says."""

from __future__ import annotations

from collections.abc import Sequence

from intents.dates import day
from intents.wording.answers import due_words
from knowledge.model import Clause, Deadline, Duty, Notice, Task


def count_tasks(count: int, what: str) -> str:
    return f"{what}共{count}项："


def not_as_many(said: int, unit: str = "项") -> str:
    """The question took the list for longer or shorter than it is."""
    return f"不是{said}{unit}，"


def outline(notice: Notice, sections: int, items: int) -> str:
    return f"{notice.short}分{sections}个部分，共{items}条："


def table_outline(notice: Notice, sections: int, tasks: int) -> str:
    name = notice.short if notice.kind == "任务清单" else f"{notice.short}的任务清单"
    return f"{name}分{sections}个部分，共{tasks}项任务："


def section_with(section: Clause, items: int) -> str:
    """With how many items it has, if it has any."""
    return f"{section_line(section)}{f'（{items}条）' if items else ''}"


def items_of(notice: Notice, heading: str, count: int, measure: str) -> str:
    return f"{notice.short}的{heading}共{count}{measure}："


def steps_of(notice: Notice, heading: str, count: int) -> str:
    return f"{notice.short}的{heading}分{count}步："


def step_line(number: str, heading: str, when: str) -> str:
    return f"{number}{heading}：{when}" if when else f"{number}{heading}"


def count_attachments(notice: Notice, count: int) -> str:
    return f"{notice.short}共有{count}个附件："


def no_attachments(notice: Notice) -> str:
    return f"{notice.short}没有附件。"


def targets_of(notice: Notice, count: int) -> str:
    return f"{notice.short}里的目标数字（{count}个）："


def task_line(t: Task) -> str:
    return f"{t.no}. {t.title}"


def task_line_with(t: Task, names: Sequence[str]) -> str:
    return f"{t.no}. {t.title}（{'、'.join(names)}）"


def task_line_for(t: Task, duty: Duty) -> str:
    """With those of whom it is asked, at which level."""
    whose = [f"{s.level}：{s.who}" for s in t.scopes if s.duty == duty]
    return f"{t.no}. {t.title}（{'；'.join(whose)}）" if whose else task_line(t)


MOST_WITH_SCOPES = 8


def kinds_of(notice: Notice, whose: str, counts: Sequence[tuple[Duty, int]]) -> str:
    """How many are a duty, how many a choice; the lists follow."""
    told = "，".join(f"{duty}{f'{count}项' if count else '的没有'}" for duty, count in counts)
    return f"{notice.short}里{whose}的任务：{told}。" if whose else f"{notice.short}：{told}。"


def of_no_kind(notice: Notice) -> str:
    return f"{notice.short}里没有写必做还是选做的任务"


def not_this_duty(duty: Duty) -> str:
    """The question took the task for a duty that it is not, or for a choice."""
    return f"不是{duty}。"


def not_so() -> str:
    return "不是。"


def completed(t: Task) -> str:
    """When a task is to be done, in the words of its table."""
    return f"任务{t.no}“{t.title}”的完成时间：{t.completion.words if t.completion else ''}。"


def no_scopes(t: Task) -> str:
    """A task of which the table asks nothing of anybody below those who issued it."""
    whose = f"，由{'、'.join(t.departments)}负责" if t.departments else ""
    return f"任务{t.no}“{t.title}”没有写地方必做还是选做{whose}。"


def said_by(by: str, sentence: str) -> str:
    """What a task says of the word by which it was found."""
    return f"{by}：{sentence}"


def fullest_parts(notice: Notice, sections: Sequence[str], count: int) -> str:
    named = "、".join(f"“{section}”" for section in sections)
    each = f"各{count}项，" if len(sections) > 1 else ""
    return f"{notice.short}里任务最多的部分是{named}，{each}"


def part_of_table(notice: Notice, section: str) -> str:
    return f"{notice.short}“{section}”"


# Who has which tasks.


def share_of(notice: Notice, who: str) -> str:
    return f"{notice.short}里{who}负责的任务"


def ending(words: str, other: bool) -> str:
    """Which of the tasks are told: those of a completion, or all others."""
    return f"（完成时间{'不是' if other else '为'}“{words}”的）"


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


def count_clauses(notice: Notice, who: str, count: int, alone: bool) -> str:
    return f"{notice.short}正文里{'只' if alone else ''}由{who}负责的共{count}条："


def clause_line(c: Clause) -> str:
    return f"{c.label} {c.heading}"


def one_of(heading: str, at: int, name: str, text: str) -> str:
    """What a clause says of the thing that it enumerates in that place."""
    return f"{heading}第{numeral(at)}条，{name}：{text}"


def numeral(number: int) -> str:
    """Up to nineteen, as clauses are numbered."""
    tens, units = divmod(number, 10)
    return f"{'十' * tens}{'零一二三四五六七八九'[units] if units or not tens else ''}"


def among_them(what: str, numbers: Sequence[int]) -> str:
    """Of the tasks that were just listed, those of these numbers."""
    if not numbers:
        return f"其中没有{what}任务。"
    return f"其中{what}共{len(numbers)}项：{'、'.join(f'任务{n}' for n in numbers)}。"


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


def lacks_tasks(what: str) -> str:
    return f"没有{what}。"


def mention(notice: Notice, word: str) -> str:
    return f"{notice.short}里提到“{word}”的任务"


def stands_in(word: str) -> str:
    """Not how many: our own wording of a clause may lack a word that the official one has."""
    return f"提到“{word}”的文件："


def mentioned_in(notice: Notice, word: str) -> str:
    return f"{notice.short}里提到“{word}”的条款："


def places_line(notice: Notice, labels: Sequence[str], count: int) -> str:
    return f"· {notice.short}：{'、'.join(labels)}{'等处' if count > len(labels) else ''}"


# For whom they are.


def for_whom(notice: Notice, whom: str) -> str:
    return f"{notice.short}里写了“{whom}”要做的任务"


def of_issuer_alone(notice: Notice) -> str:
    return f"{notice.short}里只由发文单位自己做、没有写地方要做的任务"


def not_for(notice: Notice, whom: str) -> str:
    return f"{notice.short}里没有写{whom}要做的任务"


def no_such_duty(notice: Notice, who: str, duty: str) -> str:
    return f"{notice.short}里没有写{who}{duty}的任务。"


def nearest_table(notice: Notice) -> str:
    return f"最接近的是——{notice.short}，共{len(notice.tasks)}项任务。"


def levels(notice: Notice, names: Sequence[str]) -> str:
    if not names:
        return f"最接近的是——{notice.short}，各项任务没有分必做和选做。"
    return f"最接近的是——{notice.short}按{'、'.join(names)}写了必做、选做。"


# What is due when.


THESE_MONTHS = "这几个月"  # not by their numbers: nothing may be due in the first or last


def calendar_head(when: str) -> str:
    return f"{when}的时间节点：" if when else "时间节点："


def months(numbers: Sequence[int]) -> str:
    return "、".join(f"{m}月" for m in numbers)


def calendar_line(when: str, what: str, status: str) -> str:
    return f"· {when}：{what}。{status}"


def what_is_due(d: Deadline) -> str:
    """By whom, what, and to whom."""
    return f"{d.who or ''}{d.what}{f'，交到{d.to}' if d.to else ''}"


def no_due(span: str) -> str:
    return f"{span}没有要到期的事项。"


def known_due() -> str:
    return "最接近的是——"


def next_due() -> str:
    return "最近的是："


# Which notices there are.


def count_documents(what: str, count: int, shown: int) -> str:
    head = f"{what}共{count}份"
    return f"{head}，最新的{shown}份是：" if shown < count else f"{head}："


def known_documents(what: str) -> str:
    return f"现有{what}文件"


def document_line(number: int, n: Notice) -> str:
    marks = "，".join(
        filter(None, (n.doc_number, n.issuer, f"{day(n.issued)}印发" if n.issued else ""))
    )
    return f"{number}. {n.short}" + (f"（{marks}）" if marks else "")


def newest_document(n: Notice) -> str:
    return f"现有文件里最新的是《{n.title}》{_marks(n)}。"


def oldest_document(n: Notice) -> str:
    return f"现有文件里最早的是《{n.title}》{_marks(n)}。"


def _marks(n: Notice) -> str:
    when = f"{day(n.issued)}印发" if n.issued else f"{n.year}年" if n.year else ""
    told = "，".join(filter(None, (n.doc_number, when)))
    return f"（{told}）" if told else ""


# What an option says for the user who taps it.

ASK_ATTACHMENTS = "有哪些附件"
ASK_TARGETS = "目标有哪些"


def ask_share(who: str) -> str:
    return f"{who}负责哪些任务"


def ask_items(heading: str) -> str:
    return f"{heading}有哪些"


def ask_tasks(duty: str | None) -> str:
    return f"{duty or ''}重点任务有哪些"


# A notice as a whole, and what it wants handed in.


def about(notice: Notice) -> str:
    number = f"（{notice.doc_number}）" if notice.doc_number else ""
    issued = f"，{day(notice.issued)}印发" if notice.issued else ""
    return f"《{notice.title}》{number}{issued}。"


def built_of(sections: int) -> str:
    return f"正文分{sections}个部分："


def section_line(section: Clause) -> str:
    return f"{section.label}、{section.heading}"


def table_built_of(table: str, tasks: int, parts: int) -> str:
    return f"{table}任务清单分{parts}个部分，共{tasks}项任务。"


def to_hand_in(notice: Notice) -> str:
    return f"{notice.short}要求报送："


def hand_in_line(d: Deadline) -> str:
    to = f"，交到{d.to}" if d.to else f"，方式：{d.via}" if d.via else ""
    return f"· {d.who or ''}：{due_words(d)}{d.what}{to}"
