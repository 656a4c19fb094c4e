"""What is made on first use is made before the first user waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.desk import Respond
from bot.responding import respond
from intents.conversation import FRESH
from intents.turn import Said
from knowledge.late import compile_all
from knowledge.snapshot import KnowledgeBase

# One of each kind: a question, a need with everything that the form reads out of a text, slips that
# are put right and others that are none, a place within another, two notices beside each other.
_SAMPLES = (
    "需求清单什么时候报",
    "我们北京朝阳示例科技有限公司想办专利质押，联系人张三，手机13900000000，邮箱a@example.com",
    "知识产权服务万里行得总洁什么是候报宋",
    "侵权惩罚性赔偿最高能判几倍",
    "福建省尤溪县和北京市朝阳区2023年的方案有什么不同",
    "2021年和2024年的清单里必做的任务各有几项，年底前完成的是哪几项",
)


def warming(kb: KnowledgeBase, answer: Respond, now: datetime) -> Callable[[], None]:
    """`warm`, to be called later."""
    return partial(warm, kb, answer, now)


def warmed(kb: KnowledgeBase, now: datetime) -> KnowledgeBase:
    """The same, so that its first answer takes no longer than others."""
    warm(kb, respond, now)
    return kb


def warm(kb: KnowledgeBase, answer: Respond, now: datetime) -> None:
    """Answers the samples, forgets the answers, and compiles what they had no use for.

    Raises re.error.
    """
    for sample in _SAMPLES:
        answer(FRESH, Said(sample), kb, now)
    kb.lexicon.compile()
    compile_all()
