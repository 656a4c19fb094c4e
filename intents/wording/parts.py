"""How a notice is told as a whole and by its parts: sections, items, clauses, attachments."""

from __future__ import annotations

from collections.abc import Sequence

from intents.dates import day
from intents.wording.counting import numeral
from knowledge.model import Clause, Notice

# What an option says for the user who taps it.
ASK_ATTACHMENTS = "有哪些附件"
ASK_TARGETS = "目标有哪些"


def about(notice: Notice) -> str:
    number = f"（{notice.doc_number}）" if notice.doc_number else ""
    issued = f"，{day(notice.issued)}印发" if notice.issued else ""
    return f"《{notice.title}》{number}{issued}。"


def built_of(sections: int) -> str:
    return f"正文分{sections}个部分："


def table_built_of(table: str, tasks: int, parts: int) -> str:
    return f"{table}任务清单分{parts}个部分，共{tasks}项任务。"


def outline(notice: Notice, sections: int, items: int) -> str:
    return f"{notice.short}分{sections}个部分，共{items}条："


def table_outline(notice: Notice, sections: int, tasks: int) -> str:
    name = notice.short if notice.kind == "任务清单" else f"{notice.short}的任务清单"
    return f"{name}分{sections}个部分，共{tasks}项任务："


def section_line(section: Clause) -> str:
    return f"{section.label}、{section.heading}"


def section_with(section: Clause, items: int) -> str:
    """With how many items it has, if it has any."""
    return f"{section_line(section)}{f'（{items}条）' if items else ''}"


def fullest_parts(notice: Notice, sections: Sequence[str], count: int) -> str:
    named = "、".join(f"“{section}”" for section in sections)
    each = f"各{count}项，" if len(sections) > 1 else ""
    return f"{notice.short}里任务最多的部分是{named}，{each}"


def part_of_table(notice: Notice, section: str) -> str:
    return f"{notice.short}“{section}”"


def items_of(notice: Notice, heading: str, count: int, measure: str) -> str:
    return f"{notice.short}的{heading}共{count}{measure}："


def ask_items(heading: str) -> str:
    return f"{heading}有哪些"


def steps_of(notice: Notice, heading: str, count: int) -> str:
    return f"{notice.short}的{heading}分{count}步："


def step_line(number: str, heading: str, when: str) -> str:
    return f"{number}{heading}：{when}" if when else f"{number}{heading}"


# Attachments and targets.


def count_attachments(notice: Notice, count: int) -> str:
    return f"{notice.short}共有{count}个附件："


def no_attachments(notice: Notice) -> str:
    return f"{notice.short}没有附件。"


def targets_of(notice: Notice, count: int) -> str:
    return f"{notice.short}里的目标数字（{count}个）："


# Clauses: who answers for them, what they say, where a word stands in them.


def count_clauses(notice: Notice, who: str, count: int, alone: bool) -> str:
    return f"{notice.short}正文里{'只' if alone else ''}由{who}负责的共{count}条："


def clause_line(c: Clause) -> str:
    return f"{c.label} {c.heading}"


def one_of(heading: str, at: int, name: str, text: str) -> str:
    """What a clause says of the thing that it enumerates in that place."""
    return f"{heading}第{numeral(at)}条，{name}：{text}"


def stands_in(word: str) -> str:
    """Not how many: our own wording of a clause may lack a word that the official one has."""
    return f"提到“{word}”的文件："


def mentioned_in(notice: Notice, word: str) -> str:
    return f"{notice.short}里提到“{word}”的条款："


def places_line(notice: Notice, labels: Sequence[str], count: int) -> str:
    return f"· {notice.short}：{'、'.join(labels)}{'等处' if count > len(labels) else ''}"
