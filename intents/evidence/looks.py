"""How the things that a question asks for look in a text: read once for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intents.query import Query
from knowledge.late import late
from knowledge.lexicon import Aspect

_DATED = late(r"\d+月|\d{4}年|年底|周年|季度|期间")
_DAY = late(r"\d+月|\d+[日号]|年底|月底")
# Who asks for the day is not served by a year or a season.
_DAY_ASKED = late("几号|几月|哪一?天|几日|日期")
FIGURE = late(r"\d|[一二三四五六七八九十百]+[个项家所条类次名件倍成]")
# How a value of each kind looks in a sentence.
_LOOKS: Mapping[Aspect, re.Pattern[str]] = {
    "deadline": _DATED, "period": _DATED, "when": _DATED, "over": _DATED, "target": FIGURE,
    "who": re.compile("[司局处厅委部会办]|部门|单位|机构|中心|牵头|负责"),
    "contact": re.compile(r"\d{7}|@"),
    "list": re.compile(r"、.*、|\d|[一二三四五六七八九十两]+[个项家条类种方大]|[:;：；]"),
    "where": re.compile("[向到至]|通过|系统|平台|邮箱|网|报送"),
}  # fmt: skip
# Of a task the table tells when it is to be done, and no other time.
_DONE = late("完成|做完|办完|搞完|搞定|任务|第.{1,3}[项条]|那项|这项|时限|期限|年底|落实")
# Words of handing in, which deadlines are about and periods are not.
HANDS_IN = late("[报交递寄送]|推荐|推几|申请|上传")
# Who asks what a thing is wants all of its name to be known.
_DEFINED = late("^什么是|(?:是什么|是啥|什么意思|啥意思)[?。]?$")


@dataclass(frozen=True, slots=True)
class Looks:
    """`beside`: how what is asked for first and second looks, where it has a look; `first` is
    the same of what is asked for first. `dated`: how a date looks that would do. `hands_in`,
    `done`: whether the question is about handing in, about getting done; `defined`: it asks what
    a thing is."""

    beside: Sequence[tuple[Aspect, re.Pattern[str]]]
    first: re.Pattern[str] | None
    dated: re.Pattern[str]
    hands_in: bool
    done: bool
    defined: bool


def looks_of(query: Query) -> Looks:
    dated = _DAY if _DAY_ASKED.search(query.text) else _DATED
    found = [(ask, _LOOKS.get(ask)) for ask in query.asks[:2]]
    beside = [
        (ask, dated if looks is _DATED else looks) for ask, looks in found if looks is not None
    ]
    first = next((looks for ask, looks in beside if ask == query.asks[0]), None)
    return Looks(
        beside,
        first,
        dated,
        hands_in=HANDS_IN.search(query.text) is not None,
        done=_DONE.search(query.text) is not None,
        defined=query.asks == ("content",) and _DEFINED.search(query.text) is not None,
    )
