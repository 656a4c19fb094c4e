"""What people say: questions, one call for a person, and demands with a mark each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

QUESTIONS = (
    "2021年万里行的需求清单什么时候报送？",
    "优秀案例推荐截止到哪天",
    "万里行联系谁",
    "总结几号交",
    "保护司牵头几项",
    "2021年工作指引里有哪些重点任务",
)
CALL = "转人工"

_DEMANDS = 0.05
"""The share of what they begin that is a demand, of three messages."""

_NATIONAL = 0.3
"""The share of demands of which a member of staff is told at once."""

_CONFIRMED = re.compile(r"已提交.*编号是需求(\d+)")
_TOLD = re.compile(r"(\d+)号需求刚刚提交")


def words(rng: Random, whose: int) -> Iterator[str]:
    """Without end; somewhere among the first is the call."""
    called = rng.randrange(2, 6)
    number = 0
    while True:
        if number == called:
            yield CALL
        elif rng.random() < _DEMANDS:
            yield from demand(number, whose, national=rng.random() < _NATIONAL)
        else:
            yield rng.choice(QUESTIONS)
        number += 1


def demand(number: int, whose: int, *, national: bool = False) -> Iterator[str]:
    """What somebody says who files one, to the end."""
    yield "登记需求"
    yield (
        f"单位名称：福州试验{whose}号有限公司\n联系人：张三\n联系电话：0591-87654321\n"
        f"服务需求事项：专利质押融资第{number}件\n需国家局协调：{'是' if national else '否'}"
    )
    yield "提交"


def confirmed(answers: Iterable[str]) -> list[int]:
    """The sender's own numbers of the demands that were confirmed in them."""
    return [int(found[1]) for answer in answers if (found := _CONFIRMED.search(answer))]


def told_of(texts: Iterable[str]) -> list[int]:
    """The ids of the demands that staff were told of."""
    return [int(found[1]) for text in texts if (found := _TOLD.search(text))]
