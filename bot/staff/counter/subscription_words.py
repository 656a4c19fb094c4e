"""订阅 日报 8:30, 订阅 周报 周五 厦门, 退订 日报: what is subscribed to, read in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.late import late
from knowledge.normalise import number
from storage.subscriptions import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """`kinds` are those named, `every` of them; `time` is ``08:30``. `rest` are the words that
    name none of it: regions and key tasks. `wrong`: a time of day that there is not."""

    kinds: tuple[Kind, ...] = ()
    every: bool = False
    time: str | None = None
    weekday: int | None = None
    empty: bool = False
    rest: tuple[str, ...] = ()
    wrong: str = ""


KIND_WORDS: Mapping[Kind, re.Pattern[str]] = {
    "weekly": re.compile(r"周报|每周的?(?:工作)?简报|星期报"),
    "daily": re.compile(r"日报|每[日天]的?(?:工作)?(?:简报|早报)|(?:工作)?简报|早报"),
    "national": re.compile(r"(?:需要?)?(?:全国|国家局?)(?:支持|协调)|国家局|全国支持"),
    "handoff": re.compile(r"转?人工(?:服务|会话|请求)?|真人"),
    "deadline": re.compile(r"(?:到期|截止)(?:时间|日期)?(?:的?提醒)?|提醒"),
}
"""Weekly first: 简报 alone is a daily one."""
ANY_KIND = "|".join(f"(?:{words.pattern})" for words in KIND_WORDS.values())

_EVERY = late(r"全部|所有的?|一切")
_EMPTY = late(
    r"(?:没有?(?:内容|事|新(?:情况|增|需求)?)?|空(?:的|白)?|无论有没有|有没有)(?:时|的时候)?[也都](?:要?[发推]送?|要)"
)
_HALF_DAY = r"(上午|早上|早晨|清晨|中午|下午|傍晚|晚上)?"
_HAN = "[一二三四五六七八九十两]{1,3}"
_N = rf"(\d{{1,2}}|{_HAN})"
_CLOCK = late(
    rf"{_HALF_DAY}\s*(?:{_N}\s*[:：]\s*(\d{{2}})|{_N}\s*[点时]\s*(半|一刻|三刻|\d{{1,2}}分?|{_HAN}分?)?)"
)
_WEEKDAY = late(r"(?:每?周|每?(?:个?星期|个?礼拜))\s*([一二三四五六日天1-7])")
_PARTS = late(r"[\s,，、;；:：。|｜和及与的]+")
_FILLING = late(
    r"(?:每[天日周]|工作日|给我|帮我|我要|我想|请|麻烦|发送?|推送?|一下|看|地区|区域|范围|任务|只要?|在|时间|(?:改|换|调)[成为到]?|不要|不用|别|再|发|"
    r"可以吗|好吗|吧|谢谢|了)+"
)
_AFTERNOON = ("下午", "傍晚", "晚上")
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def asked_in(said: str) -> Asked:
    """`said` is folded: half width, simplified."""
    said, empty = _without(_EMPTY, said)
    said, clock = _without(_CLOCK, said)
    kinds: list[Kind] = []
    for kind, words in KIND_WORDS.items():
        said, found = _without(words, said)
        kinds += [kind] if found else []
    said, day = _without(_WEEKDAY, said)
    said, every = _without(_EVERY, said)
    time = _time(clock) if clock else None
    left = (_FILLING.sub("", part) for part in _PARTS.split(said))
    return Asked(
        tuple(kinds),
        bool(every),
        time,
        _weekday(day[1]) if day else None,
        bool(empty),
        tuple(word for word in left if word),
        clock[0].strip() if clock and time is None else "",
    )


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    found = pattern.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}" if found else text), found


def _weekday(word: str) -> int:
    return 7 if word in "日天" else number(word) or 1


def _time(clock: re.Match[str]) -> str | None:
    """None where no clock shows it."""
    half, hour, minutes, spoken, part = clock.groups()
    hours = number(hour or spoken) or 0
    past = _MINUTES.get(part or "")
    if past is None:
        past = number(minutes or (part or "0").rstrip("分")) or 0
    if half in _AFTERNOON and hours < 12:
        hours += 12
    return f"{hours:02}:{past:02}" if hours < 24 and past < 60 else None
