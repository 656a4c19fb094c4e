"""Where the text speaks of an attachment, and what it calls it there: 优秀案例（附件2）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.listing import number_of
from knowledge.importer.page import Outline, Place
from knowledge.importer.passage import Passage, Span
from knowledge.importer.titles import is_whole, title_in

_CHINESE = "一二三四五六七八九十"
_NO = rf"(?:\d{{1,2}}(?!\d)(?:-\d{{1,2}}(?!\d))?|[{_CHINESE}]{{1,2}}(?![{_CHINESE}、]))"
_AND = r"\s*(?:[、，,及和与至~～—－\-]|附件)+\s*"
_OF_IT = "详情?|具体|格式|模板|样式|样表|表样|要求|名单|清单|表格|内容|可"
_SEEN = rf"(?:{_OF_IT})*(?:请)?(?:参见|见|参照|附)"
_BY = r"(?:按照?|填写|填报|根据|参照)\s*"
# 附件1 | 附件1、2 | 附件1-3; not 附件 of another document, and no list's 附件：
_MENTION = re.compile(
    rf"(?P<opens>[（(【\[]\s*(?:{_SEEN}|同|按|按照|填写|即)?\s*[:：]?\s*|{_SEEN}\s*|{_BY})?"
    rf"(?:本通知)?附\s*[件表]\s*(?P<nos>{_NO}(?:{_AND}{_NO})*)?"
)
_ANOTHER = re.compile(r"(?:》|号[）)]?|原|文件|通知|的|其|及|和|与|等|、)\s*$")
_BRACKETED_END = re.compile(r"\s*(?:[:：]?[^（）()]{0,20})?[）)】\]]")
_ENDS = re.compile(r"\s*(?:[，。；、）)】\]]|$|\n|的?(?:格式|要求|模板|样式|表格|内容))")
_NAMED_AFTER = re.compile(r"\s*[:：]?\s*《(?P<title>[^《》]{2,60}(?:《[^《》]*》[^《》]*)?)》")
_NAMED_WITHIN = re.compile(r"\s*[:：]\s*(?P<title>[^（）()，。；]{3,40})[）)]")

_QUOTED = re.compile(r"《(?P<title>[^《》]{2,80}(?:《[^《》]*》[^《》]*)*)》\s*$")
_AMOUNT = re.compile(
    rf"(?:[\d{_CHINESE}两]{{1,4}}|各|每|单)\s*(?:式[\d{_CHINESE}两]+)?\s*(?:[项份个篇件名张套本册条例]){{1,2}}$"
    rf"|一式[\d{_CHINESE}两]+[份套]$"
)
_CUT = re.compile(r"[，。；;：:、！？\n（）()【】\[\]]")
_AND_ALSO = re.compile(r"以及|[并及和与或]")
# What a verb may also stand before as part of the name: 填写说明, 报送材料清单.
_NAMES = "说明|指南|要求|须知|提纲|大纲|材料清单|材料目录|样例|范本|规范|模板|格式"
_VERB = re.compile(
    r".*(?:形成|填写|填报|填好|报送|提交|提供|上报|签订|签署|按照|根据|参照|制定|编制|印发|附上|准备"
    r"|对照|依据|使用|采用|出具|撰写|(?<![申汇预上填])报(?!告|表|名)|填(?!写|报|好|表)|将|把|(?<!申)请|需(?!求)"
    rf"|(?<!意)见|(?<!关)于|至|有(?!关|限|机|效)|为|由)(?!{_NAMES}|表)(?P<noun>.{{2,}})$"
)
# These name documents as often as they are verbs: 推荐汇总表, but 推荐本地区优秀案例.
_TURNS = re.compile(
    r"(?:.{2,})?(?:推荐|申报|下载|完成|发布|组织|申请)(?=本|各|该|所|相关|符合|不|优秀|我|“|\d)(?P<noun>.{2,})$"
)
_OWN = re.compile(
    r"^(?:了|好|相应的?|相关的?|以下|下列|上述)?(?:本|各|该|所在)(?:地区|单位|省|市|县|区|部门|辖区)的?"
    r"(?:“[^”]+”(?:活动|行动|工作)?的?)?"
)
_ITEM = re.compile(r"^\s*(?:\d{1,2}\s*[.．、)）]|[①-⑳])\s*")
_DAY_BEFORE = re.compile(r"^.*(?:日|月底|年底|前|之前|以前)(?:至少|统一)?")
_LONGEST = 40
_NEAR = 160


@dataclass(frozen=True, slots=True)
class Mention:
    """`no` is empty where the text does not number it; `title` is what stands before or after."""

    no: str
    place: str
    title: Passage
    span: Span


def mentions_in(outline: Outline) -> Iterator[Mention]:
    """In reading order, of all places but the attachments themselves."""
    for place in outline.places:
        if place.role != "annex":
            yield from _at(place)


def _at(place: Place) -> Iterator[Mention]:
    for paragraph in ([place.heading] if place.heading else []) + list(place.paragraphs):
        for match in _MENTION.finditer(paragraph.text):
            yield from _read(paragraph, match, place.label)


def _read(paragraph: Passage, match: re.Match[str], label: str) -> Iterator[Mention]:
    text, end = paragraph.text, match.end()
    opens = (match["opens"] or "").strip()
    bracketed = opens[:1] in tuple("（(【[") and bool(opens)
    after = _NAMED_AFTER.match(text, end)
    if not _is_mention(text, match, bracketed, after is not None):
        return
    title = _title(paragraph, match, bracketed)
    for no in _numbers(match["nos"]):
        alone = "、" not in (match["nos"] or "")
        yield Mention(
            no, label, title if alone else title.part(0, 0), paragraph.span(*match.span())
        )


def _is_mention(text: str, match: re.Match[str], bracketed: bool, named: bool) -> bool:
    """A reference to this notice's own attachment; `附件材料` or `…号）附件2` is none."""
    if not bracketed and not match["opens"] and _ANOTHER.search(text[_near(match) : match.start()]):
        return False
    if bracketed:
        return _BRACKETED_END.match(text, match.end()) is not None
    if match["nos"]:
        return named or bool(match["opens"]) or bool(_ENDS.match(text, match.end()))
    return bool(match["opens"]) and _ENDS.match(text, match.end()) is not None


def _near(match: re.Match[str]) -> int:
    """Where the words before the mention begin that may name it."""
    return max(0, match.start() - _NEAR)


def _numbers(numerals: str | None) -> list[str]:
    """Of `1-3` all three, of `1、2` both; an attachment without a number is one with an empty."""
    if not numerals:
        return [""]
    span = re.fullmatch(r"(\d{1,2})\s*[-—－~～至]\s*(?:附件)?\s*(\d{1,2})", numerals)
    if span and int(span[1]) < int(span[2]):
        return [str(no) for no in range(int(span[1]), int(span[2]) + 1)]
    return [number_of(no) for no in re.findall(_NO, numerals)]


def _title(paragraph: Passage, match: re.Match[str], bracketed: bool) -> Passage:
    text = paragraph.text
    for pattern in (_NAMED_AFTER, _NAMED_WITHIN):
        if after := pattern.match(text, match.end()):
            return title_in(paragraph.part(*after.span("title")))
    return (
        _noun_before(paragraph.part(_near(match), match.start()))
        if bracketed
        else paragraph.part(0, 0)
    )


def _noun_before(before: Passage) -> Passage:
    """`…推荐本地区优秀案例1项` -> 优秀案例; of 《申报书》 what is within."""
    text = before.text.rstrip()
    if quoted := _QUOTED.search(text):
        return before.part(*quoted.span("title"))
    end = len(_AMOUNT.sub("", text).rstrip())
    if end and text[end - 1] == "》":
        return _noun_before(before.part(0, end))
    noun = before.part(_last_cut(text, end), end)
    for pattern in (_ITEM, _DAY_BEFORE, _VERB, _TURNS, _OWN):
        if match := pattern.match(noun.text):
            start = match.start("noun") if "noun" in pattern.groupindex else match.end()
            noun = noun.part(start) if len(noun) - start >= 2 else noun
    return noun.strip() if 2 <= len(noun) <= _LONGEST else before.part(0, 0)


def _last_cut(text: str, end: int) -> int:
    """Where the last part of the sentence begins; 和 parts two documents, not one's own words."""
    start = max((match.end() for match in _CUT.finditer(text, 0, end)), default=0)
    for match in _AND_ALSO.finditer(text, start, end):
        before = text[start : match.start()]
        if (not before or is_whole(before)) and end - match.end() > 2:
            start = match.end()
    return start
