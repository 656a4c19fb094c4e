"""Figures to be reached, and how many of a thing a notice asks for or grants.

A figure is a target only where a clause states a goal (力争, 达到, 到2025年), a quota
(推荐不超过2项) or a subsidy (每家奖励10万元). What has been reached, what an applicant must have
and the sizes of papers are none. A target is shown as an answer, so that a doubtful figure is left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.contacts.plain import plain
from knowledge.importer.facts import Head, TargetFact
from knowledge.importer.page import Outline
from knowledge.importer.passage import Passage
from knowledge.importer.quantities import Quantity, quantities_in
from knowledge.importer.sentences import Sentence, sentences_of

_TOP = re.compile(r"\s*(?:到|至)?(?P<by>20\d{2}年(?:[底末]前?)?)[，,]")
_APART = re.compile(r"(?:至少|最多|至多|不少于|不超过|不得超过|不多于)(?=[^\d]*$)")
_SEGMENT = re.compile(r"(?:[^，,“”()]|“[^”]*”|\([^)]*\)|[“”()]|,(?=\d{3}))+")
_TIME = re.compile(
    r"(?:(?:到|至|截至|于|在) ?)?(?P<by>(?:20\d{2}|本|今|当) ?年"
    r"(?:年?[底末]前?|内|前| ?\d{1,2} ?月 ?(?:\d{1,2} ?日|[底末])?前?)?"
    r"|\d{1,2} ?月 ?(?:\d{1,2} ?日|[底末初])前?|年[底末]前?|年内|“?十[四五]五”?期?末)(?:之前|以前)?"
)
_ATTAIN = (
    "达到?|(?:压减|压缩|缩短|提高|提升|增长|增加|降低|下降|增|降)[至到]|(?:稳定|保持|控制|维持)在|突破|超过|"
    "不低于|不少于"
)
_GROW = "增长|提高|提升|增加|降低|下降|压缩|实现"
_GOAL = re.compile(rf"力争|确保|目标|争取|{_ATTAIN}|{_GROW}|[底末]前")
_QUOTA = re.compile(
    r"推荐|遴选|选择|选取|选树|择优|评选|限报|限额|申报|报送|新建|新增|建设|建成|培育|打造|完成|布局|培养|"
    r"引进|举办|培训|征集|认定|支持|组织|开展|发布|形成|惠及|服务|名额"
)
_GRANT = re.compile(r"补助|奖励|资助|补贴|奖补|扶持|支持|给予|贴息|拨付|经费")
_PAST = re.compile(
    r"已[^经有]?|累计|截至目前|同比|去年|上年|近年来|以来|自20\d\d年|了\s*$|其中|现有"
)
_CONDITION = re.compile(
    r"注册资本|注册资金|营业收入|年龄|周岁|近[一二三四五两]年|上一?年度|具有|拥有(?!量)|具备|应有|需有|成立|从业|职称|占比|"
    r"字数|篇幅|罚款|收费|缴纳|费用|价格|票|会议费|学历|持股|资产|连续|有效期|所在|每[天日]|误差"
)
_CONDITIONS = re.compile(
    r"条件|资格|对象|材料要求|格式|范围|评分|评价标准|处罚|收费|填报|填写|背景|现状|成效"
)
_LEAD = re.compile(
    r"^(?:[^:：]{2,8}[:：]|并|且|同时|其中|原则上|力争|确保|争取|要|应|将|可|请|从中|再|还|进一步|在[^，]{2,14}(?:前提下|基础上))+"
)
_TRAIL = re.compile(
    rf"(?:力争|确保|争取|原则上|可|应|要|均|累计)?(?:{_ATTAIN}|至|到|在|为|约|共|不)?$"
)
_NOTE = re.compile(r"\s*[(（](?:详?见)?附件[^)）]{0,12}[)）]|\s")


def targets_of(outline: Outline, head: Head) -> list[TargetFact]:
    """The targets in reading order."""
    free = {place.label for place in outline.places if place.role in ("front", "sign-off", "annex")}
    tops: dict[str, Passage] = {}
    facts: list[TargetFact] = []
    for sentence in sentences_of(outline):
        if sentence.label in free or _CONDITIONS.search(sentence.heading):
            continue
        if top := _TOP.match(plain(sentence.text)):
            tops.setdefault(sentence.label, sentence.passage.part(*top.span("by")))
        facts.extend(_targets(sentence, tops.get(sentence.label)))
    return facts


def _targets(sentence: Sentence, top: Passage | None) -> Iterator[TargetFact]:
    text = plain(sentence.text)
    goals = bool(re.search("目标|指标", sentence.heading))
    by: Passage | None = None
    for start, end in _segments(text):
        segment = _Segment(sentence, text, start, end, goals)
        by = segment.time() or by
        for quantity in quantities_in(segment.words):
            if segment.asks(quantity) and (what := segment.what(quantity)):
                yield segment.target(quantity, what, by or (top if goals else None))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Between commas, and between the members of a list of figures (金奖10项、银奖20项)."""
    for match in _SEGMENT.finditer(text):
        start = match.start()
        for quantity in quantities_in(match[0]):
            cut = match.start() + quantity.end
            if text[cut : cut + 1] == "、":
                yield start, cut
                start = cut + 1
        if start < match.end():
            yield start, match.end()


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two commas. Places of quantities count from its beginning."""

    sentence: Sentence
    text: str
    start: int
    end: int
    goals: bool

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def time(self) -> Passage | None:
        """The last date by which something is to be done."""
        times = list(_TIME.finditer(self.text, self.start, self.end))
        return self.sentence.passage.part(*times[-1].span("by")) if times else None

    def asks(self, quantity: Quantity) -> bool:
        """Whether the figure is a goal, a quota or a grant."""
        before, words = self.words[: quantity.start], self.words
        if _PAST.search(words) or _CONDITION.search(words):
            return False
        if "元" in quantity.unit and _GRANT.search(words):
            return bool(quantity.directed or re.search("每|按|给予|一次性", before))
        if self.goals and before.strip():
            return True
        if _GOAL.search(self.text):
            return bool(
                re.search(f"{_ATTAIN}|{_GROW}", before)
                or quantity.directed
                or _QUOTA.search(before)
            )
        return quantity.counts and bool(_QUOTA.search(before))

    def what(self, quantity: Quantity) -> str:
        """The segment's words without the figure, its verb and its date."""
        printed = self.sentence.text[self.start : self.end]
        before = printed[: quantity.start]
        if apart := _APART.search(before):
            before = before[: apart.start()] + before[apart.end() :]
        before = _LEAD.sub("", _NOTE.sub("", _TIME.sub("", before)))
        after = _NOTE.sub("", printed[quantity.end :]).rstrip("。；;")
        what = before + after if after else _TRAIL.sub("", before)
        return what if len(what) >= 3 else ""

    def target(self, quantity: Quantity, what: str, by: Passage | None) -> TargetFact:
        passage = self.sentence.passage
        apart = _APART.search(self.words[: quantity.start])
        start, end = self.start + quantity.start, self.start + quantity.end
        spans = {
            "what": passage.span(self.start, self.end),
            "value": passage.span(self.start + apart.start() if apart else start, end),
        }
        if by:
            spans["by"] = by.span()
        return TargetFact(
            clause=self.sentence.label,
            span=passage.span(self.start, self.end),
            spans=spans,
            what=what,
            value=(apart[0] if apart and not quantity.directed else "") + quantity.value,
            by=re.sub(r"\s", "", by.text) if by else None,
        )
