"""The compiled grammar; it reads folded text (`numerals.folded`), where marks have one spelling.

`POINT` finds one end of a window, a lone date or a term. Its named groups are read in `reading`.
"""

from __future__ import annotations

import re

B = r" {0,3}"
_CN = "一二三四五六七八九"
_ZERO = "〇0Oo"
TO = r"(?:至|到|-{1,2}|~{1,2})"
_TO = rf"{B}{TO}{B}"

# Blanks between the figures of a number only behind a printed year: 附件1 2月 is no December.
_YEAR_FIGURES = (
    rf"(?:(?:19|20)\d\d|[12] [09] \d \d|二 ?[{_ZERO}] ?[{_CN}{_ZERO}] ?[{_CN}{_ZERO}]"
    rf"|一 ?九 ?[{_CN}{_ZERO}] ?[{_CN}{_ZERO}])"
)
_CN_MONTH = rf"(?:十[一二]?|[{_CN}])"
_CN_DAY = rf"(?:三?十[一]|三十|二?十[{_CN}]?|廿[{_CN}]?|卅一?|[{_CN}])"
_MONTH_NUMBER = rf"(?:1[0-2]|0?[1-9]|{_CN_MONTH})"
_WIDE_MONTH = rf"(?:1 ?[0-2]|0 ?[1-9]|[1-9]|{_CN_MONTH})"
_DAY_NUMBER = rf"(?:3[01]|[12]\d|0?[1-9]|{_CN_DAY})"
_WIDE_DAY = rf"(?:3 ?[01]|[12] ?\d|0 ?[1-9]|[1-9]|{_CN_DAY})"
_NOT_IN_NUMBER = rf"(?<![\d.{_CN}十廿第几])"

# Words that only begin like a relation: 5月25日前往, 5月内部.
_FORE = r"前(?!往|来|期|述|后|沿|列|置|瞻|端|言|夕|\d)"
_WITHIN = r"内(?!容(?!易)|部(?!署)|外)"
_INCLUDED = r"\([^()]{0,2}含[^()]{0,8}\)"
BEFORE = (
    rf"(?:以前|之前|{_FORE}|为止|截止|止(?!步|损|血|于)|以内|之内|{_WITHIN})"
    rf"(?:{B}{_INCLUDED})?"
)
FROM = r"(?:起(?!草|诉|步|点|飞|源|止)|开始)"
AFTER = r"(?:以后|之后|后(?!续|期|勤|备|台|面|方(?!可)))"
ON = r"(?:当[天日]|期间)"

_YEAR_WORD = r"(?:[今本明次翌来当去上每同]年)(?:度(?!末))?"
_YEAR = (
    rf"(?:{_NOT_IN_NUMBER}{_YEAR_FIGURES}{B}年(?:度(?!末))?"
    rf"|{_NOT_IN_NUMBER}[0-3]\d年(?={B}{_MONTH_NUMBER}{B}月)|{_YEAR_WORD})"
)
_END = r"[底末](?!数|尾|端)"
_BEGIN = r"初(?!步|审|评|选|级|稿|赛|筛|核|定|次|创|心|衷|中|始)"
_MONTH_PART = rf"(?:月?{_END}|月?{_BEGIN}|(?:上中|中下|[上中下])旬|[上下]半月)"
_QUARTER = r"第?[一二三四1-4]季度"
_YEAR_PART = rf"(?:年?{_END}|年?{_BEGIN}|[上下]半年|{_QUARTER}(?:{_END})?)"

_SECOND_DAY = rf"(?=(?:{_TO}|{B}[、和及]{B})(?:{_DAY_NUMBER}{B}[日号]|\d{{1,2}}{B}月{B}\d))"
_LOST = rf"(?={B}(?:之前|以前|{_FORE}|{FROM}|止|[至到]{B}\d|\((?:周|星期)))"
_AT_END = rf"(?={B}(?:[,。;)、\n]|$))"
_TWICE = rf"[日号](?:[日号](?={B}(?:{BEFORE}|{FROM}|[-~,.。;)至到止、(]|$)))?"


def _day(name: str, number: str, lost: str) -> str:
    return rf"(?P<{name}>{number})(?:{B}{_TWICE}|(?!\d)(?:{lost}))"


_MONTH = (
    rf"(?:{_NOT_IN_NUMBER}(?P<m>{_MONTH_NUMBER})(?:{B}月|(?={_TO}{_MONTH_NUMBER}{B}月(?!{B}\d|内)))"
    r"|(?P<mw>[本当同]月|[下次每上]个?月))"
)
_IN_MONTH = (
    rf"(?:份?{B}的?{B}(?:{_day('d', _DAY_NUMBER, _LOST + '|' + _SECOND_DAY)}|(?P<mp>{_MONTH_PART}))"
    rf"|份?(?!{B}\d{{1,2}}{B}[日号]))"
)
_WIDE_DATE = (
    rf"(?P<y>{_YEAR})的?{B}(?P<ym>{_WIDE_MONTH})"
    rf"(?:{B}月|(?={_TO}{_MONTH_NUMBER}{B}月(?!{B}\d)))"
    rf"(?:份?{B}(?:{_day('yd', _WIDE_DAY, _LOST + '|' + _AT_END + '|' + _SECOND_DAY)}"
    rf"|(?P<ymp>{_MONTH_PART}))|份?(?!{B}\d{{1,2}}{B}[日号]))"
)
_YEAR_AND_MONTH_WORD = rf"(?P<yy>{_YEAR})(?:{B}(?P<yp>{_YEAR_PART}))?"
_SPAN_YEAR = rf"{_NOT_IN_NUMBER}(?P<sy>(?:19|20)\d\d)(?={_TO}(?:19|20)\d\d{B}年)"
_DOTTED = (
    r"(?<![\dA-Za-z_./])(?P<dy>(?:19|20)\d\d)"
    rf"{B}(?P<sep>[-./]){B}(?P<dm>1[0-2]|0?[1-9])"
    rf"(?:{B}(?P=sep){B}(?P<dd>3[01]|[12]\d|0?[1-9])(?!\d|(?P=sep)\d{{1,3}}(?!\d)|[A-Za-z_/])"
    rf"(?:{B}{_TWICE})?"
    rf"|(?!\d)(?:(?={B}(?:{BEFORE}|{TO}{B}\d{{4}}|{FROM}))"
    rf"|(?<=[01]\d)(?!{B}[-\d.%万亿元个项家A-Za-z/_])))"
)
_COMPACT = (
    r"(?:(?<![\dA-Za-z_./-])|(?<=20\d{6}-))(?P<cy>20\d\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])"
    r"(?![\dA-Za-z_./])(?P<cday>日)?"
)
_TWO_FIGURES = (
    r"(?<![\d.])(?P<fm>1[0-2]|0?[1-9])\.(?P<fd>3[01]|[12]\d|0?[1-9])"
    rf"(?={B}日?{B}(?:之前|以前|{_FORE}))(?:{B}日)?"
)
_COUNT = rf"(?:\d{{1,3}}|[{_CN}两十百]{{1,4}}|半)"
_TERM = (
    rf"(?<![\d.{_CN}十百第])(?:{_COUNT}{B}(?:-|~|至|到|、){B})?(?P<tn>{_COUNT}){B}"
    rf"(?:(?P<tu>个?{B}(?:法定)?(?:工作日|自然日)|天|个{B}月|周|个?星期|年)"
    rf"(?P<tin>{B}(?:以内|之内|{_WITHIN}))?"
    rf"|(?P<tu2>日){B}(?:以内|之内|{_WITHIN}))"
)
_LONE = (
    rf"(?<![\d.:{_CN}十廿第〕\])月])(?:{_day('l', _DAY_NUMBER, _SECOND_DAY)}"
    rf"|(?P<l2>3[01]|[12]\d|0?[1-9])(?={B}(?:之前|以前|{_FORE})))"
)
_VAGUE = (
    rf"(?<![\d{_CN}十百几多两数多半学财周往近当每个])(?P<v>年{_END}|年{_WITHIN}|月{_END}|月{_WITHIN})"
    rf"|(?<!每)(?P<vh>[上下]半年|{_QUARTER}{B}(?:{_END}|(?={_WITHIN})))"
    rf"|(?P<vq>每个?季度{B}(?:{_END}|(?:首|末|第[一二三]个?)月(?:\d{{1,2}}[日号])?)|每周[{_CN}日天])"
    rf"|(?P<now>即日(?=起)|(?:本?(?:通知|公告|通告))?(?:印发|发布|下发|公布|发文|发出)之日(?=起?{_TO}))"
)

CLOCK = (
    rf"(?:(?P<half>上午|下午|中午|晚上|晚间|凌晨|早上|[早晚](?={B}\d))|北京时间)?"
    rf"{B}(?:(?P<h>[01]?\d|2[0-4])(?:{B}:{B}|\.(?=\d\d{B}之?前))(?P<min>[0-5]\d)(?::[0-5]\d)?(?:{B}[时点分整])?(?!\d)"
    rf"|(?P<hw>[01]?\d|2[0-4]|二?十[{_CN}]?|[{_CN}〇]){B}(?:时(?!间|代|期|候|常|尚|刻|效)|点(?!击|评|对|位|多|面|名))"
    rf"(?:{B}(?P<mw>[0-5]?\d){B}分?|(?P<mh>半)|整|钟|正)?)"
)
_TIME = re.sub(r"\?P<\w+>", "?:", CLOCK)
_HALF = r"(?:上午|下午|中午|晚上|晚间|凌晨|早上|晚(?!于|些))"
_HOURS = rf"(?:{_TIME}(?:{_TO}{_TIME})?|{_HALF}?下班(?:时间)?(?=之?前)|{_HALF})"
_WEEKDAY = rf"[本下]?(?:周|星期|礼拜)[{_CN}日天]"
_BRACKETED = rf"\({B}(?:{_WEEKDAY})?{B}[,、]?{B}(?:{_HOURS})?(?:{_FORE})?\)"
_TAIL = (
    rf"(?P<hours>(?:{B}(?:{_BRACKETED}|{_WEEKDAY}))?(?:{B},?(?:{B}的)?{B}{_HOURS})?"
    rf"(?:{B}\({B}{_WEEKDAY}{B}\))?(?:{B}{_INCLUDED})?(?:日(?=之?前|以前))?)"
    rf"(?:{B}(?:(?P<before>{BEFORE})|(?P<from>{FROM})|(?P<after>{AFTER})|(?P<on>{ON})))?"
)
POINT = re.compile(
    rf"(?=[\d{_CN}十廿卅两半今本明次翌来当去上下每同年月即第通公印发下])"
    rf"(?:{_WIDE_DATE}|{_DOTTED}|{_COMPACT}|{_SPAN_YEAR}|{_YEAR_AND_MONTH_WORD}|{_MONTH}{_IN_MONTH}"
    rf"|{_TWO_FIGURES}|{_TERM}|{_LONE}|{_VAGUE}){_TAIL}"
)
BETWEEN = re.compile(rf"{B},?{B}{TO}{B}")
LIST = re.compile(rf"{B}[、和及与或]{B}")
# 2024.5.20-6.10 and 2024.5.20-25: the second end of a date with points.
SHORT_END = re.compile(
    rf"{_TO}(?:(?P<m>1[0-2]|0?[1-9])\.)?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.%]|{B}[万亿元家项个]){_TAIL}"
)
LEAD = re.compile(
    r"(?:(?P<said>截至|截止到|截止至|截止于|截止|不晚于|不迟于|不得晚于|不得迟于|最迟(?:不超过|应?于|在)?"
    r"|至迟于?|最晚(?:不超过|应?于|在)?)"
    r"|(?P<due>(?:截止|截至)(?:日期|时间|日)?(?:为|是|于|到|至|:){0,2})"
    r"|(?P<till>(?<![甚乃以])至|(?<![达得收受感看做遇])到)"
    r"|(?P<from>自|从)|(?P<on>定于|于|在)) ?$"
)
LEAD_LENGTH = 10
SENTENCE_END = re.compile(r"[。;!?！？;\n]")
