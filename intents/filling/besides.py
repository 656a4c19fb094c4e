"""What a message tells besides the form's slots: the place, the same enterprise, or another one.

Whole clauses are taken out of the message, so that no slot takes them for a value of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intents.slots import company
from knowledge.late import late
from knowledge.snapshot import KnowledgeBase

_CLAUSE = late(r"[^，,。；;！!？?\n]+")
_MARKS = " ，,。；;！!？?\n"
_WE = (
    r"(?:嗯|哦|对了|那个?|另外|我们?这边|我们?这里|这边|我们?的?|咱们?|本|贵|我)?(?:公司|单位|企业|司|厂|店|"
    r"合作社)?(?:现在|目前|是|就|都)*"
)
_SITS = late(
    rf"{_WE}(?:所在地(?:区|市|方)?|注册地(?:址)?|地区|地址|所属地区)?(?:在|位于|地处|坐落[在于]|来自|属于?|注册在|是|：|:)"
    rf"(?P<place>.{{2,20}})"
)
_THEREABOUTS = late(rf"{_WE}(?P<place>.{{2,12}}?)(?:那边|这边|当地|本地)(?:的|企业|公司|厂)*")
_BY_PLACE = late(r"(?:嗯|哦|对了|那|就|是|在|属于?|我们?|这边|归){0,4}(?P<place>[^，,。]{2,20})")
_SUFFIX = late(r"(?:综合实验区|自治[区州县]|地区|[省市区县州盟])$")
_ROUND = late(
    r"(?:这边|那边|这里|那里|里|的|本地|当地|市|区|县|省|镇|乡|街道|工业园|开发区|园区|高新区|经济|企业|公司|"
    r"单位|人|吧|啊|呀|哈|呢|了|哦){0,5}"
)
_ONCE = r"(?:上次|上回|上一[次回份个]|刚才|刚刚|之前|原来|原先|以前|前面)"
_SAME = late(
    rf"(?:还是|仍是?|就是|就|跟|和|同|与|用|按|我们?|单位|公司|企业|联系人|联系方式|信息|都|也|是|，)*{_ONCE}的?"
    r"(?:登记|填|报|提交|说)?(?:过|了)?的?(?:那|这)?(?:一)?(?:家|个)?(?:公司|单位|企业|信息|联系人|联系方式|人)?"
    r"(?:一样|相同|不变|没变)?(?:吧|啊|的|了|就行|就好|就可以)*"
)
_AS_ABOVE = late(
    r"(?:其他|其它|别的|单位|公司|联系人|联系方式|电话|信息|资料|和|跟|、|都|也|，)*"
    r"(?:同上|同前|不变|没变|一样|照旧|照抄|跟上面一样|和上面一样)(?:的|吧|了|就行)*"
)
_LIKE_BEFORE = late(
    rf"(?:还是)?(?:跟|和|同|与|用)?{_ONCE}(?:一样|相同|同样)?的(?:那家|那个)?"
    r"(?:公司|单位|企业|联系人|联系方式|信息|资料)(?:就行|就好|吧|的|了)*"
)
_SAME_TELLS = late(r"家|公司|单位|企业|信息|联系|一样|相同|不变|没变|还是")
_OTHER = late(
    r"(?:不是(?:那|这|上次那)家(?:公司|单位)?|(?:这次|这回|现在|我)?(?:要|想|是|给|帮|替)?(?:换一?[家个下]|换成?|另(?:外)?一?家|"
    r"别的一?家?|其他的?一?家?|另外的)(?:的)?(?:公司|单位|企业|厂)(?:登记|报|提|填|的)*)(?:吧|了|的|来)*"
)
_FOR_WHOM = late(
    r"(?:我|我们|那|还|再|另外|也|想|要|请|麻烦|帮我|给我){0,5}(?:帮|给|替|为)(?P<name>[^，,。\n]{4,30}?)"
    r"(?:也|再|，)?(?:登记|申报|报|提交?|填)(?:一?[个份下条])?(?:新的?|服务)?(?:需求)?(?=[，,。：:；\s]|$)"
)


@dataclass(frozen=True, slots=True)
class Besides:
    """`rest`: the message without those clauses. `region`: the place told, by its full name.

    `same`: the enterprise of last time is meant; `other`: another one than was taken over.
    """

    rest: str
    region: str | None = None
    same: bool = False
    other: bool = False


def read(text: str, kb: KnowledgeBase, *, asked: bool) -> Besides:
    """`asked`: the place was asked for, so that its bare name tells it."""
    region, same, other, cut = None, False, False, []
    text = _FOR_WHOM.sub(_labelled, text)
    for clause in _CLAUSE.finditer(text):
        said = clause[0].strip()
        if _means_the_same(said):
            same = True
        elif _OTHER.fullmatch(said):
            other = True
        elif place := _place(said, kb, asked):
            region = place
        else:
            continue
        cut.append(clause.span())
    rest = text
    for start, end in reversed(cut):
        rest = rest[:start] + rest[end:].lstrip(_MARKS)
    return Besides(rest if rest.strip(_MARKS) else "", region, same, other)


def _means_the_same(said: str) -> bool:
    if (_AS_ABOVE.fullmatch(said) and len(said) > 2) or _LIKE_BEFORE.fullmatch(said):
        return True
    return _SAME.fullmatch(said) is not None and _SAME_TELLS.search(said) is not None


def _labelled(match: re.Match[str]) -> str:
    """再帮某某公司登记一个: the enterprise by its label."""
    return f"单位：{match['name']}" if company.is_legal(match["name"]) else match[0]


def _place(clause: str, kb: KnowledgeBase, asked: bool) -> str | None:
    ways = (_SITS, _THEREABOUTS, _BY_PLACE) if asked else (_SITS, _THEREABOUTS)
    for way in ways:
        match = way.fullmatch(clause)
        place = kb.divisions.find(match["place"], near=kb.home) if match else None
        if match and place and _is_only(match["place"], kb.divisions.lineage(place)):
            return place
    return None


def _is_only(text: str, lineage: Sequence[str]) -> bool:
    """`text` names the place, what it lies in, and nothing else but what goes around one."""
    for name in lineage:
        text = text.replace(name, "").replace(_SUFFIX.sub("", name), "")
    return _ROUND.fullmatch(text) is not None
