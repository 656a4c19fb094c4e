"""What staff are pushed: digests, what is told at once, reminders of deadlines. Without marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

_WEEKDAYS = "一二三四五六日"
_DONE: Mapping[str, str] = {"accept": "受理", "return": "退回", "match": "匹配", "close": "办结"}


# Days


def day(at: date) -> str:
    return f"{at.month}月{at.day}日"


def moment(at: datetime) -> str:
    return f"{day(at)} {at:%H:%M}"


def left(days: int) -> str:
    return "今天截止" if days == 0 else f"还剩{days}天"


# The digest's head


def title(at: datetime) -> str:
    """What is shown in lists of chats."""
    return f"知行简报 {day(at)}"


def weekly_title(since: datetime, at: datetime) -> str:
    return f"知行周报 {day(since)}至{day(at)}"


def headline(called: str, at: datetime) -> str:
    return f"{called} 周{_WEEKDAYS[at.weekday()]}"


def continued(called: str) -> str:
    return f"{called}（续）"


def period(since: datetime, at: datetime) -> str:
    return f"统计时段：{moment(since)} 至 {moment(at)}"


def narrowed(regions: str, tasks: str) -> str:
    return "范围：" + "；".join(part for part in (regions, tasks) if part)


def nothing() -> str:
    return "本期没有新情况，也没有待办。"


# Its numbers and sections: what is counted, and in what

NEW = ("新增需求", "项")
APPEALS = ("需国家局协调", "项")
TO_ACCEPT = ("待受理", "项")
OTHERS_TO_ACCEPT = ("其他待受理", "项")
QUESTIONS = ("待答问题", "个")
WAITING = ("等待人工", "位")
DEADLINES = ("30天内截止", "项")
FAILED = ("发送失败", "条")


def done(steps: Iterable[tuple[str, int]], answers: int) -> str:
    """What was done in the period; "" for nothing."""
    number = dict(steps)
    parts = [f"{word} {number[step]} 项" for step, word in _DONE.items() if number.get(step)]
    if answers:
        parts.append(f"答复问题 {answers} 个")
    return f"本期办理：{'、'.join(parts)}" if parts else ""


def cut(number: int, unit: str) -> str:
    """Behind the first lines of a longer list."""
    return f"等{number}{unit}"


def by_task(shares: str) -> str:
    return f"按重点任务：{shares}"


def by_region(shares: str) -> str:
    return f"按地区：{shares}"


def no_task() -> str:
    return "未选重点任务"


def no_region() -> str:
    return "地区未知"


def numbered(id_: int) -> str:
    return f"{id_}号"


def waiting_since(region: str, at: datetime) -> str:
    return f"{region or no_region()}｜{moment(at)} 起等待"


NEW_MARK = "新"


# What to send back


def to_accept(id_: int, here: bool) -> str:
    return _send(f"“受理 {id_}”受理，“需求 {id_}”看全文，“退回 {id_} 原因”请企业补充", here)


def to_answer(id_: int, here: bool) -> str:
    return _send(f"“答 {id_} 答复内容”答复提问的人", here)


def to_take(id_: int, here: bool) -> str:
    return _send(f"“接 {id_}”接入会话", here)


def to_see_failed(here: bool) -> str:
    return _send("“发送失败”看哪些没送到", here)


def _send(words: str, here: bool) -> str:
    """In a group's robot nobody can answer."""
    return f"{'回复' if here else '在知行里发'}{words}"


def open_here() -> str:
    return "打开知行"


# At once


def national_title() -> str:
    return "需国家局协调"


def national(id_: int, company: str, region: str, task: str, here: bool) -> str:
    told = "｜".join(part for part in (company, region or no_region(), task) if part)
    seen = _send(f"“需求 {id_}”看全文，“受理 {id_}”受理", here)
    return f"【需国家局协调】{id_}号需求刚刚提交\n{told}\n{seen}"


# Reminders of deadlines


def reminder_title(days: int) -> str:
    return f"到期提醒：{left(days)}"


def reminder(when: str, days: int, what: str, source: str) -> str:
    """`when` is the day with the notice's own words; `source` the notice, its number, clause."""
    return f"【到期提醒】{left(days)}（{when}截止）\n{what}\n依据：{source}"
