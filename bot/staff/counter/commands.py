"""What a staff member's message asks for: a name, the numbers that it names, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = Literal[
    "todo",
    "show",
    "accept",
    "return",
    "match",
    "close",
    "reply",
    "transfer",
    "note",
    "open",
    "answer",
    "draft",
    "figures",
    "export",
    "activity",
    "failed",
    "subscribe",
    "unsubscribe",
    "subscriptions",
    "help",
    "find",
    "take",
    "waiting",
    "not",
    "two",
]
"""待办, 需求, 受理, 退回, 匹配, 办结, 回复, 转办, 备注, 待答, 答, 入库, 统计, 导出, 记活动,
发送失败, 订阅, 退订, 我的订阅, 帮助.

`find`: a demand by its enterprise (需求 一诺). `take`: somebody who waits for a person (接 5);
`waiting`: all who do (接). `not`: something is *not* to be done (先别受理 17),
so nothing is. `two`: more than one thing at once, so that none is done before it is asked.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """`numbers` of demands, or of open questions for `answer` and `draft`, each once, as said.

    `rest` is what the message says besides, in its own words: the question with which a demand is
    returned, a resource's name, a bureau, a period.
    """

    name: Name
    numbers: tuple[int, ...] = ()
    rest: str = ""
