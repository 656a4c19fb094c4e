"""What the load asks: the golden questions, as often as real ones repeat, or never twice alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from benchmarks.load import Utterance
from bot.channels.render import fit_one
from bot.channels.wecom.receive import ROOM
from intents.conversation import FRESH
from intents.respond import respond
from intents.turn import Said
from knowledge import golden
from knowledge.snapshot import KnowledgeBase

DISTINCT = 200
SENDERS = 2_000
COMPARED_EVERY = 50

# A need opens the form, a command such as 删除我的信息 ends what others have begun: neither is
# what the next question of the same sender should meet for the rest of the run.
_ASKED = ("answer", "clarify", "refuse", "smalltalk")

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕彬晖岚峰"
_FRAMES = (
    "{opening}{question}{closing}",
    "{opening}我是{name}，{question}{closing}",
    "{question}{closing}（{name}，工号{number}）",
    "{opening}{year}年的，{question}{closing}",
)
# Mostly words of politeness, as most people's wordings differ by; the rest are strange words.
_OFTEN = (5, 1, 1, 1)
_OPENINGS = (
    "", "请问", "您好，", "你好，请问", "请教一下，", "麻烦问一下，", "老师好，", "打扰了，",
    "想问一下，", "想了解一下，", "那个，", "嗯，", "喂，你好，", "不好意思，", "请问一下，",
)  # fmt: skip
_CLOSINGS = (
    "", "？", "?", "。", "！", "谢谢", "，谢谢", "，谢谢您", "？谢谢！", "呢", "呀", "啊", "呢？",
    "，麻烦了", "，多谢", "…", "？？", "，急", "，盼复", " ", "，辛苦了",
)  # fmt: skip


Expect = Callable[[str], frozenset[str]]
"""The texts that a newcomer may be answered with who says this."""


@dataclass(frozen=True)
class Asked:
    """Questions that go on from round to round, from the same senders."""

    texts: Iterator[str]
    random: Random
    expect: Expect

    def take(self, count: int) -> tuple[Utterance, ...]:
        return tuple(map(self._utterance, range(count)))

    def _utterance(self, number: int) -> Utterance:
        text = next(self.texts)
        if number % COMPARED_EVERY:
            return Utterance(f"user{self.random.randrange(SENDERS)}", text)
        # Whoever has said nothing before gets an answer that is known beforehand.
        return Utterance(f"new{self.random.getrandbits(60):x}", text, self.expect(text))


def repeating(kb: KnowledgeBase, expect: Expect, seed: int) -> Asked:
    """Few questions are asked often, many seldom: the n-th of them 1/n as often as the first."""
    random = Random(seed)
    texts = _texts(kb)
    known = random.sample(texts, min(DISTINCT, len(texts)))
    weights = list(accumulate(1 / rank for rank in range(1, len(known) + 1)))
    return Asked(_drawn(known, weights, random), random, expect)


def unlike(kb: KnowledgeBase, expect: Expect, seed: int) -> Asked:
    """No text comes twice, so that none can be remembered."""
    random = Random(seed)
    return Asked(_once(_framed(_texts(kb), random)), random, expect)


def shipped_replies(kb: KnowledgeBase, clock: Callable[[], datetime]) -> Expect:
    """What the assistant answers on WeCom: now, and soon, should midnight come meanwhile."""

    def expect(text: str) -> frozenset[str]:
        moments = (clock(), clock() + timedelta(minutes=10))
        replies = (respond(FRESH, Said(text), kb, now).reply for now in moments)
        return frozenset(fit_one(reply, ROOM.size).strip() for reply in replies)

    return expect


def _texts(kb: KnowledgeBase) -> list[str]:
    found = (g.q for g, _ in golden.questions(kb) if g.kind in _ASKED and not g.context)
    return list(dict.fromkeys(found))


def _drawn(known: list[str], weights: list[float], random: Random) -> Iterator[str]:
    while True:
        yield from random.choices(known, cum_weights=weights)


def _framed(texts: list[str], random: Random) -> Iterator[str]:
    while True:
        (frame,) = random.choices(_FRAMES, _OFTEN)
        yield frame.format(
            opening=random.choice(_OPENINGS),
            closing=random.choice(_CLOSINGS),
            question=random.choice(texts),
            name=random.choice(_FAMILY) + "".join(random.choices(_GIVEN, k=2)),
            number=random.randrange(1_000, 100_000),
            year=random.randrange(2019, 2026),
        )


def _once(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text
