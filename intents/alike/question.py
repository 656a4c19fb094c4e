"""Which open questions ask for the same, in other words? One answer must answer all of a group.

Two are alike where they ask for the same kind of thing (when, who, whether …) of the same scope
(notice, year, region, issuer, clause), with the same figures, from the same province, and where
each says nothing that the other does not say. Nearly alike is not alike: who answers sees a group
as one question.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from intents.query import Query, Scope
from intents.understand import meant, understand
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.normalise import normalise
from knowledge.search import LITTLE
from knowledge.slips.sounds import sound
from knowledge.snapshot import KnowledgeBase

_SAME: tuple[tuple[str, str], ...] = (
    ("个体户", "个体(?:工商|经营|商)户|个体工商业者?"),
    ("报名", "(?:报名|申报|申请)?(?:参加|参与)|申报|报个名|(?<=[能以可想去])报(?=[\\s?。!]*$)"),
    ("网上", "线上|在线|网络上"),
    ("盖章", "(?:加?盖)(?:个|上)?(?:公章|印章|章子?)"),
    ("费用", "多少(?:钱|元|费用)|几块钱|(?:要|花|交|收|缴)(?:多少)?(?:钱|费)|价格|价钱|收费"),
    ("利率", "利息|几个点"),
    ("奖金", "奖励(?:金)?|奖钱"),
    ("补贴", "补助|补多少"),
    ("办理", "办理|办(?!公|法|事)"),
    ("传真", "传真号码?"),
    ("电话", "(?:联系|咨询)(?:电话|方式)|手机号码?|电话号码?|号码"),
    ("材料", "资料"),
    ("模板", "模版|范本|样本|样表"),
)
"""What questions say in one way or another: the word that stands for it, and how it is said."""
_ASKS: tuple[tuple[str, str], ...] = (
    ("why", "为什么|为啥|为何|凭什么"),
    (
        "when",
        "什么时候|啥时候|什么时间|啥时间|几月几[号日]|几[号日月]|哪一?[天日年]|何时|几时|几点",
    ),
    ("long", "多久|多长时间|几天|多少天|几个工作日"),
    ("where", "哪里|哪儿|在哪|去哪|什么地方|啥地方"),
    ("who", "谁|哪(?:个|些|几个)?(?:部门|单位|处室?|科室?|司局?)|哪位"),
    ("how", "怎么样?|咋样?|如何|怎样"),
    ("much", "(?:交|收|缴|给)?多少|几(?=[个家项件份万亿条年岁位人])|多大|多高"),
    ("which", "哪(?:些|几|个|种|类|家|一)*"),
    ("what", "什么样?|啥样?"),
)
_OR_NOT = late(r"([\u4e00-\u9fff])[不没]\1|有没有|是否|能否|可否")
_WHETHER = late(r"[吗么嘛][\s?。!]*$|[不没][\s?。!]*$")
_NOT = late(
    "不(?!少|同|限|断|动产|知道|清楚|好意思)|没|未(?!来)|无(?!效|形|人|锡|线|锡)|别(?!的|人|家)"
)
_SELF = late("(?:我们?|咱们?|俺们?|本)(?:这?[家个])?(?:企业|公司|单位|厂子?|店|合作社)?")
_POLITE = late(
    "请问|您好|你好|老师|麻烦|谢谢|可不可以|可以|能够|能不能|能|会|是|的话|需要|需|要|得|应该|现在|使用"
)
_CONTEXT = late("^(?:那么?|它|这个?|上面|刚才)|^.{0,6}呢[?。!\\s]*$")
_TO_WHOM = late("[给向由从被把转到比]")
_BOUND = late("最[多少高低大小早晚迟长短]|[上下]限|至少|起码|最[后初终]|[上下]一")
_MONEY = late("费用|奖金|补贴|利率")
_PAID = late("奖金|补贴|罚款")
_FIGURE = late(r"\d+(?:\.\d+)?")
_RUN = late("[\u4e00-\u9fffa-z0-9.%]+")
_NAMED: frozenset[Aspect] = frozenset(
    ("deadline", "over", "columns", "document", "attachment", "contact", "where")
)
"""Aspects that are told from others by their own words."""
_ENOUGH, _SLIP = 3, 4
_ORDERED, _SLIPPED = 80.0, 70.0


@dataclass(frozen=True, slots=True)
class Asked:
    """`year` is that in which it was asked; `region` where who asked is from, if that is known.
    `alone`: it is to be answered by itself, whatever it says."""

    id: int
    text: str
    year: int
    region: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """`key` must be the same in both of two that are alike; `words` is what is left to say."""

    key: Hashable
    words: str


def grouped(asked: Iterable[Asked], kb: KnowledgeBase) -> list[tuple[int, ...]]:
    """The ids in groups, in the order given; each of a group is alike to each other one of it.

    So whichever of a group is answered, those that are left still ask for the same.
    """
    groups: list[list[tuple[int, str]]] = []
    of_key: dict[Hashable, list[list[tuple[int, str]]]] = {}
    for one in asked:
        read = read_of(one.text, one.year, one.region, kb)
        key = ("alone", one.id) if one.alone else read.key
        near = of_key.setdefault(key, [])
        group = next((g for g in near if all(_alike(read.words, w) for _, w in g)), None)
        if group is None:
            group = []
            near.append(group)
            groups.append(group)
        group.append((one.id, read.words))
    return [tuple(id_ for id_, _ in group) for group in groups]


@lru_cache(maxsize=8192)
def read_of(text: str, year: int, region: str | None, kb: KnowledgeBase) -> _Read:
    """Remembered, as the same open questions are grouped for every page that shows them."""
    plain = normalise(meant(text, kb))
    query = understand(plain, kb, year)
    if _CONTEXT.search(plain):
        return _Read(("context", plain, year, region), plain)
    asks, said = _asks(query.rest)
    denied = len(_NOT.findall(said)) % 2
    bounds = frozenset(_BOUND.findall(said))
    words = "".join(_telling(said, kb))
    if len(words) < _ENOUGH and query.scope.empty:
        return _Read(("bare", plain, year, region), plain)
    about = (_scope(query), tuple(sorted(query.departments)), query.duty)
    named = frozenset(query.asks) & _NAMED
    figures = tuple(sorted(_FIGURE.findall(said)))
    where = _province(query.scope.home or region, kb)
    sounds = frozenset(map(sound, words))  # the same also after a slip: few are held against others
    return _Read((about, asks, named, denied, bounds, figures, where, sounds), words)


def _scope(query: Query) -> Scope:
    return replace(query.scope, today=None, home=None)


def _province(region: str | None, kb: KnowledgeBase) -> str | None:
    """Of who is from nobody knows where, that of the bureau: other provinces have other rules."""
    region = region or kb.home
    lineage = kb.divisions.lineage(region) if region else ()
    return lineage[-2] if len(lineage) > 1 else region


def _asks(said: str) -> tuple[frozenset[tuple[str, int]], str]:
    """What kinds of thing are asked for, how often, and the text in one wording without the words
    that ask."""
    whether = bool(_OR_NOT.search(said) or _WHETHER.search(said))
    said = _WHETHER.sub(" ", _OR_NOT.sub(lambda found: found[1] or " ", said))
    for word, ways in _SAME:
        said = re.sub(ways, word, said)
    if _PAID.search(said):
        said = said.replace("费用", " ")
    found: dict[str, int] = {}
    for kind, ways in _ASKS:
        said, times = re.subn(ways, " ", said)
        if times:
            found[kind] = times
    if whether and not found:
        found["whether"] = 1
    elif not found or (found.keys() == {"what"} and "费用" in said):
        found = {"much": 1} if _MONEY.search(said) else {}
    return frozenset(found.items()), said


def _telling(said: str, kb: KnowledgeBase) -> Iterator[str]:
    """What is said besides asking: without polite, light and little words."""
    left = list(_POLITE.sub(" ", _SELF.sub(" ", said)))
    for start, end in kb.light.spans("".join(left)):
        left[start:end] = " " * (end - start)
    for run in _RUN.findall("".join(left)):
        yield "".join(sign for sign in run if sign not in LITTLE)


def _alike(one: str, other: str) -> bool:
    """Whether each says all that the other one says, but for a slip of typing."""
    if one == other:
        return True
    here, there = set(one) - set(other), set(other) - set(one)
    if here or there:
        return _is_slip(here, there, one, other)
    if _TO_WHOM.search(one) or _TO_WHOM.search(other):
        return fuzz.ratio(one, other) >= _ORDERED
    return True


def _is_slip(here: set[str], there: set[str], one: str, other: str) -> bool:
    if len(here) != 1 or len(there) != 1 or min(len(one), len(other)) < _SLIP:
        return False
    return sound(*here) == sound(*there) and fuzz.ratio(one, other) >= _SLIPPED
