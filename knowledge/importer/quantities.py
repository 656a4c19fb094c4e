"""Figures with a unit, as goals and quotas print them: 18.5个月, 超过10%, 4个至5个, 至少1项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_COUNT = (
    "家|个|项|件|所|名|人次|人|次|场|期|篇|门|套|种|条|台|座|处|倍|亩|公里|户|款|支|站|幅|位|分"
)
_UNIT = (
    rf"(?:个百分点|个月|个工作日|天|%|‰|(?:千|万|十万|百万|千万|亿|万亿)?(?:元|{_COUNT})|平方米|吨)"
)
_UNDER = (
    "至少|最多|至多|不少于|不低于|不得少于|不得低于|不超过|不得超过|不多于|不高于|超过|突破|大于|"
    "高于|低于|最高"
)
_QUANTITY = re.compile(
    rf"(?P<direction>(?:{_UNDER}) ?)?(?<![\d.第〔\[(A-Za-z])"
    rf"(?P<number>(?:{_NUMBER} ?(?:{_UNIT})? ?(?:至|到|-|~|—) ?)?{_NUMBER} ?(?P<unit>{_UNIT}))"
    r" ?(?P<limit>及?以上|及?以下|以内|左右)?"
)
_WORDS = re.compile(
    rf"(?P<direction>(?:{_UNDER}) ?)(?P<number>[一二两三四五六七八九十百]{{1,4}}(?P<unit>{_COUNT}))"
    r"(?P<limit>及?以上)?"
)
_WHOLE = re.compile(r"(?P<direction>)(?P<number>(?P<unit>全覆盖))(?P<limit>(?=$|[。；,，]))")
# What the counter counts is no goal: terms, parts of the text, sizes of papers.
_NO_GOAL = re.compile(
    r" ?(?:工作日|自然日|月内|月以|小时|阶段|方面|部分|步骤|环节|类别|附件|章|字|页|学时|学分|"
    r"问题|文件|年|批次)"
)


class Quantity(NamedTuple):
    """`start:end` in the text; `value` as printed, without blanks."""

    start: int
    end: int
    value: str
    unit: str
    directed: bool

    @property
    def counts(self) -> bool:
        """Whether things are counted, not money or a share."""
        return not re.search(r"[元%‰]|百分点|个月|倍|[天吨]", self.unit)


def quantities_in(text: str) -> Iterator[Quantity]:
    """The figures of plain text in order."""
    found = [*_QUANTITY.finditer(text), *_WORDS.finditer(text), *_WHOLE.finditer(text)]
    for match in sorted(found, key=re.Match[str].start):
        if not _NO_GOAL.match(text, match.end()) and match["unit"] not in ("个工作日", "天"):
            directed = bool(match["direction"] or match["limit"] or match.re is _WHOLE)
            value = re.sub(r"\s", "", match[0])
            yield Quantity(match.start(), match.end(), value, match["unit"], directed)
