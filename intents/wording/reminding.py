"""Reminders of deadlines that enterprises ask for: confirmed, listed, called off, and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

REMIND, CALL_OFF, ALL_OFF = "提醒我", "取消提醒", "取消全部提醒"
"""What options say for the user."""


def day(due: date) -> str:
    return f"{due.year}年{due.month}月{due.day}日"


# Confirmed: `when` is 2021年5月25日前（含当天）, `source` 依据：…


def kept(what: str, when: str, source: str, days: Sequence[int], pushed: bool) -> str:
    """`days`: so many days before it will be told. `pushed`: the platform lets us write first."""
    before = "、".join(f"{n}天" for n in days)
    how = "我主动发消息给您" if pushed else "有提醒，您下次来说话时我先告诉您"
    return (
        f"好的，记下了：{what}，{when}。\n到期前{before}{how}。\n{source}\n不需要了发“取消提醒”。"
    )


def too_near(what: str, when: str, source: str, left: int) -> str:
    """Nothing is left to be reminded of."""
    near = "今天" if left == 0 else "明天"
    return f"{near}就截止了，请抓紧：{what}，{when}。到期前不再另外提醒。\n{source}"


def known(what: str, when: str, source: str) -> str:
    return f"已经记着了：{what}，{when}。\n{source}"


def over(what: str, when: str, source: str) -> str:
    return f"这个时间已经过了，没法提醒：{what}，{when}。\n{source}"


def undated(what: str, words: str, source: str) -> str:
    return f"{what}没有具体日期（原文是“{words}”），没法按日子提醒。\n{source}"


# Asked back


def which() -> str:
    return "要提醒哪一个？"


def option(what: str, when: str) -> str:
    return f"{what}（{when}）"


def which_at_all() -> str:
    return "要提醒哪件事的截止时间？可以这样说：提醒我优秀案例推荐的截止时间"


def nothing_with_a_date() -> str:
    return "刚才说的没有截止日期，没法提醒。可以这样说：提醒我报送总结的截止时间"


# Listed and called off


def own(lines: Sequence[str]) -> str:
    listed = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return f"您设了{len(lines)}个提醒：\n{listed}\n不需要了发“取消提醒”。"


def line(what: str, when: str, source: str) -> str:
    return f"{what}，{when}。{source}"


def none() -> str:
    return "您还没有设提醒。问到截止时间后，说“提醒我”就行。"


def called_off(whats: Sequence[str]) -> str:
    return f"好的，不再提醒：{'；'.join(whats)}。"


def which_to_call_off() -> str:
    return "取消哪一个提醒？"


def all_of_them() -> str:
    return "全部取消"


# Told


def due(what: str, when: str, source: str) -> str:
    return f"【到期提醒】{what}，{when}。\n{source}\n不需要了发“取消提醒”。"


def moved(what: str, before: str, now: str, source: str) -> str:
    return f"【时间有变】{what}：原来是{before}，现在是{now}。\n{source}"


def gone(source: str, before: str) -> str:
    """`source`: what can still be said of the notice."""
    return (
        f"【时间有变】您要提醒的截止时间（{source}，原来是{before}）现在的通知里没有了，不再提醒。"
        "最新要求可以直接问我。"
    )
