"""Staff's subscriptions: what they may ask to be pushed, what they are, and what was given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

KIND: Mapping[str, str] = {
    "daily": "日报",
    "weekly": "周报",
    "national": "国家局协调",
    "handoff": "转人工",
    "deadline": "到期提醒",
}
_WHAT: Mapping[str, str] = {
    "daily": "每个工作日的简报",
    "weekly": "每周的简报",
    "national": "有需国家局协调的需求就告诉您",
    "handoff": "有人找人工就告诉您",
    "deadline": "通知里的时间到期前7天、3天、1天告诉您",
}
_WEEKDAYS = "一二三四五六日"


def which() -> str:
    return "订阅什么？"


def option(kind: str) -> str:
    return f"{KIND[kind]}（{_WHAT[kind]}）"


def which_to_give_up() -> str:
    return "退订哪一个？"


def all_of_them() -> str:
    return "全部退订"


def when(kind: str, time: str, weekday: int) -> str:
    """At what time it comes; at once where there is none to choose."""
    if kind == "daily":
        return f"每个工作日{time}"
    if kind == "weekly":
        return f"每周{_WEEKDAYS[weekday - 1]}{time}，逢假日挪到相近的工作日"
    return f"到期前的工作日{time}" if kind == "deadline" else "随到随发"


def line(
    kind: str, when_: str, regions: Sequence[str], tasks: Sequence[str], empty: bool, given: bool
) -> str:
    """One subscription; `given`: by the settings."""
    parts = [
        f"{KIND[kind]}：{when_}",
        f"地区 {'、'.join(regions)}" if regions else "",
        f"任务 {'、'.join(tasks)}" if tasks else "",
        "空也发" if empty else "",
        "系统设置" if given else "",
    ]
    return "｜".join(part for part in parts if part)


def subscribed(lines: Sequence[str]) -> str:
    return "好的，已订阅：\n" + "\n".join(lines) + "\n不要了发“退订”，看全部发“我的订阅”。"


def own(lines: Sequence[str]) -> str:
    listed = "\n".join(lines)
    change = "要改就再发一次，如：订阅 日报 8:30；地区、任务不再限定就发“订阅 日报 全部”"
    return f"您的订阅（{len(lines)}）：\n{listed}\n{change}"


def none() -> str:
    return "您还没有订阅。可以这样订：订阅 日报 8:30"


def given_up(kinds: Sequence[str]) -> str:
    return f"已退订：{'、'.join(KIND[kind] for kind in kinds)}。"


def not_subscribed(kinds: Sequence[str]) -> str:
    return f"您没有订阅{'、'.join(KIND[kind] for kind in kinds)}。"


def by_the_settings(kinds: Sequence[str]) -> str:
    named = "、".join(KIND[kind] for kind in kinds)
    return f"{named}是系统设置里指定的，不能在这里退订，请管理员改设置。"


def no_pushes_here() -> str:
    return "这里不能主动发消息，不能订阅。请在企业微信或钉钉里发“订阅”。"


def not_known(word: str) -> str:
    return f"没认出“{word}”，还没有订阅。地区写全称，任务写名称，如：订阅 日报 8:30 厦门市 质押融资"


def no_such_time(word: str) -> str:
    return f"“{word}”不是钟点，还没有订阅。请这样写：订阅 日报 8:30"


def not_your_region(regions: Sequence[str]) -> str:
    return f"{'、'.join(regions)}不在您负责的地区，不能订阅。"
