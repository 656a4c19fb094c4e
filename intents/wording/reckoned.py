"""How what was reckoned or compared is told: the result first, then what it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intents.dates import day
from intents.wording.answers import period_words
from knowledge.model import Notice, Period, Target

ISSUED = "印发"
PUBLISHED = "发布"


def start_of(what: str) -> str:
    return f"{what.removesuffix('时间')}开始"


def end_of(what: str) -> str:
    return f"{what.removesuffix('时间')}结束"


def apart(days: int, one: str, first: date, other: str, second: date) -> str:
    """`first` is not after `second`."""
    head = f"相隔{days}天" if days else "是同一天"
    return f"{head}：{one}是{day(first)}，{other}是{day(second)}。"


def length(what: str, start: date, end: date) -> str:
    days = (end - start).days + 1
    months = 12 * (end.year - start.year) + end.month - start.month
    called = {6: "（半年）", 12: "（一年）"}.get(months, "")
    whole = f"，合{months}个月{called}" if months and start.day == end.day else ""
    return f"{what}从{day(start)}到{day(end)}，共{days}天（首尾两天都算）{whole}。"


def date_said(month: int, number: int) -> str:
    return f"{month}月{number}日"


def weekdays(days: Sequence[date]) -> str:
    said = (f"{day(d)}是星期{'一二三四五六日'[d.weekday()]}" for d in dict.fromkeys(days))
    return f"{'，'.join(said)}。" if days else ""


def no_day(what: str) -> str:
    return f"通知没有写明{what}的日期，算不出天数。"


def point(what: str, when: date) -> str:
    return f"{what}：{day(when)}。"


# Two notices beside each other.


def side(notice: Notice, told: str) -> str:
    return f"{notice.short}：{told}"


def earlier(one: str, days: int) -> str:
    return f"按月日算，{one}早{days}天。"


def issued_on(when: date) -> str:
    return f"{day(when)}印发。"


def issued_earlier(one: str, days: int) -> str:
    return f"{one}早{days}天印发。" if days else "两份文件是同一天印发的。"


def same_day() -> str:
    return "月日相同，差0天。"


def longer(one: str, days: int) -> str:
    return f"{one}长{days}天。"


def same_length() -> str:
    return "两者天数一样。"


def most(names: Sequence[str], how: str) -> str:
    """Which of the steps it is; several that are level."""
    return f"{how}的是{'、'.join(names)}。"


def step_days(p: Period, days: int) -> str:
    return f"{p.what}：{period_words(p)}，共{days}天"


def step_vague(p: Period) -> str:
    return f"{p.what}：{period_words(p)}，没有写明起止日期，没有比较"


def figures_apart(difference: str, targets: Sequence[Target]) -> str:
    return f"相差{difference}：{'，'.join(f'{t.what}{t.value}' for t in targets)}。"


def days_of(what: str, words: str, days: int) -> str:
    return f"{what}{words}，共{days}天。"


def due(what: str, words: str, to: str | None) -> str:
    return f"{what}，{words}{f'，交到{to}' if to else ''}。"


def between(days: int, one: str, first: date, other: str, second: date) -> str:
    """The same as `apart`, of one of two notices."""
    return f"{one}是{day(first)}，{other}是{day(second)}，相隔{days}天。"


def wider(one: str, days: int) -> str:
    return f"{one}的间隔长{days}天。"


def as_wide() -> str:
    return "两者间隔的天数一样。"


def counted(notice: Notice, what: str, count: int, measure: str) -> str:
    return f"{notice.short}{what}共{count}{measure}。"


def more(one: str, count: int, measure: str) -> str:
    return f"{one}多{count}{measure}。"


def as_many() -> str:
    return "数量一样。"


def lacks_beside(notice: str) -> str:
    return f"{notice}的文件里没有写到这一点，没法比较。"


# Whose notices are meant, as one asks for them.
LEVELS = {"national": "国家局", "local": "省局"}

TASKS, PARTS, TABLE_PARTS, ATTACHMENTS = "的任务", "", "的任务清单", "的附件"


def share(who: Sequence[str], alone: bool) -> str:
    return f"里{'只由' if alone else ''}{'、'.join(who)}负责的任务"
