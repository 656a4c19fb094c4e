"""How the house stands, in words: what is wrong first, then each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.care.state import State
from bot.console.wording import CHANNEL, LOOP
from storage.health import Queue

_LATE = timedelta(minutes=10)
"""Rates and first retries are over by then."""


@dataclass(frozen=True, slots=True)
class Part:
    """`well`: nothing is to be done about it. `path`: where one sees more, within the console."""

    name: str
    told: str
    well: bool = True
    path: str = ""


def parts(state: State, ailing: Mapping[str, str]) -> list[Part]:
    """`ailing`: why a platform gives no token now, by its section of the settings."""
    return [
        _database(state),
        _knowledge(state),
        _jobs(state),
        *(_queue(channel, queue) for channel, queue in state.queues.items()),
        *(_token(name, why) for name, why in ailing.items()),
    ]


def _database(state: State) -> Part:
    if state.newest is None:
        return Part("数据库", "没有及时回应，请检查数据库", False)
    return Part("数据库", "正常")


def _knowledge(state: State) -> Part:
    if not state.notices:
        return Part("知识库", "没有一件通知，什么都答不了", False)
    told = f"第{state.revision}版，{state.notices}件通知" if state.revision else "随程序的通知"
    if state.newest is not None and state.newest > state.revision:
        return Part("知识库", f"已发布第{state.newest}版，还在用{told}，请看运行日志", False)
    return Part("知识库", told if state.revision else f"{told}，{state.notices}件")


def _jobs(state: State) -> Part:
    stopped = "、".join(LOOP.get(name, name) for name, alive in state.loops.items() if not alive)
    if stopped:
        return Part("后台任务", f"{stopped}停了，请重启服务", False)
    return Part("后台任务", "都在运行")


def _queue(channel: str, queue: Queue) -> Part:
    name = f"发件箱：{CHANNEL.get(channel, channel)}"
    told = "，".join(_waits(queue)) or "没有等着发送的"
    path = f"/pushes/sent?state=waiting&channel={channel}" if queue.waiting else ""
    return Part(name, told, queue.overdue < _LATE and not queue.struggling, path)


def _waits(queue: Queue) -> Iterator[str]:
    if queue.waiting:
        yield f"{queue.waiting}条等着发送"
    if queue.overdue >= _LATE:
        yield f"最早的已等{_long(queue.overdue)}"
    if queue.struggling:
        yield f"{queue.struggling}条多次没发出"


def _long(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 48 * 60 else f"{minutes // (24 * 60)}天"


def _token(name: str, why: str) -> Part:
    return Part(f"平台凭证：{CHANNEL.get(name, name)}", f"取不到（{why}）", False)
