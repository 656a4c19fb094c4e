"""What a message wants of one of the sender's own demands: 撤回需求3, 刚才那份电话改成…."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from intents.filling.pieces import tidy
from knowledge.late import late

Verb = Literal["list", "where", "withdraw", "edit"]

LAST = 0
"""Stands for the number of the demand that was filed last: 刚才那份."""

_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_N = r"(?:\d{1,5}|[一二三四五六七八九十两])"
_LEAD = (
    r"(?:请问|请|麻烦|帮我|帮忙|给我|帮|你好|您好|那|哦|嗯|对了|等等|我们?|想|要|能不能|能否|能|可以|可不可以|"
    r"现在|先|再|把|将|需要|一下|,|，| ){0,8}"
)
_ONCE = (
    r"(?:刚才|刚刚|方才|上面|上一次|上次|上一|之前|前面|先前|最近|昨天|前天|前几天|那天|早上|上周)"
)
_FILED = r"(?:提交|登记|填报|填写|上报|申报|提|报|交|填|发)"
_THING = r"(?:(?:服务)?(?:需求|登记|单子|申请)(?:表|单)?)"
_ONE = (
    rf"(?:我们?|我司|公司)*的?(?:(?:第\s*(?P<nth>{_N})\s*(?:个|份|条|项|号)(?:的)?{_THING}?)|"
    rf"(?:{_THING}(?:编号|号)?\s*(?:第|no\.?|[#＃])?\s*(?P<no>{_N})(?![\d.．、件个家])\s*号?)|"
    rf"(?:(?P<of>{_N})\s*号{_THING}))"
)
_LATEST = (
    rf"(?:我们?|我司|公司)*(?:{_ONCE}(?:我们?|已经)*{_FILED}?(?:过|了|上去|好)*的?(?:那|这)?一?(?:份|个|条|项|张)"
    rf"(?:{_THING})?|{_ONCE}(?:我们?|已经)*{_FILED}(?:过|了|上去|好)*的?(?:{_THING})?|"
    rf"{_ONCE}的{_THING}|(?:那|这)(?:一)?(?:份|个|条|张){_THING}|上一?(?:份|条)(?:{_THING})?)"
)
_ANY = (
    rf"(?:我们?|我司|公司)的?(?:{_FILED}(?:过|了)*的?)?(?:那个|那份|所有|全部)?的?{_THING}|{_THING}"
)
_REF = rf"(?:(?P<one>{_ONE})|(?P<latest>{_LATEST})|(?P<any>{_ANY}))"

_WITHDRAW = r"(?:撤回|撤销|撤掉|撤了?|取消|作废|删掉|删除|删了|不要|不办|不需要)"
_EDIT = (
    r"(?:再加[上一][句点条个]?|修改|更改|更正|改一?下|改改|改|补充|完善|编辑|变更|调整|更新)(?:一下|一些|几处)?"
    r"(?:内容|信息)?"
)
_END = r"(?:了|吧|掉|啊|呀|哦|呢|可以吗|行吗|好吗|吗|嘛|谢谢|,|，|。|！|!|？|\?|~| )*"
_STANDS = (
    r"(?:到哪(?:里|儿|一步|步)?|怎么?样|咋样|如何|进度|进展|状态|什么(?:情况|状态|进度|时候)|办(?:得|的|到|好|完|理|成)|"
    r"处理|有(?:没有)?(?:结果|消息|回复|进展|人)|受理|为什么|为啥|怎么|咋|多久|还没|退回|被退|看一?看|查)"
)
_LISTED = (
    r"(?:(?:查看?|看看?|列(?:出|一下)?|显示|翻)(?:一下|下)?)?(?:(?:我们?|我司|公司|单位)(?:都|已经?|现在)*(?:的|"
    rf"{_FILED}(?:过|了)*的?)(?:所有|全部)*(?:{_THING})(?:清单|列表|记录|明细)?|"
    rf"(?:已经?|之前|以前)*{_FILED}(?:过|了)的?(?:{_THING}))(?:都?有(?:哪些|什么|几个)|列表|清单|"
    r"列出来|给我看看|看一下)?"
)
_LIST_ASKED = (
    rf"(?:我们?|我司|公司|单位)(?:都|一共|总共|已经?|之前)*{_FILED}(?:过|了)(?:哪些|什么|几个|多少)个?"
    rf"{_THING}?"
)
_WRONG = "错|不对|有误|应该是|应为|换成"
_A_LOOK, _NOW = "(?:一下|下|看|看看)*", "(?:现在|目前|的|又|是|,|，)*"
_WORDED: tuple[tuple[Verb, str], ...] = (
    ("withdraw", rf"{_LEAD}{_WITHDRAW}(?:一下|掉|了)?{_REF}{_END}"),
    ("withdraw", rf"{_LEAD}{_REF}(?:都|给我|也|就|我)*{_WITHDRAW}{_END}"),
    ("list", rf"{_LEAD}(?:{_LISTED}|{_LIST_ASKED}){_END}"),
    ("edit", rf"{_LEAD}{_EDIT}{_REF}(?:的|里的?|中的?)?(?P<told>[\s,，:：。].*|)"),
    ("edit", rf"{_LEAD}{_REF}(?:的|里的?|中的?|有)*(?P<more>[^,，。;；]*{_EDIT}.*)"),
    ("edit", rf"{_LEAD}{_REF}(?:的|里的?|中的?|有|,|，| )*(?P<wrong>.*(?:{_WRONG}).*)"),
    ("where", rf"{_LEAD}(?:{_STANDS}{_A_LOOK})?{_REF}{_NOW}(?:{_STANDS}.{{0,12}})?{_END}"),
)  # fmt: skip
_FORMS = tuple((verb, late(words, re.I | re.S)) for verb, words in _WORDED)
_SPEAKS = late(
    r"需求|登记|单子|申请|刚|方才|先前|之前|前[面天几]|最近|昨|早上|上[面次一周]|[那这]一?[份个条张]|第"
)
"""Without one of these no demand is spoken of."""
_LONGEST = 40  # characters, but for an edit, which may bring its values
_ONLY_EDIT = late(rf"(?:要|想)*{_EDIT}{_END}")


@dataclass(frozen=True, slots=True)
class Wish:
    """`number`: the demand by the sender's own count, `LAST`, or None where none is singled out.

    `told`: what an edit says of it besides.
    """

    verb: Verb
    number: int | None
    told: str = ""


@lru_cache(maxsize=4096)
def read(text: str) -> Wish | None:
    """What `text` as a whole wants of one's own demands; None where it speaks of other things."""
    said = tidy(text)
    if _SPEAKS.search(said) is None:
        return None
    for verb, expression in _FORMS:
        if verb != "edit" and len(said) > _LONGEST:
            continue
        match = expression.fullmatch(said)
        if match is None or (verb == "where" and not _means_one(match, said)):
            continue
        return Wish(verb, _number(match), _told(match))
    return None


def _means_one(match: re.Match[str], said: str) -> bool:
    """One's own demand is singled out: 需求3, 刚才那份, 我的需求怎么样了; not 需求怎么写."""
    asked = re.search(_STANDS, said) is not None
    if match["any"]:
        return match["any"].startswith(("我", "公司")) and asked
    return asked or "需求" in said


def _number(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    for name in ("nth", "no", "of"):
        if groups.get(name):
            return _DIGITS.get(groups[name]) or int(groups[name])
    return LAST if groups.get("latest") else None


def _told(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("any") and not groups.get("told", ""):
        whole = match[0].strip()  # 需求改成…: the need of one of them, and no demand in particular
        return whole if groups.get("more") or groups.get("wrong") else ""
    told = groups.get("told") or groups.get("more") or groups.get("wrong") or ""
    told = told.strip(" ,，:：。")
    return "" if _ONLY_EDIT.fullmatch(told) else told
