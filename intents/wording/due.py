"""What is due when, and what is to be handed in."""

from __future__ import annotations

from collections.abc import Sequence

from intents.wording.answers import due_words
from knowledge.model import Deadline, Notice

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


def to_hand_in(notice: Notice) -> str:
    return f"{notice.short}要求报送："


def hand_in_line(d: Deadline) -> str:
    to = f"，交到{d.to}" if d.to else f"，方式：{d.via}" if d.via else ""
    return f"· {d.who or ''}：{due_words(d)}{d.what}{to}"
